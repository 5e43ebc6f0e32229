// Keeps every answer: sent soon after it changes, and kept on this device until the server says it has it.
const form = document.querySelector("form[data-attempt]");
const region = form.querySelector("[data-saved]");
const prefix = `postil:${form.dataset.attempt}:`;
const KEPT = "Kept on this device, sending when you are back online";
const SHAPES = { answered: ["done", ""], begun: ["half", "now"], open: ["open", ""], flagged: ["flag", "warn"] };
const newKey = () =>
  "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));
const TYPED = "[type=text], textarea";
const isEmpty = (answer) =>
  !answer || (typeof answer === "string" ? !answer.trim() : Object.values(answer).every(isEmpty));

// Storage may be full or forbidden; then an answer lives as long as its page.
const journal = {
  keep(entry) { try { localStorage.setItem(prefix + entry.position + ":" + entry.client_key, JSON.stringify(entry)); } catch {} },
  forget(entry) { try { localStorage.removeItem(prefix + entry.position + ":" + entry.client_key); } catch {} },
  entries() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix))
        .map((key) => JSON.parse(localStorage.getItem(key))).sort((a, b) => a.at - b.at);
    } catch { return []; }
  },
};

let saying;
function say(text) {
  clearTimeout(saying);
  saying = setTimeout(() => { if (region.textContent !== text) region.textContent = text; }, 250);
}

async function send(entry) {
  const { position, at, ...sent } = entry;
  try {
    const reply = await fetch(`${form.getAttribute("action")}responses/${position}/`, {
      method: "PUT", keepalive: true, body: JSON.stringify(sent),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.csrfmiddlewaretoken.value },
    });
    return { status: reply.status, ...(await reply.json().catch(() => ({}))) };
  } catch { return { status: 0 }; }
}

class Question {
  constructor(section) {
    this.section = section;
    this.position = Number(section.dataset.position);
    this.fields = [...section.querySelectorAll(`[name^="answer-"]`)];
    this.sequence = section.querySelector(`[name="sequence-${this.position}"]`);
    this.flag = section.querySelector(`[name="flag-${this.position}"]`);
    this.note = section.querySelector("[data-note]");
    this.mark = form.querySelector(`.navigator :is([href="#q${this.position}h"], [value="${this.position}"]) .state`);
    this.queue = [];
    this.failures = 0;
    this.sure = [...section.querySelectorAll(`[name="confidence-${this.position}"]`)];
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

  words(answer) {
    if (isEmpty(answer)) return "nothing";
    return `“${[answer].flatMap((each) => (typeof each === "object" ? Object.values(each) : each)).map((each) => this.named(each)).join("; ")}”`;
  }

  // What the page calls the id of an option, a target or a step; what is no id is its own name.
  named(id) {
    const own = CSS.escape(id);
    const option = this.section.querySelector(`option[value="${own}"], [name^="answer-"]:is([type=radio], [type=checkbox])[value="${own}"]`);
    const step = this.section.querySelector(`[data-order] [name$="-${own}"]`);
    return (option?.closest("option, label") ?? step?.parentElement.lastElementChild)?.textContent.trim() || id || "–";
  }

  changed(wait) {
    let entry = this.queue.at(-1);
    if (!entry || entry.sent) {
      entry = { position: this.position, client_key: newKey(), sequence: Number(this.sequence.value), at: Date.now() };
      this.queue.push(entry);
    }
    Object.assign(entry, { answer: this.answer, flagged: this.flag.checked });
    const sure = this.sure.find((each) => each.checked);
    if (sure) entry.confidence = Number(sure.value);
    journal.keep(entry);
    if (!this.collided && !this.failures) this.note.textContent = "Saving";
    this.section.querySelector(".checked")?.remove();
    this.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  restore(entry) {
    this.queue.push(entry);
    this.answer = entry.answer;
    this.flag.checked = entry.flagged;
    this.sure.forEach((each) => { each.checked = Number(each.value) === entry.confidence; });
    this.show();
    this.flush();
  }

  async flush() {
    const entry = this.queue[0];
    if (!entry || this.busy || this.collided) return;
    clearTimeout(this.timer);
    this.busy = entry.sent = true;
    journal.keep(entry);
    const reply = await send(entry);
    this.busy = false;
    if (reply.status === 200 && reply.client_key === entry.client_key) this.saved(entry, reply);
    else if (reply.status === 409 && "sequence" in reply) this.collide(entry, reply);
    else if ([400, 404, 410, 413, 422].includes(reply.status) && reply.detail) this.refused(entry, reply);
    else this.failed(reply);
  }

  done(entry, sequence) {
    journal.forget(entry);
    this.queue.shift();
    this.failures = 0;
    if (sequence === undefined) return;
    this.sequence.value = sequence;
    if (this.queue[0]) this.queue[0].sequence = sequence;
  }

  saved(entry, reply) {
    this.done(entry, reply.sequence);
    this.warning = reply.warning;
    const saved = `Saved ${reply.saved_at.slice(11, 16)}`;
    this.note.textContent = reply.warning || saved;
    say(questions.some((each) => each.failures) ? KEPT : saved);
    this.show();
    this.flush();
  }

  refused(entry, reply) {
    this.done(entry);
    this.note.textContent = reply.detail;
    say(`Question ${this.position}: ${reply.detail}`);
  }

  failed(reply) {
    const wait = Math.min(30, 2 ** ++this.failures) * 1000;
    this.note.textContent = reply.status === 401 ? `Kept on this device. ${reply.detail}`
      : reply.status === 403 ? "Kept on this device. Load this page again to send it." : KEPT;
    say(this.note.textContent);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  // Another tab or device saved first: both texts, and a choice. Until then nothing of this question is sent.
  collide(entry, { answer, sequence }) {
    this.collided = true;
    const button = (text, act) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: text });
      made.addEventListener("click", () => { this.collided = false; act(); this.show(); });
      return made;
    };
    const keep = button("Keep mine", () => {
      const last = this.queue.at(-1);
      this.queue.filter((each) => each !== last).forEach(journal.forget);
      this.queue = [Object.assign(last, { sequence, client_key: (journal.forget(last), newKey()) })];
      this.note.textContent = "Saving yours";
      this.flush();
    });
    const take = button("Take the other", () => {
      this.queue.forEach(journal.forget);
      this.queue = [];
      this.answer = answer;
      this.sequence.value = sequence;
      this.note.textContent = "The other answer stands";
    });
    this.note.replaceChildren(
      `Another tab or device saved ${this.words(answer)} meanwhile; here stands ${this.words(this.queue.at(-1).answer)}. `, keep, " ", take);
    say(`Question ${this.position} was answered in another tab or on another device too. Choose which answer stays.`);
  }

  get state() {
    const answer = this.answer;
    if (isEmpty(answer)) return "open";
    const unfilled = this.fields.some((field) => field.matches(`select, ${TYPED}`) && !field.value.trim());
    return unfilled || this.warning ? "begun" : "answered";
  }

  show() {
    const word = this.flag.checked ? "flagged" : this.state;
    if (!this.mark || this.mark.lastChild.textContent.trim() === word) return;
    const use = this.mark.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#i-${SHAPES[word][0]}`));
    this.mark.className = `state ${SHAPES[word][1]}`.trim();
    this.mark.lastChild.textContent = ` ${word}`;
    const states = [...form.querySelectorAll(".navigator .state")].map((mark) => mark.textContent.trim());
    const count = (each) => states.filter((state) => state === each).length;
    form.querySelector("[data-progress]").textContent =
      Object.keys(SHAPES).filter(count).map((each) => `${count(each)} ${each}`).join(", ") + ".";
  }
}

const questions = [...form.querySelectorAll("[data-position]")].map((section) => new Question(section));
for (const entry of journal.entries()) {
  const question = questions.find((each) => each.position === entry.position);
  if (question) question.restore(entry);
  else send(entry).then((reply) => { if (reply.client_key === entry.client_key) journal.forget(entry); });
}
const flushAll = () => questions.forEach((question) => question.flush());
addEventListener("online", flushAll);
document.addEventListener("visibilitychange", () => { if (document.hidden) flushAll(); });
form.addEventListener("submit", (event) => {
  if (navigator.onLine) return;
  event.preventDefault();
  say(`You are offline. ${KEPT}.`);
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
