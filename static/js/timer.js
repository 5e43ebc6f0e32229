// The time that is left, shown each second and spoken only now and then. The server's clock decides, not this one: it
// is asked every few seconds, so that more time given meanwhile arrives, and once more before anything is submitted.
import { submit as submitSurely } from "./submitting.js";
import { byNumber, fill } from "./words.js";

const node = document.querySelector("[role=timer]");
const voice = document.querySelector("[data-announce]");
const form = document.querySelector("form[data-attempt]");
const ASK_EVERY = 4000;
const words = node.dataset;
const MOMENTS = byNumber(words.sayAt);
let end = performance.now() + Number(node.dataset.seconds) * 1000;
let over = false;
let shown = Number(node.dataset.seconds);

function left(seconds) {
  const minutes = Math.floor(seconds / 60);
  return minutes ? fill(words.sayMinutes, { minutes, seconds: seconds % 60 }) : fill(words.saySeconds, { seconds });
}

function limit(told) {
  const at = node.parentElement.querySelector(".meta") ?? node.parentElement.appendChild(document.createElement("span"));
  at.className = "meta";
  at.textContent = told;
}

async function ask() {
  try {
    const reply = await fetch(`${form.getAttribute("action")}time/`, { headers: { Accept: "application/json" } });
    if (!reply.ok) return;
    const told = await reply.json();
    if (!told.running || told.seconds_left === null) return;
    const told_end = performance.now() + told.seconds_left * 1000;
    if (told_end > end + 2000) {
      voice.textContent = told.news;
      limit(told.limit);
    }
    // The answer is in whole seconds: less than that is no news.
    if (Math.abs(told_end - end) > 1500) end = told_end;
  } catch { /* Offline: this clock goes on, and the server's decides. */ }
}

async function submit() {
  over = true;
  await ask();
  over = end - performance.now() < 1000;
  if (!over) return;
  clearInterval(ticking);
  clearInterval(asking);
  voice.setAttribute("aria-live", "assertive");
  voice.textContent = words.sayOver;
  submitSurely(form, form.getAttribute("action"), form.dataset.attempt, (told) => { voice.textContent = told; }, true);
}

function tick() {
  const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
  node.textContent = left(seconds);
  // A tick may come late, or not at all while the page is in the background: what counts is that a moment has passed.
  const passed = MOMENTS.findLast(([moment]) => seconds <= moment && moment < shown);
  if (passed) voice.textContent = passed[1];
  shown = seconds;
  if (!seconds && !over) submit();
}

const ticking = setInterval(tick, 1000);
const asking = setInterval(() => { if (!document.hidden && !over) ask(); }, ASK_EVERY);
tick();
document.addEventListener("visibilitychange", () => { if (!document.hidden && !over) ask(); });
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyT") voice.textContent = fill(words.sayLeft, { time: node.textContent });
});
