// Selecting words of the text beside a question offers to mark them as its proof: the button there sends their place.
// Without this module the sentences are chosen from lists, or the words are typed.
const button = () => document.querySelector("[data-mark-button]");

// Characters as the text counts them: a sign beyond the first plane is one.
const length = (range) => [...range.toString()].length;

// How much of the passage stands before this end of the selection, or all of it when the end lies beyond.
function reach(passage, container, offset) {
  const before = document.createRange();
  before.selectNodeContents(passage);
  if (before.comparePoint(container, offset) < 0) return 0;
  if (before.comparePoint(container, offset) === 0) before.setEnd(container, offset);
  return length(before);
}

// The place of what is selected: from the first passage it touches to the last.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return "";
  const range = selection.getRangeAt(0);
  const touched = [...document.querySelectorAll("#article [data-at]")].filter((each) => range.intersectsNode(each));
  if (!touched.length) return "";
  const [text, first] = touched[0].dataset.at.split("-");
  const last = touched.at(-1).dataset.at.split("-")[1];
  const start = Number(first) + reach(touched[0], range.startContainer, range.startOffset);
  const end = Number(last) + reach(touched.at(-1), range.endContainer, range.endOffset);
  return start < end ? `${text}-${start}-${end}` : "";
}

function offer() {
  if (button()) button().hidden = !selected();
}

// A press would take the selection away before it is read.
function keep(event) {
  if (event.target.closest?.("[data-mark-button]")) event.preventDefault();
}

function fill(event) {
  const pressed = event.target.closest?.("[data-mark-button]");
  if (pressed) pressed.form.elements.marked.value = selected();
}

document.addEventListener("selectionchange", offer);
document.addEventListener("pointerdown", keep);
document.addEventListener("click", fill, true);
