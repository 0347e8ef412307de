// One open case: new lines appear, forms are sent without leaving the page, and nothing half typed is lost.
import { ask, poll, say } from "./server.js";
import { segments } from "./sms.js";

const main = document.querySelector("main[data-ref]");
const transcript = document.getElementById("transcript");
const lines = document.getElementById("lines");
const newer = document.getElementById("newer");
const reply = document.getElementById("reply");
let look;

export function watchCase() {
  transcript.scrollTop = transcript.scrollHeight;
  look = poll(() => `/console/case/${main.dataset.ref}/live.json`, 2000, show);
  document.querySelectorAll("form.live").forEach((form) => form.addEventListener("submit", (event) => { event.preventDefault(); send(form); }));
  reply.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (!reply.readOnly) reply.form.requestSubmit(); }
  });
  reply.addEventListener("input", measure);
  newer.addEventListener("click", () => { transcript.scrollTop = transcript.scrollHeight; newer.hidden = true; });
  transcript.addEventListener("scroll", () => { if (isAtEnd()) newer.hidden = true; });
  addEventListener("beforeunload", (event) => { if (unsent()) event.preventDefault(); });
}

function unsent() {
  return [...document.querySelectorAll("form.live textarea")].some((box) => box.value.trim() !== "");
}

function isAtEnd() {
  return transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight < 60;
}

function show(data) {
  merge(data.lines);
  const notes = document.getElementById("notes");
  if (notes.innerHTML !== data.notes) notes.innerHTML = data.notes; // our own template, escaped on the server
  document.getElementById("standing").textContent = data.status;
  const chip = document.getElementById("risk");
  chip.className = `chip risk-${data.risk[0]}`;
  chip.textContent = data.risk[1];
  stand(data.standing);
}

// Add the lines that are new and change those that changed; the rest keep their place, their focus and their open details.
function merge(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html; // our own template, escaped on the server
  const atEnd = isAtEnd();
  let added = false;
  for (const line of [...fresh.content.children]) {
    const old = document.getElementById(line.id);
    if (!old) { lines.append(line); added = true; } else if (old.dataset.mark !== line.dataset.mark) old.replaceWith(line);
  }
  if (added && atEnd) transcript.scrollTop = transcript.scrollHeight;
  else if (added) newer.hidden = false;
}

// Show what this adviser may do now.
function stand(standing) {
  if (main.dataset.standing === standing) return;
  main.dataset.standing = standing;
  document.querySelectorAll("[data-when]").forEach((part) => { part.hidden = !part.dataset.when.split(" ").includes(standing); });
  reply.readOnly = standing !== "mine";
}

async function send(form) {
  if (form.dataset.busy) return;
  form.dataset.busy = "yes";
  const problem = form.querySelector(".error") || document.getElementById("problem"); // a form of the head may be about to hide
  problem.hidden = true;
  const { status, data } = await ask(form.action, { body: new URLSearchParams(new FormData(form)) });
  delete form.dataset.busy;
  if (data.token && form.elements.token) form.elements.token.value = data.token;
  if (status !== 200) {
    // The token stays when there was no answer: sending again cannot say it twice.
    problem.textContent = data.error || "This could not be sent. Your words are still here: try again in a moment.";
    problem.hidden = false;
    look();
    return;
  }
  form.querySelectorAll("textarea").forEach((box) => { box.value = ""; });
  measure();
  say(data.said);
  if (data.go) return location.assign(data.go);
  form.closest("details")?.removeAttribute("open");
  await look();
  if (form.action.endsWith("/claim") || form.action.endsWith("/take-over")) reply.focus();
  else form.querySelector("textarea")?.focus();
  transcript.scrollTop = transcript.scrollHeight;
}

function measure() {
  if (main.dataset.channel !== "sms") return;
  const count = segments(reply.value);
  document.getElementById("meter").textContent = reply.value ? `${reply.value.length} characters, ${count} text message${count === 1 ? "" : "s"}.` : "";
}
