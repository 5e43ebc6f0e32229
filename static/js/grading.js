// Says what the ticked items of the rubric give together; the server reckons it again when the grade is saved.
import { fill } from "./words.js";

const sum = document.querySelector("[data-sum]");

function say(form) {
  const most = Number(sum.dataset.most);
  const ticked = [...form.querySelectorAll("[data-share]:checked")].map((box) => Number(box.dataset.share));
  const byHand = form.elements.points.value.trim().replace(",", ".");
  const none = form.querySelector("[data-none]").checked;
  const given = none ? 0 : byHand ? Number(byHand) : Math.min(Math.max(ticked.reduce((a, b) => a + b, 0), 0), most);
  sum.hidden = !(none || byHand || ticked.length) || Number.isNaN(given);
  sum.value = fill(sum.dataset.sayGiven, { given: Number(given.toFixed(2)), most });
}

if (sum) {
  const form = sum.closest("form");
  form.addEventListener("input", () => say(form));
  say(form);
}
