// Shows a choice of theme or size at once; keeping it is the form's own work.
const form = document.querySelector("[data-reading]");
form?.addEventListener("change", ({ target }) => {
  document.documentElement.dataset[target.name] = target.value;
});
