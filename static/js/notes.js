// Concept notes: a button opens its note and closes it, Escape closes the one opened last and gives focus back.
// Without this module every note stays open.
const opened = [];
const noteOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
const buttonOf = (note) => document.querySelector(`.term[aria-controls="${CSS.escape(note.id)}"]`);

function show(button) {
  noteOf(button).hidden = false;
  button.setAttribute("aria-expanded", "true");
  opened.push(button);
}

function hide(button, { refocus = false } = {}) {
  const note = noteOf(button);
  const hadFocus = note.contains(document.activeElement);
  note.hidden = true;
  button.setAttribute("aria-expanded", "false");
  if (opened.includes(button)) opened.splice(opened.indexOf(button), 1);
  if (refocus || hadFocus) button.focus();
}

const toggle = (button) => (noteOf(button).hidden ? show(button) : hide(button));

function closer(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = "Close the note";
  button.addEventListener("click", () => hide(buttonOf(note), { refocus: true }));
  note.querySelector(".acts").append(button);
}

function openTarget() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.matches(".note.concept")) return;
  if (target.hidden) show(buttonOf(target));
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

for (const button of document.querySelectorAll(".term")) {
  const note = noteOf(button);
  note.hidden = true;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => toggle(button));
  closer(note);
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened.length) hide(opened.at(-1), { refocus: true });
});
addEventListener("hashchange", openTarget);
// Where there is a margin, the first note shows what it is for. Escape leaves it: nobody opened it.
const first = document.querySelector(".term");
if (first && !location.hash && matchMedia("(min-width: 64rem)").matches) {
  show(first);
  opened.length = 0;
}
openTarget();
