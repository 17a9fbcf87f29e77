// What the browser would say in its own language: the day that was chosen, the files that were chosen.
const weekdays = ["Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"];

document.querySelectorAll('input[type="date"]').forEach((input) => {
  const line = document.createElement("span");
  line.className = "date-words";
  line.setAttribute("aria-live", "polite");
  const say = () => {
    const [year, month, day] = input.value.split("-").map(Number);
    const chosen = new Date(year, month - 1, day);
    const two = (number) => String(number).padStart(2, "0");
    line.textContent = input.value ? `Ngày đã chọn: ${weekdays[chosen.getDay()]}, ${two(day)}/${two(month)}/${year}` : "";
  };
  input.after(line);
  input.addEventListener("change", say);
  input.addEventListener("input", say);
  say();
});

document.querySelectorAll('input[type="file"].form-control').forEach((input) => {
  if (input.closest(".file-pick")) return;
  const frame = document.createElement("span");
  frame.className = "file-pick file-named";
  const button = document.createElement("span");
  button.className = "btn";
  button.setAttribute("aria-hidden", "true");
  button.textContent = input.multiple ? "Chọn các tệp" : "Chọn tệp";
  const name = document.createElement("span");
  name.className = "name";
  const say = () => { name.textContent = [...input.files].map((file) => file.name).join(", ") || "Chưa chọn tệp nào"; };
  input.before(frame);
  frame.append(button, name, input);
  input.addEventListener("change", say);
  // A box that is emptied because its files are too large says so as well.
  input.form?.addEventListener("change", () => window.setTimeout(say));
  say();
});
