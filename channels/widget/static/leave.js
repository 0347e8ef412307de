// "Leave this page quickly": the screen is empty at once, another page takes this one's place in the history, and the
// conversation stays hidden here until somebody asks for it. Shift pressed three times does the same.

import { left, token } from "./memory.js";

const PRESSES = 3;
const WITHIN = 5000;

export function leave() {
  if (token.get()) left.set("1");
  document.body.replaceChildren();
  document.title = "…";
  const elsewhere = document.body.dataset.elsewhere;
  if (window.parent !== window) window.parent.postMessage({ sendline: "leave", to: elsewhere }, "*");
  else location.replace(elsewhere);
}

export function watchForLeaving(announce) {
  document.getElementById("leave").addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = 0;
  let since = 0;
  let alone = false; // Shift with nothing else: a capital letter is not a press
  document.addEventListener("keydown", (event) => {
    alone = event.key === "Shift" && (alone || !event.repeat);
    if (event.key !== "Shift") presses = 0;
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    if (event.timeStamp - since > WITHIN) presses = 0;
    since = event.timeStamp;
    presses += 1;
    if (presses === PRESSES) leave();
    else announce(`Press Shift ${PRESSES - presses} more time${PRESSES - presses > 1 ? "s" : ""} to leave this page.`);
  });
}
