// The session has ended: ask for the password on this page, keep what was typed.
thidua.relogin = (() => {
  let waiting = null;
  const dialog = document.getElementById("hoi-mat-khau");

  function open() {
    if (!dialog) { window.location.reload(); return Promise.reject(new Error("no dialog")); }
    if (waiting) return waiting.promise;
    waiting = {};
    waiting.promise = new Promise((resolve) => { waiting.resolve = resolve; });
    dialog.showModal();
    return waiting.promise;
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
  dialog?.addEventListener("cancel", (event) => event.preventDefault());
  return open;
})();
