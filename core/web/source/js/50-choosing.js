// A select with data-shows="nam" shows the lines whose data-nam equals its value.
document.querySelectorAll("select[data-shows]").forEach((select) => {
  const show = () => document.querySelectorAll(`[data-${select.dataset.shows}]`).forEach((line) => {
    line.hidden = line.dataset[select.dataset.shows] !== select.value;
  });
  select.addEventListener("change", show);
  show();
});

// A box with data-narrows="#list" hides the lines whose data-words lack what is typed, diacritics ignored.
document.querySelectorAll("input[data-narrows]").forEach((box) => {
  const fold = (text) => text.toLowerCase().replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
  const lines = [...document.querySelectorAll(`${box.dataset.narrows} [data-words]`)].map((line) => [line, fold(line.dataset.words)]);
  box.addEventListener("input", () => {
    const wanted = fold(box.value.trim());
    lines.forEach(([line, words]) => { line.hidden = !words.includes(wanted); });
  });
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
});

// Files of a form with data-max-bytes are counted before they travel.
document.querySelectorAll("form[data-max-bytes]:not([data-upload])").forEach((form) => {
  const boxes = [...form.querySelectorAll('input[type="file"]')];
  const limit = Number(form.dataset.maxBytes);
  form.addEventListener("change", (event) => {
    if (!boxes.includes(event.target)) return;
    const size = boxes.flatMap((box) => [...box.files]).reduce((sum, file) => sum + file.size, 0);
    const text = size > limit ? `Các tệp nặng quá ${Math.floor(limit / 1048576)} MB. Xin bỏ bớt hoặc chọn tệp nhỏ hơn.` : "";
    event.target.parentElement.querySelector("[data-too-large]")?.remove();
    if (!text) return;
    event.target.value = "";
    const line = document.createElement("span");
    line.className = "field-error";
    line.dataset.tooLarge = "";
    line.textContent = text;
    event.target.before(line);
    thidua.say(text);
  });
});
