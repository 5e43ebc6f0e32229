// Single keys for reviewing: each presses what announces it with aria-keyshortcuts, on the item in focus where the
// page has items, else on the page. Everything is a form or a link that works without this module.
const KEPT = "postil-keys";
const list = document.querySelector("[data-keys]");
const button = document.querySelector("[data-keys-switch]");
const items = () => [...document.querySelectorAll("[data-item]")];
const isTyping = (at) => at.matches("textarea, select, input:not([type=radio], [type=checkbox])") || at.isContentEditable;
const [whileOn, whileOff] = [button?.textContent, button?.dataset.off];
const areOn = () => localStorage.getItem(KEPT) !== "off";

function say() {
  button.setAttribute("aria-pressed", String(areOn()));
  button.textContent = areOn() ? whileOn : whileOff;
}

function here() {
  const inFocus = document.activeElement?.closest("[data-item]");
  return items().length ? inFocus : document;
}

function move(step) {
  const all = items();
  const at = all.indexOf(here());
  const to = all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)];
  to.focus();
  to.scrollIntoView({ block: "center" });
}

function press(found) {
  if (found.matches("summary")) {
    found.click();
    found.parentElement.querySelector("input:not([type=hidden]), textarea, button")?.focus();
  } else if (found.matches("textarea")) {
    found.focus();
  } else if (found.matches("[type=radio]")) {
    if (!found.closest("details").open) return;
    found.checked = true;
    if (found.value === "other") found.form.elements.note.focus();
    else found.form.requestSubmit(found.form.querySelector("[value=reject]"));
  } else {
    found.click();
  }
}

// What a key has opened, Escape closes and gives the focus back.
function close(at) {
  const opened = at.closest("details[open]");
  if (!opened?.querySelector("summary[aria-keyshortcuts]")) return;
  opened.open = false;
  opened.querySelector("summary").focus();
}

// Enter does what the thing in focus does; from a text it is sent with Ctrl, which Escape leaves.
function onText(event) {
  if (event.key === "Escape") event.target.blur();
  else if (event.key === "Enter" && event.ctrlKey) document.querySelector('[aria-keyshortcuts="Enter"]')?.click();
}

function onKey(event) {
  if (isTyping(event.target)) return onText(event);
  if (event.key === "Escape") return close(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Enter" && event.target.matches("a, button, summary, input")) return;
  const key = event.key === "Enter" ? event.key : event.key.toUpperCase();
  if (key !== "?" && !areOn()) return;
  const wanted = `[aria-keyshortcuts="${CSS.escape(key)}"]`;
  const ofPage = [...document.querySelectorAll(wanted)].find((each) => !each.closest("[data-item]"));
  const found = (key === "?" ? null : here()?.querySelector(wanted)) || ofPage;
  if (found) press(found);
  else if (items().length && (key === "J" || key === "K")) move(key === "J" ? 1 : -1);
  else return;
  event.preventDefault();
}

if (list) {
  list.hidden = false;
  say();
  button.addEventListener("click", () => {
    localStorage.setItem(KEPT, areOn() ? "off" : "on");
    say();
  });
  document.addEventListener("keydown", onKey);
  // What was swapped was decided: the focus stays with its item, so that J goes on from there.
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const pressed = detail.requestConfig.triggeringEvent?.submitter ?? detail.requestConfig.elt;
    const item = pressed.closest("[data-item]") ?? detail.target;
    if (document.activeElement === document.body) document.getElementById(item.id)?.focus();
  });
}
