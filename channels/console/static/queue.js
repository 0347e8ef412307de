// The queue: refreshed in place, counted in the title, with a browser notice for those who want one.
import { poll } from "./server.js";

const list = document.getElementById("queue-list");
const notify = document.getElementById("notify");
const title = document.title.replace(/^\(\d+\) /, "");
let known = null; // the cases that were waiting at the last look

export function watchQueue() {
  const ref = list.dataset.ref;
  poll(() => `/console/queue.json?ref=${encodeURIComponent(ref)}`, 2000, show);
  if ("Notification" in window) {
    document.getElementById("notify-option").hidden = false;
    notify.checked = localStorage.getItem("sendline-notify") === "on" && Notification.permission === "granted";
    notify.addEventListener("change", choose);
  }
}

function show(data) {
  const focused = document.activeElement?.dataset?.ref;
  list.innerHTML = data.html; // our own template, escaped on the server like the page itself
  if (focused) list.querySelector(`a[data-ref="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  const count = data.waiting.length;
  document.title = count ? `(${count}) ${title}` : title;
  const heading = document.querySelector("main.nothing h1");
  if (heading) heading.textContent = count ? `${count} waiting` : "Nobody is waiting";
  if (known) data.waiting.filter(([ref]) => !known.has(ref)).forEach(announce);
  known = new Set(data.waiting.map(([ref]) => ref));
}

// Never the parent's words: a notice shows on a locked screen.
function announce([ref, risk]) {
  if (!notify.checked) return;
  const notice = new Notification("A case is waiting", { body: `${risk}, ${ref}`, tag: ref });
  notice.onclick = () => { window.focus(); location.assign(`/console/case/${ref}`); };
}

async function choose() {
  if (notify.checked && await Notification.requestPermission() !== "granted") notify.checked = false;
  localStorage.setItem("sendline-notify", notify.checked ? "on" : "off");
}
