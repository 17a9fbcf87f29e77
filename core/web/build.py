"""Build the front end: `python -m core.web.build`. Standard library, npm, and nothing committed.

Takes Tabler's CSS cut to what our templates use, our own CSS and scripts, one sprite of the icons
in `source/icons.txt`, two weights of the typeface in two subsets, and the fonts of papers.
Writes hashed files and `manifest.json` to `dist/`. A stamp makes the second call instant.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).parent
CORE = WEB.parent
SOURCE = WEB / "source"
DIST = WEB / "dist"
MODULES = WEB / "node_modules"
PAPER_FONTS = CORE / "documents" / "fonts"
TABLER = MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.css"
# Classes that scripts or Tabler's own rules put in at run time.
SAFELIST = ["show", "collapsing", "htmx-request", "is-invalid", "was-validated"]


def _inputs() -> list[Path]:
    """Return the files that decide what comes out."""
    files = [WEB / "package-lock.json", Path(__file__)]
    files += sorted(SOURCE.rglob("*"))
    files += sorted(CORE.glob("*/templates/**/*.html"))
    files += sorted((CORE.parent / "tenants" / "templates").rglob("*.html"))
    return [path for path in files if path.is_file()]


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(str(path.relative_to(CORE.parent)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _npm() -> list[str]:
    """Return the command of npm: the system's, else the one in the virtual environment.

    Raises:
        SystemExit: neither is there.
    """
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    local = Path(sys.executable).parent / "npm"
    if local.exists():
        return [str(local)]
    sys.exit("npm is missing: install the dependency group `embedded` (it brings Node) or Node 20+")


def _node() -> str:
    found = shutil.which("node") if shutil.which("npm") else None
    return found or str(Path(sys.executable).parent / "node")


def _install() -> None:
    lock = (WEB / "package-lock.json").read_bytes()
    stamp = MODULES / ".thidua-lock"
    digest = hashlib.sha256(lock).hexdigest()
    if stamp.is_file() and stamp.read_text() == digest:
        return
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=WEB, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    stamp.write_text(digest)


def _purged_css() -> str:
    """Return Tabler's CSS without the rules that no template or script of ours uses."""
    content = [str(path) for path in _inputs() if path.suffix in {".html", ".js"}]
    given = json.dumps({"content": content, "css": str(TABLER), "safelist": SAFELIST})
    done = subprocess.run(  # noqa: S603 -- words of our own
        [_node(), str(SOURCE / "purge.mjs"), given],
        cwd=WEB,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def _squeezed(css: str) -> str:
    """Return CSS without comments, imports and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@import[^;]+;", "", css)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()


def _sprite() -> str:
    """Return one SVG with a symbol for each icon of `source/icons.txt`."""
    symbols = []
    for name in sorted(set((SOURCE / "icons.txt").read_text().split())):
        svg = (MODULES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").read_text()
        body = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
        inner = body[body.index(">", body.index("<svg")) + 1 : body.rindex("</svg>")]
        inner = re.sub(r'<path stroke="none"[^>]*/>', "", inner)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24">{" ".join(inner.split())}</symbol>'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


class Output:
    """Writes hashed files into a fresh folder and remembers their names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}

    def write(self, name: str, content: bytes) -> str:
        """Write one file as `stem.hash.suffix`; return its address."""
        path = Path(name)
        hashed = f"{path.stem}.{hashlib.sha256(content).hexdigest()[:10]}{path.suffix}"
        (self.folder / hashed).write_bytes(content)
        self.names[name] = f"/static/{hashed}"
        return self.names[name]


def _fonts(output: Output) -> str:
    """Write the four font files; return their @font-face rules."""
    ranges = {
        "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
        "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
        "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,"
        "U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    }
    folder = MODULES / "@fontsource" / "be-vietnam-pro" / "files"
    rules = []
    for weight in (400, 600):
        for subset, covered in ranges.items():
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            address = output.write(name, (folder / name).read_bytes())
            rules.append(
                "@font-face{font-family:'Be Vietnam Pro';font-style:normal;font-display:swap;"
                f"font-weight:{weight};src:url({address}) format('woff2');unicode-range:{covered}}}"
            )
    return "".join(rules)


def _paper_fonts() -> None:
    PAPER_FONTS.mkdir(parents=True, exist_ok=True)
    for source in (MODULES / "@expo-google-fonts" / "tinos").rglob("*.ttf"):
        shutil.copy2(source, PAPER_FONTS / source.name)


def keep_previous(old: Path, fresh: Path) -> None:
    """Take over what the last build wrote: pages that are open, and processes that still run,
    name those files. What was built before that goes.
    """
    try:
        named = json.loads((old / "manifest.json").read_text())
    except (OSError, ValueError):
        return
    for address in named.values():
        name = Path(address).name
        if (old / name).is_file() and not (fresh / name).exists():
            shutil.copy2(old / name, fresh / name)


def build() -> None:
    """Build everything into a new folder, then put it in the place of the old one."""
    _install()
    fresh = WEB / "dist.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    output = Output(fresh)
    widths = "".join(f".w-p{n}{{width:{n}%}}" for n in range(101))
    own = (SOURCE / "app.css").read_text()
    css = _fonts(output) + _squeezed(_purged_css()) + _squeezed(own) + widths
    output.write("app.css", css.encode())
    scripts = sorted((SOURCE / "js").glob("*.js"))
    output.write("app.js", "\n".join(path.read_text() for path in scripts).encode())
    htmx = MODULES / "htmx.org" / "dist" / "htmx.min.js"
    output.write("htmx.js", htmx.read_bytes())
    output.write("icons.svg", _sprite().encode())
    output.write("favicon.svg", (SOURCE / "favicon.svg").read_bytes())
    _paper_fonts()
    keep_previous(DIST, fresh)
    (fresh / "manifest.json").write_text(json.dumps(output.names, indent=1))
    (fresh / "stamp").write_text(_fingerprint())
    shutil.rmtree(DIST, ignore_errors=True)
    fresh.rename(DIST)


def main() -> None:
    """Build unless nothing has changed since the last time."""
    stamp = DIST / "stamp"
    if stamp.is_file() and any(PAPER_FONTS.glob("*.ttf")) and stamp.read_text() == _fingerprint():
        return
    build()


if __name__ == "__main__":
    main()
