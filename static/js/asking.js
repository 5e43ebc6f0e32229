// A question at the end of a section is asked and judged where it stands. Without this module it has a page of its own.
const NAMED = ["id", "for", "aria-labelledby", "aria-describedby"];

// Several may be asked on one page, each of which names its parts as if it stood alone.
function renameParts(asked, prefix) {
  for (const name of NAMED) {
    for (const each of asked.querySelectorAll(`[${name}]`)) {
      each.setAttribute(name, each.getAttribute(name).split(" ").map((id) => `${prefix}-${id}`).join(" "));
    }
  }
}

async function take(note, address, form) {
  const sent = form && { method: "POST", body: new URLSearchParams(new FormData(form)) };
  const reply = await fetch(address, sent).catch(() => null);
  const page = reply?.ok && new DOMParser().parseFromString(await reply.text(), "text/html");
  const asked = page && page.querySelector("[data-asked]");
  // What cannot be had here is had from its page, which says why.
  if (!asked) return form ? form.submit() : location.assign(address);
  renameParts(asked, note.id);
  const label = note.querySelector(".label");
  note.replaceChildren(label, ...asked.children);
  const target = note.querySelector("h2") ?? note.querySelector("input:not([type=hidden])");
  target?.focus({ preventScroll: true });
  target?.scrollIntoView({ block: "nearest" });
}

export const ask = (link) => take(link.closest(".ask"), link.href);

document.addEventListener("submit", (event) => {
  const note = event.target.closest(".ask");
  if (!note) return;
  event.preventDefault();
  take(note, event.target.action, event.target);
});
