// Evidence: send the chosen file at once, show progress and a plain sentence when it is refused.
document.querySelectorAll("form[data-upload]").forEach((form) => {
  const input = form.querySelector('input[type="file"]');
  const told = form.querySelector("[data-upload-state]");
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    const limit = Number(form.dataset.maxBytes);
    if (limit && file.size > limit) {
      told.textContent = `Tệp “${file.name}” quá lớn (tối đa ${Math.floor(limit / 1048576)} MB). Xin chọn tệp nhỏ hơn.`;
      told.className = "field-error";
      input.value = "";
      return;
    }
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", thidua.csrf());
    request.upload.onprogress = (event) => { told.textContent = `Đang tải “${file.name}”: ${Math.round((100 * event.loaded) / event.total)}%`; told.className = "text-secondary"; };
    request.onload = async () => {
      if (request.status < 300) { document.dispatchEvent(new Event("thidua:reload")); window.location.reload(); return; }
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { answer = {}; }
      if (request.status === 401) { await thidua.relogin(answer); input.dispatchEvent(new Event("change")); return; }
      told.textContent = answer.errors?.[0]?.message || answer.detail || "Chưa tải lên được, xin thử lại.";
      told.className = "field-error";
      input.value = "";
    };
    request.onerror = () => { told.textContent = "Mất kết nối khi đang tải tệp, xin thử lại."; told.className = "field-error"; input.value = ""; };
    request.send(new FormData(form));
  });
});
