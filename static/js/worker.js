// Lessons that were opened, or kept on purpose, can be read without a connection, and a practice can go on. The server
// says of each page whether it may be kept. A release has caches of its own, so that none ever mixes with another.
// Its own address puts RELEASE, and FILES that every kept page may need, before this.
const KEEP = "Postil-Keep";
const KEPT_AT = "Postil-Kept-At";
const SHELL = `postil-shell-${RELEASE}`;
const PAGES = `postil-pages-${RELEASE}`;
const ANSWERS = "postil-answers";
const OFFLINE = "/offline/";
const LANGUAGE = /<html[^>]* lang="([^"]+)"/;
// Where somebody comes or goes: nothing of the one may be there for the other.
const DOORS = /^\/(accounts\/(login|logout|signup|confirm-email|set-password|invitation)|own\/erase)\//;
let cleared = 0;

const pathOf = (address) => new URL(address, location).pathname;
const named = async (prefix) => (await caches.keys()).filter((name) => name.startsWith(prefix));

async function found(address) {
  const names = await named("postil-");
  for (const name of [PAGES, SHELL, ...names.reverse()].filter((each) => names.includes(each))) {
    const reply = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (reply) return reply;
  }
  return null;
}

async function clear() {
  cleared += 1;
  for (const name of await named("postil-pages-")) await caches.delete(name);
  await caches.delete(ANSWERS);
}

async function drop(address) {
  for (const name of [...(await named("postil-pages-")), ANSWERS])
    if (await caches.has(name)) await (await caches.open(name)).delete(address, { ignoreVary: true });
}

// The page and the files it names are kept; the body comes unpacked, so that it is no longer what its headers said.
async function keep(address, reply) {
  const before = cleared;
  const text = await reply.text();
  const headers = new Headers(reply.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  headers.set(KEPT_AT, new Date().toISOString());
  const files = [...text.matchAll(/(?:href|src)="(\/static\/[^"#]+)/g)].map((match) => match[1]);
  const cache = await caches.open(SHELL);
  for (const file of new Set(files)) if (!(await cache.match(file))) await cache.add(file);
  await speakAs(text, cache);
  if (before === cleared) await (await caches.open(PAGES)).put(address, new Response(text, { headers }));
}

async function remember(address, reply) {
  if (reply.ok && pathOf(address) === "/accounts/login/") await clear();
  else if (reply.ok && reply.headers.has(KEEP)) await keep(address, reply);
  else if (reply.status < 500) await drop(address);
}

// A page that was kept brings the sentence that says so.
async function withNotice(reply) {
  const text = await reply.text();
  const [, language] = text.match(LANGUAGE) ?? [];
  const [, sentence] = text.match(/ data-say-as-it-was="([^"]*)"/) ?? [];
  const at = new Date(reply.headers.get(KEPT_AT)).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
  const notice = sentence && `<div class="notices" role="status"><p class="notice">${sentence.replace("{at}", at)}</p></div>`;
  return new Response(notice ? text.replace("<main ", `${notice}<main `) : text, { headers: reply.headers });
}

async function page(event) {
  const address = event.request.url.replace(/#.*/, "");
  try {
    const reply = await fetch(event.request);
    event.waitUntil(remember(address, reply.clone()));
    return reply;
  } catch {
    const kept = await found(address);
    return kept ? withNotice(kept) : (await found(OFFLINE)) ?? Response.error();
  }
}

async function posted({ request }) {
  try {
    const reply = await fetch(request);
    if (DOORS.test(pathOf(request.url))) await clear();
    return reply;
  } catch { return (await found(OFFLINE)) ?? Response.error(); }
}

async function file(request) {
  try { return await fetch(request); } catch { return (await found(request.url)) ?? Response.error(); }
}

// Without a name in it, whoever is signed in; in the language that is asked for, else in the browser's.
async function keepOffline(shell, headers) {
  await shell.put(OFFLINE, await fetch(OFFLINE, { credentials: "omit", headers }));
}

// Somebody may have chosen another language than the browser's: what is shown offline speaks it too.
async function speakAs(text, shell) {
  const spoken = (await (await shell.match(OFFLINE, { ignoreVary: true }))?.text())?.match(LANGUAGE)?.[1];
  const language = text.match(LANGUAGE)?.[1];
  if (language && language !== spoken) await keepOffline(shell, { "Accept-Language": language });
}

async function install() {
  const shell = await caches.open(SHELL);
  await shell.addAll(FILES);
  await keepOffline(shell);
  await self.skipWaiting();
}

// What was kept of an earlier release is fetched anew; while that cannot be done, it stays as it is.
async function activate() {
  await self.clients.claim();
  for (const name of await named("postil-pages-")) {
    if (name === PAGES) continue;
    for (const { url } of await (await caches.open(name)).keys()) await remember(url, await fetch(url));
    await caches.delete(name);
  }
  for (const name of await named("postil-shell-")) if (name !== SHELL) await caches.delete(name);
}

async function keepAll(addresses, port) {
  let kept = 0;
  try {
    for (const address of addresses) {
      await remember(new URL(address, location).href, await fetch(address));
      port.postMessage({ kept: (kept += 1) });
    }
  } catch { port.postMessage({ kept, isLost: true }); }
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate().catch(() => {})));
self.addEventListener("message", (event) => event.waitUntil(keepAll(event.data.keep, event.ports[0])));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(event) : posted(event));
  else if (pathOf(request.url).startsWith("/static/")) event.respondWith(file(request));
});
