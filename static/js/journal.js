// Answers on their way: kept on this device until the server has said that it has them.
// In the browser's database, because its simpler storage reaches the disk only seconds later, too late for a power cut.
const DAY = 86_400_000;
const DAYS_KEPT = 30;

const opened = new Promise((resolve) => {
  try {
    const asked = indexedDB.open("postil", 1);
    asked.onupgradeneeded = () =>
      asked.result.createObjectStore("answers", { keyPath: "client_key" }).createIndex("attempt", "attempt");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = asked.onblocked = () => resolve(null);
  } catch { resolve(null); }
});

// What `act` asked of the store, once that is on the disk; null where storage is full or forbidden.
async function stored(mode, act) {
  const database = await opened;
  return new Promise((resolve) => {
    try {
      const work = database.transaction("answers", mode, { durability: "strict" });
      const asked = act(work.objectStore("answers"));
      work.oncomplete = () => resolve(asked.result ?? true);
      work.onabort = work.onerror = () => resolve(null);
      work.commit?.();
    } catch { resolve(null); }
  });
}

export const newKey = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

export const journal = {
  isKeeping: true,
  async keep(entry) { this.isKeeping = (await stored("readwrite", (store) => store.put(entry))) !== null; },
  forget(entry) { return stored("readwrite", (store) => store.delete(entry.client_key)); },
  async entries(attempt) {
    const found = await stored("readonly", (store) => store.index("attempt").getAll(attempt));
    return Array.isArray(found) ? found.sort((a, b) => a.at - b.at) : [];
  },
  async clear(attempt) { for (const entry of await this.entries(attempt)) await this.forget(entry); },
  async all() {
    const found = await stored("readonly", (store) => store.getAll());
    return Array.isArray(found) ? found : [];
  },
  async attempts() {
    const entries = await this.all();
    return [...new Set(entries.map(({ attempt }) => attempt))]
      .map((attempt) => [attempt, entries.filter((entry) => entry.attempt === attempt)]);
  },
  async forgetOld() {
    for (const entry of await this.all()) if (Date.now() - entry.at > DAYS_KEPT * DAY) this.forget(entry);
  },
};

// What the server has, beside a page that may be opened again without it: such a page is older than its last answers.
export const acknowledged = {
  cache: () => caches.open("postil-answers"),
  async of(page) {
    try { return (await (await (await this.cache()).match(page))?.json()) ?? {}; } catch { return {}; }
  },
  async note(page, answers) {
    try { await (await this.cache()).put(page, new Response(JSON.stringify(answers))); } catch {}
  },
};

// Signing in again, in whatever tab, makes a form's token worthless: its page, asked for once more, brings a new one.
export async function renewToken(form, page) {
  const reply = await fetch(page, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!reply) return 0;
  if (!reply.ok || reply.redirected) return reply.redirected ? 401 : reply.status;
  const token = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  if (token) form.csrfmiddlewaretoken.value = token.value;
  return reply.status;
}

async function put(form, page, sent, position) {
  try {
    const body = JSON.stringify(sent);
    // A request that outlives its page may be 64 kB long, and is refused beyond.
    const reply = await fetch(`${page}responses/${position}/`, {
      method: "PUT", keepalive: body.length < 10_000, body,
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value },
    });
    return { status: reply.status, ...(await reply.json().catch(() => ({}))) };
  } catch { return { status: 0 }; }
}

// What the server says of the answer; the status is 0 where it cannot be reached, 401 for who is signed out.
export async function send(form, page, { position, at, attempt, sent, ...answer }) {
  const reply = await put(form, page, answer, position);
  if (reply.status !== 403 || reply.detail) return reply;
  const status = await renewToken(form, page);
  return status === 200 ? put(form, page, answer, position) : { status };
}

// A refusal that no repeating would change. 404 is none: somebody else may be signed in on this device meanwhile.
export const isFinal = ({ status, detail }) => detail && [400, 410, 413, 422].includes(status);
