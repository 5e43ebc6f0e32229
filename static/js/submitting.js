// Submits an attempt for certain: what is only on this device goes first, and a lost connection is waited for.
import { isFinal, journal, renewToken, send } from "./journal.js";
import { fill } from "./words.js";

function back(milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    addEventListener("online", resolve, { once: true });
  });
}

// The position of the question whose answers collide, else the status with which sending ended; 200 when all are there.
async function sendKept(form, page, attempt) {
  for (const entry of await journal.entries(attempt)) {
    const reply = await send(form, page, entry);
    if (reply.status === 409) return { status: 409, position: entry.position };
    if (reply.status !== 200 && !isFinal(reply)) return { status: reply.status };
    await journal.forget(entry);
  }
  return { status: 200 };
}

async function post(form, page) {
  const reply = await fetch(`${page}submit/`, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
  if (reply?.status !== 403) return reply?.type === "opaqueredirect" ? 303 : (reply?.status ?? 0);
  const status = await renewToken(form, page);
  return status === 200 ? post(form, page) : status;
}

// The attempt at `page` is submitted with what the form holds and what this device kept of `attempt`; the page shows it.
// When its time is over, an answer that collides holds nothing up any more: the one that was saved first stands.
export async function submit(form, page, attempt, say, isOver = false) {
  const { sayNotSubmitted, sayNotSubmittedSignedOut, sayCollidedBefore } = form.dataset;
  for (let failures = 1; ; failures += 1) {
    const kept = await sendKept(form, page, attempt);
    if (kept.status === 409 && !isOver) return say(fill(sayCollidedBefore, { position: kept.position }));
    const status = [200, 409].includes(kept.status) ? await post(form, page) : kept.status;
    if (status === 303) break;
    say([401, 404].includes(status) ? sayNotSubmittedSignedOut : sayNotSubmitted);
    await back(Math.min(30, 2 ** failures) * 1000);
  }
  await journal.clear(attempt);
  location.assign(page);
}

const summary = document.querySelector("form[data-submits]");
let isUnderWay = false;
summary?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (isUnderWay) return;
  isUnderWay = true;
  const voice = summary.querySelector("[role=status]");
  await submit(summary, summary.dataset.page, summary.dataset.submits, (words) => { voice.textContent = words; });
  isUnderWay = false;
});
