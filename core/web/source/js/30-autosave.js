// Forms with data-autosave=URL and data-version: saved some seconds after the last key.
// Server: PUT {version, fields} → 200 {version, saved_at_text, …} | 409 with both texts | 401 | 422.
(() => {
  const DELAY = 2500;
  const RETRY = 5000;
  const WORDS = {
    saving: "Đang lưu…",
    offline: "Mất kết nối, nội dung còn trên trang này",
    wrong: "Chưa lưu: có chỗ cần sửa",
    clash: "Chưa lưu: người khác vừa lưu phần này",
  };

  // Names like "figures.a.value" and "items.0.name" become nested objects and lists.
  function put(target, path, value) {
    const last = path.pop();
    let place = target;
    path.forEach((step, at) => {
      const next = at + 1 < path.length ? path[at + 1] : last;
      place[step] ??= /^\d+$/.test(next) ? [] : {};
      place = place[step];
    });
    place[last] = value;
  }

  function read(form) {
    const fields = {};
    for (const item of form.elements) {
      if (!item.name || item.name.startsWith("_") || item.disabled || item.type === "file") continue;
      if (item.type === "submit" || item.type === "button") continue;
      if (item.type === "radio" && !item.checked) continue;
      put(fields, item.name.split("."), item.type === "checkbox" ? item.checked : item.value);
    }
    return fields;
  }

  class Saver {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosave;
      this.version = Number(form.dataset.version);
      this.key = `thidua:${this.url}`;
      this.state = document.querySelector(form.dataset.stateTarget || "[data-saving]");
      this.busy = false;
      this.dirty = false;
      this.stopped = false;
      form.addEventListener("input", () => this.changed());
      form.addEventListener("change", () => this.changed());
      form.addEventListener("focusout", () => { if (this.dirty) this.soon(400); });
      form.addEventListener("submit", () => { this.form.elements._version.value = this.version; this.leaving = true; });
      // The page loads itself again (a file was added): what is not yet saved is kept and put back.
      document.addEventListener("thidua:reload", () => { this.leaving = true; });
      window.addEventListener("online", () => { if (this.dirty) this.soon(0); });
      window.addEventListener("beforeunload", (event) => { if (this.dirty && !this.leaving) event.preventDefault(); });
      this.restore();
    }

    show(state, text) {
      if (!this.state) return;
      this.state.dataset.state = state;
      this.state.textContent = text;
    }

    changed() {
      if (this.stopped) return;
      this.dirty = true;
      this.keep();
      this.soon(DELAY);
    }

    keep() {
      try { localStorage.setItem(this.key, JSON.stringify({ version: this.version, fields: read(this.form) })); } catch { /* storage full or off: the page itself still holds the text */ }
    }

    forget() { try { localStorage.removeItem(this.key); } catch { /* as above */ } }

    // What an earlier visit could not send is put back into the form.
    restore() {
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { kept = null; }
      if (!kept) return;
      const same = JSON.stringify(kept.fields) === JSON.stringify(read(this.form));
      if (same) { this.forget(); return; }
      this.fill(kept.fields);
      this.version = kept.version;
      this.dirty = true;
      this.show("offline", "Đã khôi phục nội dung chưa lưu của lần trước");
      this.soon(500);
    }

    fill(fields, prefix = "") {
      for (const [name, value] of Object.entries(fields)) {
        const full = prefix + name;
        if (value !== null && typeof value === "object") { this.fill(value, `${full}.`); continue; }
        for (const item of this.form.querySelectorAll(`[name="${CSS.escape(full)}"]`)) {
          if (item.type === "radio") item.checked = item.value === value;
          else if (item.type === "checkbox") item.checked = Boolean(value);
          else item.value = value;
        }
      }
    }

    soon(delay) {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.save(), delay);
    }

    async save() {
      if (this.busy || !this.dirty || this.stopped) { if (this.busy) this.soon(500); return; }
      this.busy = true;
      this.dirty = false;
      const fields = read(this.form);
      this.show("saving", WORDS.saving);
      try {
        const answer = await thidua.send(this.url, "PUT", { version: this.version, fields });
        await this.heed(answer);
      } catch {
        this.dirty = true;
        this.show("offline", WORDS.offline);
        this.soon(RETRY);
      } finally {
        this.busy = false;
      }
    }

    async heed(answer) {
      const told = await answer.json();
      if (answer.ok) { this.saved(told); return; }
      if (answer.status === 401) {
        this.dirty = true;
        this.show("wrong", "Cần đăng nhập lại để lưu");
        await thidua.relogin(told);
        this.soon(0);
      } else if (answer.status === 409 && told.code === "stale_part") {
        this.clash(told);
      } else if (answer.status === 422) {
        this.dirty = true;
        this.wrong(told);
      } else if (answer.status >= 500 || answer.status === 429) {
        throw new Error("again");
      } else {
        this.stopped = true;
        this.show("wrong", told.detail);
        thidua.say(told.detail);
      }
    }

    saved(told) {
      this.version = told.version;
      this.form.elements._version.value = told.version;
      this.clearErrors();
      if (!this.dirty) this.forget(); else this.soon(DELAY);
      this.show("saved", `Đã lưu ${told.saved_at_text}`);
      const count = document.querySelector("[data-parts-done]");
      if (count && told.parts_done !== undefined) count.textContent = told.parts_done;
    }

    clearErrors() {
      this.form.querySelectorAll("[data-live-error]").forEach((item) => item.remove());
      this.form.querySelectorAll("[aria-invalid]").forEach((item) => item.removeAttribute("aria-invalid"));
    }

    wrong(told) {
      this.clearErrors();
      for (const { field, message } of told.errors || []) {
        const item = this.form.querySelector(`[name="${CSS.escape(field)}"]`) || this.form.querySelector(`[name^="${CSS.escape(field)}"]`);
        if (!item) continue;
        const line = document.createElement("span");
        line.className = "field-error";
        line.dataset.liveError = "";
        line.textContent = message;
        item.setAttribute("aria-invalid", "true");
        item.before(line);
      }
      this.show("wrong", WORDS.wrong);
      thidua.say(`${WORDS.wrong}. ${(told.errors || []).map((item) => item.message).join(" ")}`);
    }

    clash(told) {
      this.stopped = true;
      this.show("wrong", WORDS.clash);
      const panel = document.querySelector("[data-clash]");
      panel.querySelector("[data-clash-mine]").textContent = told.yours.text;
      panel.querySelector("[data-clash-theirs]").textContent = told.current.text;
      panel.querySelector("[data-clash-who]").textContent = `${told.current.saved_by || "Người khác"} · ${told.current.saved_at_text || ""}`;
      panel.querySelector("[data-keep-mine]").onclick = () => this.resume(panel, told, false);
      panel.querySelector("[data-take-theirs]").onclick = () => this.resume(panel, told, true);
      panel.hidden = false;
      panel.scrollIntoView({ block: "center" });
      panel.querySelector("[data-keep-mine]").focus();
      thidua.say(WORDS.clash);
    }

    resume(panel, told, theirs) {
      if (theirs) this.fill(told.current.fields);
      this.version = told.current.version;
      this.stopped = false;
      panel.hidden = true;
      this.dirty = !theirs;
      if (theirs) { this.forget(); this.show("saved", "Đang dùng bản của người kia"); } else this.soon(0);
    }
  }

  document.querySelectorAll("form[data-autosave]").forEach((form) => new Saver(form));
})();
