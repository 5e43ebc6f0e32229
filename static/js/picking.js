// Selecting words of the text offers to make them a concept: the form that is there fills itself in and is sent.
// Without this module the passage is chosen from the form's list, and its words are typed.
import { fill } from "./words.js";

const form = document.querySelector("[data-pick-form]");
const button = document.querySelector("[data-pick-button]");
const LONGEST = 200;

// Which of the equal words of the passage these are, from 1: those that begin no later than the selection.
function nth(text, phrase, start) {
  let found = 0;
  for (let at = text.indexOf(phrase); at >= 0 && at <= start; at = text.indexOf(phrase, at + 1)) found += 1;
  return found;
}

function picked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const element = range.startContainer.parentElement?.closest("[data-picks]");
  if (!element?.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(element);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const phrase = words.trim();
  const start = before.toString().length + words.indexOf(phrase);
  if (!phrase || phrase.length > LONGEST) return null;
  return { number: element.dataset.picks, phrase, nth: nth(element.textContent, phrase, start) };
}

function offer() {
  const found = picked();
  button.hidden = !found;
  if (!found) return button.removeAttribute("aria-keyshortcuts");
  button.lastElementChild.textContent = fill(button.dataset.sayPick, { phrase: found.phrase });
  button.setAttribute("aria-keyshortcuts", "P");
}

if (form && button) {
  document.addEventListener("selectionchange", offer);
  // A press would take the selection away before it is read.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = picked();
    if (!found) return;
    for (const [name, value] of Object.entries(found)) form.elements[name].value = value;
    form.requestSubmit();
  });
}
