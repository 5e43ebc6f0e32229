// One's own notes: selecting words offers to highlight them or to write about them, and what is sent is kept on this device
// until the server has it. Without this module a page of its own takes passage and words.
const article = () => document.querySelector("article[data-reader]");
const pick = document.querySelector(".pick");
const writing = pick.querySelector("#writing");
const [, write, , leave] = pick.querySelectorAll("button");
const region = document.getElementById("status");
const prefix = `postil:notes:${article().dataset.reader}:`;
const newKey = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

// Storage may be full or forbidden; then a note lives as long as its page.
let waiting = [];
try {
  waiting = Object.keys(localStorage).filter((key) => key.startsWith(prefix))
    .map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.at - b.at);
} catch {}
function keep(entry) {
  waiting.push(entry);
  try { localStorage.setItem(prefix + entry.at, JSON.stringify(entry)); } catch {}
}
function forget(entry) {
  waiting = waiting.filter((each) => each !== entry);
  try { localStorage.removeItem(prefix + entry.at); } catch {}
}

function say(text) {
  region.replaceChildren(Object.assign(document.createElement("p"), { className: "notice warn", textContent: text }));
}

// What the server made of it: the article as it is now, and where the note stands in it.
function take(page, note) {
  const now = page.querySelector("article[data-reader]");
  if (!now) return false;
  article().replaceWith(now);
  document.dispatchEvent(new Event("textset"));
  region.replaceChildren();
  join();
  const place = document.getElementById(`note-${note}`);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: "nearest" });
  return true;
}

// What was written after it on this device goes on from it, and is no second voice; unless another device spoke too.
function follow(entry, page) {
  const form = page.getElementById(`note-${entry.note}`)?.querySelector("form");
  if (form?.elements.text?.value.trim() !== entry.sent.text?.trim()) return;
  for (const each of waiting.filter(({ note, sent }) => note === entry.note && sent.sequence)) {
    each.sent.sequence = form.elements.sequence.value;
    try { localStorage.setItem(prefix + each.at, JSON.stringify(each)); } catch {}
  }
}

let sending, failures = 0;
async function send() {
  const entry = waiting[0];
  if (!entry || sending) return;
  sending = true;
  const reply = await fetch(entry.to, { method: "POST", body: new URLSearchParams(entry.sent) }).catch(() => null);
  const page = reply && new DOMParser().parseFromString(await reply.text(), "text/html");
  sending = false;
  const isHere = reply?.redirected && new URL(reply.url).pathname === location.pathname;
  if (reply?.ok && !reply.url.includes("/accounts/login/")) {
    forget(entry);
    follow(entry, page);
    failures = 0;
    if (isHere) take(page, entry.note);
    send();
  } else if (reply && [404, 409, 413, 422].includes(reply.status)) {
    forget(entry);
    say((page.querySelector(".errors") ?? page.querySelector("main p")).textContent.trim());
    if (entry.sent.words) open({ ...entry.sent, key: newKey() });
  } else {
    const { sayNoteKept, sayNoteSignedOut, sayNoteReload } = pick.dataset;
    say(reply?.ok ? sayNoteSignedOut : reply?.status === 403 ? sayNoteReload : sayNoteKept);
    setTimeout(send, Math.min(30, 2 ** ++failures) * 1000);
  }
}

// Characters as the text counts them: a sign beyond the first plane is one.
function selected() {
  const selection = getSelection();
  const words = selection.toString().trim();
  if (!words || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const touched = [...article().querySelectorAll(".passage > :first-child, h2, h3, h4, h5, h6")].filter((each) => range.intersectsNode(each));
  if (!touched.length || !article().contains(range.commonAncestorContainer)) return null;
  if (range.commonAncestorContainer.parentElement.closest(".note, footer")) return null;
  const place = range.startContainer.parentElement.closest("[id^='p-']") ?? touched[0].closest("[id^='p-']");
  const before = document.createRange();
  before.selectNodeContents(place ?? touched[0]);
  if (before.comparePoint(range.startContainer, range.startOffset) === 0) before.setEnd(range.startContainer, range.startOffset);
  return { words: touched.map((each) => inside(range, each)).join(" "), near: Number(place?.id.slice(2) ?? 0) + [...before.toString()].length };
}

// Of a selection over several passages only their text: what stands in the margin between them is no part of it.
function inside(range, element) {
  const part = document.createRange();
  part.selectNodeContents(element);
  if (part.comparePoint(range.startContainer, range.startOffset) === 0) part.setStart(range.startContainer, range.startOffset);
  if (part.comparePoint(range.endContainer, range.endOffset) === 0) part.setEnd(range.endContainer, range.endOffset);
  return part.toString();
}

// While one writes, the words stay marked, and the place to go back to is known.
let from, words;
const picked = globalThis.Highlight && new Highlight();
if (picked) CSS.highlights.set("picked", picked);

function open(found) {
  for (const [name, value] of Object.entries(found)) pick.elements[name].value = value;
  pick.hidden = false;
  if (found.text !== undefined) show(true);
}
function show(isOpen) {
  writing.hidden = !isOpen;
  const selection = getSelection();
  if (isOpen && selection.rangeCount) {
    words = selection.getRangeAt(0).cloneRange();
    from = words.startContainer.parentElement;
    picked?.add(words);
  }
  write.closest("p").hidden = isOpen;
  if (!isOpen) return;
  pick.elements.text.focus({ preventScroll: true });
  if (words?.getBoundingClientRect().bottom > pick.getBoundingClientRect().top) from.scrollIntoView({ block: "start" });
}
function close() {
  if (words) picked?.delete(words);
  pick.reset();
  show(false);
  pick.hidden = true;
}

function offer() {
  if (!writing.hidden) return;
  const found = selected();
  if (found) open({ ...found, key: "" });
  else if (!pick.hidden && !pick.contains(document.activeElement)) close();
}
document.addEventListener("selectionchange", offer);
offer();
// A press would take the selection away.
pick.addEventListener("pointerdown", (event) => { if (event.target.closest("button")) event.preventDefault(); });
write.addEventListener("click", () => show(true));
leave.addEventListener("click", close);
pick.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
  from?.setAttribute("tabindex", -1);
  from?.focus({ preventScroll: true });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-own]")) return;
  event.preventDefault();
  const sent = Object.fromEntries(new FormData(form, event.submitter));
  if (form === pick) sent.key = newKey();
  keep({ at: Date.now(), to: form.action, sent, note: sent.key ?? form.closest("[id^='note-']")?.id.slice(5) });
  if (form === pick) { getSelection().removeAllRanges(); close(); }
  send();
});

// The hairline of each own note begins at its own words.
function join() {
  for (const words of article().querySelectorAll("mark[data-note]")) {
    words.style.anchorName = `--w${words.dataset.note}`;
    document.getElementById(`note-${words.dataset.note}`)?.style.setProperty("--m", `--w${words.dataset.note}`);
  }
}
join();
addEventListener("online", send);
if (waiting.length) send();
