// Says on other pages that answers of an attempt are still on this device alone, and where they are sent from.
import { journal } from "./journal.js";
import { counted } from "./words.js";

const status = document.querySelector("#status");

// Whether somebody's attempt is theirs and goes on: only the server knows who is signed in. null where it cannot say.
async function isRunning(page) {
  const reply = await fetch(`${page}time/`, { headers: { Accept: "application/json" } }).catch(() => null);
  return reply?.ok ? (await reply.json()).running : null;
}

function tell(page, count) {
  const notice = Object.assign(document.createElement("p"), { className: "notice warn" });
  const link = Object.assign(document.createElement("a"), { href: page, textContent: status.dataset.sayOpenAttempt });
  notice.append(counted(status.dataset.sayUnsent, count), " ", link);
  status.append(notice);
}

async function lookThrough() {
  for (const [attempt, entries] of await journal.attempts()) {
    const page = `/attempts/${attempt}/`;
    const runs = await isRunning(page);
    if (runs) tell(page, new Set(entries.map((entry) => entry.position)).size);
    else if (runs === false) await journal.clear(attempt);
  }
}

lookThrough();
