// What a quiz asks is put in order by dragging; without this the buttons of each line do the same.
let dragged = null;

const placeOf = (line) => [...line.parentElement.children].indexOf(line) + 1;

function start(event) {
  const line = event.target.closest("[data-arrange] > li");
  if (!line || event.target.closest("input, button, a")) return;
  dragged = line;
  event.dataTransfer.effectAllowed = "move";
}

function over(event) {
  const line = event.target.closest("[data-arrange] > li");
  if (!dragged || !line || line === dragged) return;
  event.preventDefault();
  const isBelow = event.clientY > line.getBoundingClientRect().top + line.offsetHeight / 2;
  line[isBelow ? "after" : "before"](dragged);
}

function drop(event) {
  if (!dragged) return;
  event.preventDefault();
  const form = dragged.querySelector("[data-move]");
  const to = document.createElement("input");
  Object.assign(to, { type: "hidden", name: "to", value: String(placeOf(dragged)) });
  form.append(to);
  dragged = null;
  form.requestSubmit();
}

for (const list of document.querySelectorAll("[data-arrange]")) {
  for (const line of list.children) line.draggable = Boolean(line.querySelector("[data-move]"));
  list.addEventListener("dragstart", start);
  list.addEventListener("dragover", over);
  list.addEventListener("drop", drop);
}
