// Parts of a course can be dragged to their place; their buttons do the same without this module.
const list = document.querySelector("[data-arrange]");
const parts = () => [...list.querySelectorAll("[data-part]")];
let dragged = null;

function over(event) {
  if (!dragged) return;
  event.preventDefault();
  const target = event.target.closest("[data-part]");
  if (!target || target === dragged) return;
  const { top, height } = target.getBoundingClientRect();
  target[event.clientY > top + height / 2 ? "after" : "before"](dragged);
}

function drop(event) {
  if (!dragged) return;
  event.preventDefault();
  const { form } = dragged.querySelector("[name=place]");
  form.elements.place.value = String(parts().indexOf(dragged) + 1);
  form.requestSubmit(form.querySelector("[value=place]"));
}

if (list) {
  for (const part of parts()) {
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.draggable = true;
    grip.setAttribute("aria-hidden", "true");
    part.prepend(grip);
    grip.addEventListener("dragstart", (event) => {
      dragged = part;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", part.id);
    });
    grip.addEventListener("dragend", () => { dragged = null; });
  }
  list.addEventListener("dragover", over);
  list.addEventListener("drop", drop);
}
