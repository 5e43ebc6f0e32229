// Lets pages be read without a connection: starts the worker that keeps them, keeps a course, and lists what is kept.
import "./unsent.js";
import { fill } from "./words.js";

const { serviceWorker } = navigator;
const offer = document.querySelector("[data-keep]");
const list = document.querySelector("[data-kept]");

async function isKept(address) { return Boolean(await caches.match(address, { ignoreVary: true })); }

function keep(registration, addresses, say) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    const sentence = data.isLost ? "sayLost" : data.kept === addresses.length ? "sayOnDevice" : "sayKeeping";
    say(fill(offer.dataset[sentence], { kept: data.kept, total: addresses.length }));
  };
  registration.active.postMessage({ keep: addresses }, [port2]);
}

async function offerToKeep(registration) {
  const said = offer.querySelector("[role=status]");
  const say = (words) => { said.textContent = words; };
  const lessons = [...document.querySelectorAll('.toc a[href*="/lessons/"]')].map((link) => link.pathname);
  const addresses = [location.pathname, ...new Set(lessons)];
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => keep(registration, addresses, say));
  if ((await Promise.all(addresses.map(isKept))).every(Boolean)) say(offer.dataset.sayOnDevice);
}

async function listKept() {
  for (const name of (await caches.keys()).filter((each) => each.startsWith("postil-pages-"))) {
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const page = new DOMParser().parseFromString(await (await cache.match(url, { ignoreVary: true })).text(), "text/html");
      const link = Object.assign(document.createElement("a"), { href: url, textContent: page.title.replace(/ – Postil$/, "") });
      const entry = document.createElement("li");
      entry.append(link);
      list.append(entry);
    }
  }
  document.querySelector("[data-nothing]").hidden = list.children.length > 0;
}

if (list && "caches" in self) listKept();
if (serviceWorker) {
  serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {});
  if (offer) serviceWorker.ready.then(offerToKeep);
}
