// Digits rate a question that was recalled, as its buttons do.
const form = document.querySelector("[data-rating]");

if (form) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || event.target.matches("input, textarea, select")) return;
    form.querySelector(`[name="rating"][value="${CSS.escape(event.key)}"]`)?.click();
  });
}
