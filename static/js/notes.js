// Concept notes: a button opens its note and closes any other, Escape or the button closes it and gives focus back.
// It stays until then, wherever the pointer goes. Where there is a margin, a pointer over a word shows its note too, for
// as long as it is over the word or the note and on its way between them. Without this module every note stays open.
const [SOON, ON_ITS_WAY] = [150, 1200];
let opened = null, shown = null, looked = null, waiting;
const margin = matchMedia("(min-width: 64rem)");
const noteOf = (button) => document.getElementById(button.getAttribute("aria-controls"));
const buttonOf = (note) => document.querySelector(`.term[aria-controls="${CSS.escape(note.id)}"]`);

function set(button, isOpen) {
  noteOf(button).hidden = !isOpen;
  button.setAttribute("aria-expanded", String(isOpen));
}

function show(button) {
  if (looked) lookAway();
  if (shown) hide(shown);
  set(button, true);
  opened = shown = button;
}

function hide(button, { refocus = false } = {}) {
  const hadFocus = noteOf(button).contains(document.activeElement);
  set(button, false);
  if (looked === button) looked = null;
  else opened = shown = null;
  if (refocus || hadFocus) button.focus();
}

// A click keeps the note that was only looked at.
const toggle = (button) => (noteOf(button).hidden || looked === button ? show(button) : hide(button));

function lookAt(button) {
  if (looked === button) return;
  if (looked) lookAway();
  if (!noteOf(button).hidden) return;
  set(button, true);
  looked = button;
}

function lookAway() {
  clearTimeout(waiting);
  const button = looked;
  looked = null;
  if (noteOf(button).contains(document.activeElement)) show(button);
  else set(button, false);
}

function follow(button) {
  const note = noteOf(button);
  const stay = () => clearTimeout(waiting);
  const leave = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => looked && lookAway(), ON_ITS_WAY);
  };
  button.addEventListener("pointerenter", (event) => {
    if (event.pointerType === "touch" || !margin.matches) return;
    stay();
    waiting = setTimeout(() => lookAt(button), SOON);
  });
  button.addEventListener("pointerleave", leave);
  note.addEventListener("pointerenter", stay);
  note.addEventListener("pointerleave", leave);
}

function closer(note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = note.closest("[data-say-close]").dataset.sayClose;
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

function begin() {
  opened = shown = looked = null;
  for (const button of document.querySelectorAll(".term")) {
    const note = noteOf(button);
    note.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(button));
    follow(button);
    closer(note);
  }
}
begin();
document.addEventListener("textset", begin);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (looked) lookAway();
  else if (opened) hide(opened, { refocus: true });
});
addEventListener("hashchange", openTarget);
// Where there is a margin, the first note shows what it is for. Escape leaves it: nobody opened it.
const first = document.querySelector(".term");
if (first && !location.hash && margin.matches) {
  show(first);
  opened = null;
}
openTarget();
// One's own notes come with the first touch, or at once where there are some: a page that is only opened weighs less.
const own = document.querySelector("[data-annotating]");
if (own) {
  const load = () => import(own.dataset.annotating);
  const has = () => { try { return Object.keys(localStorage).some((key) => key.startsWith("postil:notes:")); } catch { return false; } };
  if (document.querySelector("[data-own]:not(.pick)") || has()) load();
  else for (const kind of ["pointerdown", "keydown", "scroll", "selectionchange"]) document.addEventListener(kind, load, { once: true, passive: true });
}
// The question at the end of a section comes to where it is asked for.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".ask [data-asks]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  import(document.querySelector("[data-asking]").dataset.asking).then((at) => at.ask(link), () => location.assign(link.href));
});
