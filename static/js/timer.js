// The time that is left, shown each second and spoken only now and then. The server's clock decides, not this one.
const node = document.querySelector("[role=timer]");
const voice = document.querySelector("[data-announce]");
const end = performance.now() + Number(node.dataset.seconds) * 1000;
const MOMENTS = new Map([[600, "10 minutes left"], [300, "5 minutes left"], [60, "1 minute left"], [30, "30 seconds left"]]);

function left(seconds) {
  const minutes = Math.floor(seconds / 60);
  return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

function submit() {
  const form = document.querySelector("form[data-attempt]");
  voice.setAttribute("aria-live", "assertive");
  voice.textContent = "The time is over. Your answers are being submitted.";
  form.action = `${form.getAttribute("action")}submit/`;
  form.submit();
}

function tick() {
  const seconds = Math.max(0, Math.round((end - performance.now()) / 1000));
  node.textContent = left(seconds);
  if (MOMENTS.has(seconds)) voice.textContent = MOMENTS.get(seconds);
  if (seconds) return;
  clearInterval(ticking);
  submit();
}

const ticking = setInterval(tick, 1000);
tick();
document.addEventListener("keydown", (event) => {
  if (event.altKey && event.code === "KeyT") voice.textContent = `${node.textContent} left`;
});
