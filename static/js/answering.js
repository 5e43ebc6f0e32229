// Keeps every answer: sent soon after it changes, and kept on this device until the server says it has it.
import { acknowledged, isFinal, journal, newKey, send } from "./journal.js";
import { clock, counted, fill, list } from "./words.js";

const form = document.querySelector("form[data-attempt]");
const region = form.querySelector("[data-saved]");
const page = form.getAttribute("action");
const { attempt } = form.dataset;
const keeps = "keeps" in form.dataset;
const words = form.dataset;
const LONGEST_UNSENT = 2000;
const GONE = 410;
const STATES = {
  answered: { word: words.sayAnswered, icon: "done", tone: "" },
  begun: { word: words.sayBegun, icon: "half", tone: "now" },
  open: { word: words.sayOpen, icon: "open", tone: "" },
  flagged: { word: words.sayFlagged, icon: "flag", tone: "warn" },
};
const TYPED = "[type=text], textarea";
const isEmpty = (answer) =>
  !answer || (typeof answer === "string" ? !answer.trim() : Object.values(answer).every(isEmpty));

function tie(element, id, isTied) {
  const ids = new Set((element.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  if (isTied) ids.add(id);
  else ids.delete(id);
  if (ids.size) element.setAttribute("aria-describedby", [...ids].join(" "));
  else element.removeAttribute("aria-describedby");
}

let saying;
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { if (region.textContent !== text) region.textContent = text; }, 250);
}

class Question {
  constructor(section) {
    this.section = section;
    this.position = Number(section.dataset.position);
    this.fields = [...section.querySelectorAll(`[name^="answer-"]`)];
    this.sequence = section.querySelector(`[name="sequence-${this.position}"]`);
    this.flag = section.querySelector(`[name="flag-${this.position}"]`);
    this.note = section.querySelector("[data-note]");
    // What a screen reader is told the notes on an answer with.
    const fields = this.fields.filter((field) => field.matches(`select, ${TYPED}`));
    this.told = fields.length ? fields : [section.querySelector("fieldset")];
    this.mark = form.querySelector(`.navigator :is([href="#q${this.position}h"], [value="${this.position}"]) .state`);
    this.queue = [];
    this.failures = 0;
    this.sure = [...section.querySelectorAll(`[name="confidence-${this.position}"]`)];
    this.served = { answer: this.answer, flagged: this.flag.checked };
    section.addEventListener("input", ({ target }) => this.changed(target.matches(TYPED) ? 1000 : 250));
    section.addEventListener("focusout", ({ target }) => { if (target.matches(TYPED)) this.flush(); });
  }

  get answer() {
    const chosen = () => this.fields.filter((field) => field.checked).map((field) => field.value);
    switch (this.section.dataset.control) {
      case "choose_one": return chosen()[0] ?? null;
      case "choose_many": case "sentences": return chosen();
      case "order": return this.places;
      case "gaps": case "assign": return Object.fromEntries(this.fields.map((field) => [this.gap(field), field.value]));
      default: return this.fields[0].value;
    }
  }

  set answer(answer) {
    const chosen = [answer].flat();
    for (const field of this.fields) {
      if (/radio|checkbox/.test(field.type)) field.checked = chosen.includes(field.value);
      else if (this.section.dataset.control === "order") field.value = chosen.findIndex((place) => place?.split(" ").includes(this.gap(field))) + 1 || "";
      else field.value = (typeof answer === "object" ? answer?.[this.gap(field)] : answer) ?? "";
    }
    this.section.dispatchEvent(new Event("restored"));
  }

  // "" is a place that nothing stands at; steps that share one stand in it side by side, as the form without scripts sends it.
  get places() {
    const places = [];
    for (const field of this.fields) if (field.value) places[field.value - 1] = [places[field.value - 1], this.gap(field)].join(" ").trim();
    return Array.from(places, (place) => place ?? "");
  }

  gap(field) { return field.name.slice(`answer-${this.position}-`.length); }

  quoted(answer) {
    if (isEmpty(answer)) return words.sayNothing;
    const parts = [answer].flatMap((each) => (typeof each === "object" ? Object.values(each) : each));
    return fill(words.sayQuoted, { answer: parts.map((each) => this.named(each)).join("; ") });
  }

  // What the page calls the id of an option, a target or a step; what is no id is its own name.
  named(id) {
    const own = CSS.escape(id);
    const option = this.section.querySelector(`option[value="${own}"], [name^="answer-"]:is([type=radio], [type=checkbox])[value="${own}"]`);
    const step = this.section.querySelector(`[data-order] [name$="-${own}"]`);
    return (option?.closest("option, label") ?? step?.parentElement.lastElementChild)?.textContent.trim() || id || "–";
  }

  changed(wait) {
    const chosen = this.section.querySelector("[data-say-chosen]");
    if (chosen) chosen.textContent = counted(chosen.dataset.sayChosen, this.answer.length);
    let entry = this.queue.at(-1);
    if (!entry || entry.sent) {
      // A clock that is put back makes no later answer the earlier one.
      const at = Math.max(Date.now(), 1 + (entry?.at ?? 0));
      entry = { attempt, position: this.position, client_key: newKey(), sequence: Number(this.sequence.value), at };
      this.queue.push(entry);
    }
    Object.assign(entry, { answer: this.answer, flagged: this.flag.checked });
    const sure = this.sure.find((each) => each.checked);
    if (sure) entry.confidence = Number(sure.value);
    this.keeping = journal.keep(entry);
    if (!this.collided && !this.failures) this.write(words.saySaving);
    this.forgetVerdict();
    this.show();
    this.since ??= Date.now();
    // Whoever types without a pause is not left unsent either.
    this.flushIn(Math.min(wait, Math.max(0, this.since + LONGEST_UNSENT - Date.now())));
  }

  // Beside the answer. What is more than when it was saved is heard with its fields too.
  write(text, isMore = false) {
    this.note.textContent = text;
    for (const each of this.told) tie(each, this.note.id, isMore);
  }

  set isWrong(isWrong) {
    for (const field of this.told) if (field.matches("select, input, textarea")) field.setAttribute("aria-invalid", isWrong);
  }

  forgetVerdict() {
    const verdict = this.section.querySelector(".checked");
    if (!verdict) return;
    for (const each of this.section.querySelectorAll(`[aria-describedby~="${verdict.id}"]`)) tie(each, verdict.id, false);
    verdict.remove();
  }

  flushIn(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.timer = null; this.flush(); }, wait);
  }

  // What was typed before the journal had been read is newer than what stands in it.
  restore(entries) {
    entries.forEach(rename);
    const last = entries.at(-1);
    if (!this.queue.length) this.put(last);
    this.queue.unshift(...entries);
    this.flush();
  }

  // The page was kept before its last answers were saved.
  catchUp(there) {
    if (!there || there.sequence <= Number(this.sequence.value)) return;
    this.sequence.value = there.sequence;
    this.served = there;
    if (!this.queue.length) this.put(there);
  }

  put({ answer, flagged, confidence }) {
    this.answer = answer;
    this.flag.checked = flagged;
    if (confidence) this.sure.forEach((each) => { each.checked = Number(each.value) === confidence; });
    this.show();
  }

  async flush() {
    const entry = this.queue[0];
    if (!entry || this.busy || this.collided) return;
    clearTimeout(this.timer);
    this.timer = this.since = null;
    // Once: another tab may have sent it meanwhile, and has nothing left to keep.
    const isFirst = !entry.sent;
    this.busy = entry.sent = true;
    if (isFirst) this.keeping = journal.keep(entry);
    const reply = await send(form, page, entry);
    this.busy = false;
    if (reply.status === 200 && reply.client_key === entry.client_key) this.saved(entry, reply);
    else if (reply.status === 409 && "sequence" in reply) this.collide(entry, reply);
    else if (isFinal(reply)) this.refused(entry, reply);
    else this.failed(reply);
    goOn();
  }

  done(entry, sequence) {
    this.queue = this.queue.filter((each) => each !== entry);
    this.failures = 0;
    const [next] = this.queue;
    if (sequence !== undefined) {
      this.sequence.value = Math.max(sequence, this.sequence.value);
      // Who opens the page again knows by it that the one before was theirs.
      if (next) this.keeping = journal.keep(Object.assign(next, { sequence }));
    }
    journal.forget(entry);
  }

  saved(entry, reply) {
    // It had arrived before, and another device has saved a newer one since: that is the one which stands.
    const isOutdated = reply.sequence < Number(this.sequence.value);
    this.done(entry, reply.sequence);
    known[this.position] = isOutdated ? this.served : { ...entry, sequence: reply.sequence };
    if (keeps) acknowledged.note(page, known);
    if (isOutdated && !this.queue.length) this.put(this.served);
    this.warning = isOutdated ? "" : reply.warning;
    const saved = isOutdated ? words.sayOutdated : fill(words.saySaved, { time: clock(reply.saved_at) });
    this.write(this.warning || saved, Boolean(this.warning || isOutdated));
    this.isWrong = Boolean(this.warning);
    say(onlyHere() || saved);
    this.show();
    // What is being typed has its own moment.
    if (!this.timer) this.flush();
  }

  refused(entry, reply) {
    this.done(entry);
    this.write(reply.detail, true);
    this.isWrong = reply.status !== GONE;
    say(fill(words.sayRefused, { position: this.position, detail: reply.detail }));
  }

  async failed({ status }) {
    this.flushIn(Math.min(30, 2 ** ++this.failures) * 1000);
    // Only what is on the disk is said to be kept.
    await this.keeping;
    if (!this.failures || this.collided) return;
    const why = { 401: words.saySignedOut, 404: words.saySomebodyElse }[status] ?? words.sayKept;
    this.write(journal.isKeeping ? why : words.sayNotKept, true);
    if (status === 401) this.note.append(" ", signInElsewhere());
    say(onlyHere());
  }

  // Another tab or device saved first: both texts, and a choice. Until then nothing of this question is sent.
  collide(entry, { answer, sequence }) {
    this.collided = true;
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text });
      made.addEventListener("click", () => { this.collided = false; act(); this.show(); });
      return made;
    };
    const keep = button(words.sayKeepMine, () => {
      const last = this.queue.at(-1);
      this.queue.filter((each) => each !== last).forEach((each) => journal.forget(each));
      this.queue = [Object.assign(last, { sequence, sent: false })];
      rename(last);
      this.write(words.saySavingYours);
      this.flush();
    });
    const take = button(words.sayTakeOther, () => {
      this.queue.forEach((each) => journal.forget(each));
      this.queue = [];
      this.answer = answer;
      this.sequence.value = sequence;
      known[this.position] = { answer, sequence, flagged: this.flag.checked };
      if (keeps) acknowledged.note(page, known);
      this.write(words.sayOtherStands, true);
    });
    const both = fill(words.sayCollided, { there: this.quoted(answer), here: this.quoted(this.queue.at(-1).answer) });
    this.write(both, true);
    this.note.append(" ", keep, " ", take);
    say(fill(words.sayChoose, { position: this.position }));
  }

  get state() {
    const answer = this.answer;
    if (isEmpty(answer)) return "open";
    const unfilled = this.fields.some((field) => field.matches(`select, ${TYPED}`) && !field.value.trim());
    return unfilled || this.warning ? "begun" : "answered";
  }

  show() {
    const { word, icon, tone } = STATES[this.flag.checked ? "flagged" : this.state];
    if (!this.mark || this.mark.lastChild.textContent.trim() === word) return;
    const use = this.mark.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${icon}`));
    this.mark.className = `state ${tone}`.trim();
    this.mark.lastChild.textContent = ` ${word}`;
    progress();
  }
}

// How many questions are in each state, those that may change first.
function progress() {
  const states = [...form.querySelectorAll(".navigator .state")].map((mark) => mark.textContent.trim());
  const all = new Set([...Object.values(STATES).map(({ word }) => word), ...states]);
  const tally = [...all].map((word) => [word, states.filter((state) => state === word).length]).filter(([, count]) => count);
  const said = tally.map(([word, count]) => fill(words.sayTally, { count, word })).join(", ");
  form.querySelector("[data-progress]").textContent = `${said[0].toLocaleUpperCase()}${said.slice(1)}.`;
}

const questions = [...form.querySelectorAll("[data-position]")].map((section) => new Question(section));
const unseen = new Set();
let known = {};
let wish = null;

// What was never sent gets a new key: under the old one another tab may still send what it goes on typing.
function rename(entry) {
  if (entry.sent) return;
  const { client_key } = entry;
  journal.keep(Object.assign(entry, { client_key: newKey() }));
  journal.forget({ client_key });
}

// Which answers are on this device alone, in words; "" when none is.
function onlyHere() {
  const positions = [...questions.filter((each) => each.failures).map((each) => each.position), ...unseen];
  if (!positions.length) return "";
  const kept = journal.isKeeping ? words.sayKept : words.sayNotKept;
  const which = counted(words.sayWhich, positions.length, { kept, positions: list(positions.sort((a, b) => a - b)) });
  return wish ? `${which}. ${words.sayNextPage}` : which;
}

function signInElsewhere() {
  const next = encodeURIComponent(page);
  return Object.assign(document.createElement("a"), { href: `/accounts/login/?next=${next}`, target: "_blank", textContent: words.saySignIn });
}

// Where questions are shown one by one, others may have answers to send too. Two that collide wait for their question.
async function sendUnseen(entries, failures = 0) {
  const [entry, ...rest] = entries;
  if (!entry) return;
  const reply = await send(form, page, entry);
  const isThere = reply.status === 200 || isFinal(reply);
  if (isThere) await journal.forget(entry);
  if (isThere || reply.status === 409) unseen.delete(entry.position);
  else unseen.add(entry.position);
  if (onlyHere()) say(onlyHere());
  if (unseen.has(entry.position)) setTimeout(() => sendUnseen(entries, failures + 1), Math.min(30, 2 ** (failures + 1)) * 1000);
  else sendUnseen(rest);
}

async function replay() {
  if (keeps) known = { ...(await acknowledged.of(page)), ...known };
  for (const question of questions) question.catchUp(known[question.position]);
  const entries = await journal.entries(attempt);
  const of = (question) => entries.filter((entry) => entry.position === question.position);
  for (const question of questions) if (of(question).length) question.restore(of(question));
  sendUnseen(entries.filter((entry) => !questions.some((question) => question.position === entry.position)));
  journal.forgetOld();
}

// What the learner wanted while it could not be done is done as soon as everything has been sent.
function goOn() {
  if (!wish || !navigator.onLine || questions.some((each) => each.queue.length)) return;
  const { submitter } = wish;
  wish = null;
  form.requestSubmit(submitter);
}

const flushAll = () => questions.forEach((question) => question.flush());
replay();
addEventListener("online", () => { flushAll(); goOn(); });
document.addEventListener("visibilitychange", flushAll);
addEventListener("beforeunload", (event) => {
  if (!journal.isKeeping && questions.some((question) => question.queue.length)) event.preventDefault();
});
form.addEventListener("submit", (event) => {
  const failing = questions.find((question) => question.failures);
  if (navigator.onLine && !failing) return;
  event.preventDefault();
  wish = { submitter: event.submitter };
  say(onlyHere() || `${words.sayOffline} ${words.sayNextPage}`);
  flushAll();
});

// Letters and digits choose, but only inside a question and never while something is typed.
form.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  if (event.target.matches("[type=text], select, textarea")) return;
  const section = event.target.closest("[data-position]");
  const place = "123456789".indexOf(event.key) + 1 || "abcdefghijklmnopqrstuvwxyz".indexOf(event.key.toLowerCase()) + 1;
  const option = section?.querySelectorAll("[name^=answer-]:is([type=radio], [type=checkbox])")[place - 1];
  if (!option) return;
  event.preventDefault();
  option.focus();
  option.click();
});
