// The session is idle: ask for the password on this page. It has ended (signed out, ended elsewhere) or has
// a step to do: say so, let the person sign in in another tab. What was typed stays here in both cases.
thidua.relogin = (() => {
  let waiting = null;
  const dialog = document.getElementById("hoi-mat-khau");

  const elsewhere = document.getElementById("dang-nhap-noi-khac");

  function open(told = {}) {
    if (elsewhere && told.code && told.code !== "session_expired") return away(told);
    if (!dialog) { window.location.reload(); return Promise.reject(new Error("no dialog")); }
    if (waiting) return waiting.promise;
    waiting = {};
    waiting.promise = new Promise((resolve) => { waiting.resolve = resolve; });
    dialog.showModal();
    return waiting.promise;
  }

  function away(told) {
    if (elsewhere.open) return new Promise(() => {});
    elsewhere.querySelector("[data-away-link]").href = told.location || "/dang-nhap";
    elsewhere.showModal();
    return new Promise((resolve) => {
      elsewhere.querySelector("form").addEventListener("submit", () => resolve(), { once: true });
    });
  }

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const error = form.querySelector("[data-relogin-error]");
    const code = form.querySelector("[data-relogin-code]");
    const answer = await thidua.send(form.dataset.relogin, "POST", {
      password: form.elements.password.value,
      code: form.elements.code.value,
    }).catch(() => null);
    if (answer && answer.ok) {
      form.reset();
      error.hidden = true;
      dialog.close();
      waiting.resolve();
      waiting = null;
      return;
    }
    const told = answer ? await answer.json().catch(() => ({})) : {};
    if (told.code === "code_required") code.hidden = false;
    error.textContent = told.detail || "Chưa kết nối được, xin thử lại.";
    error.hidden = false;
  }

  dialog?.querySelector("form").addEventListener("submit", submit);
  [dialog, elsewhere].forEach((item) => item?.addEventListener("cancel", (event) => event.preventDefault()));
  return open;
})();
