// Says that a paste or a file is larger than is received before it is sent, so that nothing that was typed is lost. Each
// such field brings its limit and its sentence; without this module the server turns it away, and going back keeps it.
const encoder = new TextEncoder();

// A form sends a line break as two bytes.
const bytes = (field) => field.files
  ? [...field.files].reduce((sum, file) => sum + file.size, 0)
  : encoder.encode(field.value.replaceAll("\n", "\r\n")).length;

function check(field) {
  if (!field.dataset.mostBytes) return;
  field.setCustomValidity(bytes(field) > Number(field.dataset.mostBytes) ? field.dataset.tooLarge : "");
}

// What a browser kept from before is there without having been typed.
const checkAll = () => document.querySelectorAll("[data-most-bytes]").forEach(check);

document.addEventListener("input", ({ target }) => check(target));
addEventListener("pageshow", checkAll);
checkAll();
