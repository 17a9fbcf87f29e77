// Reads {content, css, safelist} as JSON from the command line, writes the CSS that is used.
import { PurgeCSS } from "purgecss";

const given = JSON.parse(process.argv[2]);
const [result] = await new PurgeCSS().purge({
  content: given.content,
  css: [given.css],
  safelist: given.safelist,
  variables: true,
  keyframes: true,
  defaultExtractor: (text) => text.match(/[A-Za-z0-9_-]+/g) || [],
});
process.stdout.write(result.css);
