// Shared by the scripts below: the token of the page, polite announcements, small helpers.
document.documentElement.classList.add("js");

const thidua = {
  csrf: () => document.querySelector('meta[name="csrf-token"]').content,
  say: (text) => { document.getElementById("loi-bao").textContent = text; },
  send: (url, method, body) => fetch(url, {
    method,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": thidua.csrf() },
    body: JSON.stringify(body),
  }),
};

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRF-Token"] = thidua.csrf();
});

// Errors of a form: focus goes to the summary.
document.querySelector("[data-focus]")?.focus();

// Long lists that a phone folds into one line.
if (window.matchMedia("(max-width: 767.98px)").matches) {
  document.querySelectorAll("details[data-fold-phone]").forEach((item) => item.removeAttribute("open"));
}

// Menus close with Escape and by a click elsewhere.
document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });
});

// What is folded on the screen is open on paper.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("main details:not([data-menu])").forEach((item) => { item.open = true; });
});

// Buttons that print, selects that send their form at once.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-send-on-change]")) event.target.form.requestSubmit();
});

// A form is sent once, also by an impatient double click.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.relogin) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  window.setTimeout(() => { delete form.dataset.sent; }, 5000);
});
