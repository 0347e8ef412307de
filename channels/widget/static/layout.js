// The page fills what the keyboard leaves of the screen; the text is as large as the parent wants it.

import { size } from "./memory.js";

const LARGEST = 3;

function fit() {
  const view = window.visualViewport;
  if (!view) return;
  document.documentElement.style.setProperty("--visible", `${view.height}px`);
  window.scrollTo(0, 0); // Safari scrolls the page under the keyboard
}

function setSize(wanted) {
  const step = Math.max(0, Math.min(LARGEST, wanted));
  document.documentElement.dataset.size = String(step);
  size.set(String(step));
}

export function setUpLayout(byId) {
  document.documentElement.classList.add("js");
  window.visualViewport?.addEventListener("resize", fit);
  fit();
  setSize(Number(size.get() || 0));
  byId("larger").addEventListener("click", () => setSize(Number(document.documentElement.dataset.size) + 1));
  byId("smaller").addEventListener("click", () => setSize(Number(document.documentElement.dataset.size) - 1));
  const box = byId("words");
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + 3}px`;
  };
  box.addEventListener("input", grow);
  const options = byId("options");
  document.addEventListener("click", (event) => options.contains(event.target) || options.removeAttribute("open"));
  return { grow };
}
