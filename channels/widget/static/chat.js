// The chat page with JavaScript: sends without reloading, hears news, and says plainly what is going on.

import { bubble, el } from "./bubbles.js";
import { setUpLayout } from "./layout.js";
import { watchForLeaving } from "./leave.js";
import { forgetAll, left, token } from "./memory.js";
import { Sending } from "./sending.js";
import { Stream } from "./stream.js";

const byId = (id) => document.getElementById(id);
const [live, log, scroll, box, status, errors, connection] = ["live", "log", "scroll", "words", "status", "errors", "connection"].map(byId);
const embedded = window.parent !== window;
let state = { owner: "bot", typing: false };
let offline;
const news = { item: null, at: 0 }; // the first of the lines that came together

const { grow } = setUpLayout(byId);
const stream = new Stream({ message: hear, status: setState, connected: setConnected, refused });
const sending = new Sending({ added, kept, failed: showErrors, returned });
const tell = (what) => embedded && window.parent.postMessage({ sendline: what }, "*");

// ---------------------------------------------------------------- what we hear

function hear(line) {
  let item = bubble(line);
  const mine = line.id && sending.settle(line.id);
  if (mine) {
    mine.replaceChildren(...item.childNodes);
    mine.className = item.className;
    mine.id = item.id;
    item = mine;
  }
  const { first } = sending;
  // moving a bubble that already stands right would have it read out again
  if (!mine || (first && item.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_PRECEDING)) log.insertBefore(item, first || null);
  byId("starters")?.remove();
  // an old yes or no would answer a newer question
  for (const old of log.querySelectorAll(`li:not(#${item.id}) :is([value="yes"], [value="no"])`)) old.remove();
  if (live.getAttribute("aria-live") === "polite" && line.author !== "parent") tell("message");
  follow(item, line.author);
}

/** Show what is new from its beginning: an answer is read from the top, and may be longer than the screen. */
function follow(item, author) {
  if (author === "parent" || performance.now() - news.at > 2000 || !news.item) news.item = item;
  news.at = performance.now();
  const top = news.item.getBoundingClientRect().top - scroll.getBoundingClientRect().top;
  scroll.scrollTop = Math.min(scroll.scrollHeight - scroll.clientHeight, scroll.scrollTop + top - 16);
}

function setState(now) {
  live.setAttribute("aria-live", "polite"); // the history is there; from now on lines are read out as they come
  const human = now.owner === "adviser";
  byId("speaker").hidden = !human;
  const words = human ? `You are talking to ${now.adviser || "a person"}, an adviser. This is a person.` : "";
  if (byId("speaker-words").textContent !== words) byId("speaker-words").textContent = words;
  document.body.classList.toggle("with-adviser", human);
  state = now;
  showStatus();
}

function showStatus() {
  const words = state.typing ? "Sendline is looking…"
    : state.owner === "adviser" && state.waiting_turn ? "Your message is with the adviser." : "";
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("busy", Boolean(state.typing));
  if (words) scroll.scrollTop = scroll.scrollHeight;
}

/** Said before the server confirms it: our own guess, which its next word corrects. */
function kept(isFirstNews) {
  if (isFirstNews) {
    state = { ...state, typing: state.owner === "bot" };
    showStatus();
  }
  stream.start();
}

/** The token opens nothing any more. What was not sent stays, and goes into a new conversation. */
function refused() {
  token.forget();
  location.reload();
}

function setConnected(is) {
  if (is) {
    clearTimeout(offline);
    offline = undefined;
    connection.hidden = true;
    return;
  }
  // a short gap is nobody's business
  offline ??= setTimeout(() => {
    connection.textContent = "The connection is lost. I keep trying. What you write stays on this page.";
    connection.hidden = false;
  }, 2500);
}

// ---------------------------------------------------------------- what we say

function added(item) {
  showErrors([]);
  log.append(item);
  byId("starters")?.remove();
  scroll.scrollTop = scroll.scrollHeight;
}

/** The server will never take these words as they are: they go back into the box, to be changed. */
function returned(text) {
  box.value = box.value || text;
  grow();
  ready();
}

function showErrors(sentences) {
  errors.replaceChildren(...sentences.map((sentence) => el("p", {}, sentence.replace(/^- /, ""))));
  errors.hidden = !sentences.length;
  if (sentences.length) errors.focus();
}

function compose(event) {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) {
    showErrors(["There is nothing in the box yet. Write your question, then send it."]);
    return;
  }
  box.value = "";
  grow();
  ready();
  sending.add({ id: newId(), text }, text);
  box.focus();
}

function quick(event) {
  event.preventDefault();
  const { name, value, textContent } = event.submitter;
  sending.add({ id: newId(), text: name === "button" ? "" : value, button: name === "button" ? value : "" }, textContent.trim());
  focusInside();
}

/** A random id; `crypto.randomUUID` is missing on a page served without https. */
function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The box, but not where that would bring up a keyboard that nobody asked for. */
function focusInside() {
  (matchMedia("(pointer: coarse)").matches ? scroll : box).focus({ preventScroll: true });
}

function ready() {
  byId("send").setAttribute("aria-disabled", String(!box.value.trim()));
}

function startAfresh() {
  stream.stop();
  forgetAll();
  location.reload();
}

function readAloud(button) {
  const speaking = speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (speaking && button.textContent === "Stop reading") return;
  const words = new SpeechSynthesisUtterance(button.closest(".line").querySelector(".says").innerText);
  words.lang = "en-GB";
  words.onend = words.onerror = () => { button.textContent = "Read aloud"; };
  button.textContent = "Stop reading";
  speechSynthesis.speak(words);
}

/** Somebody left this page quickly: show nothing of the conversation until it is asked for. */
function hideUntilAsked() {
  const show = el("button", { type: "button", class: "choice" }, "Show my conversation");
  const fresh = el("button", { type: "button", class: "choice" }, "Start a new one");
  const asked = el("li", { class: "line system" }, el("div", { class: "bubble" },
    el("p", {}, "Welcome back. There is an earlier conversation on this device. It is hidden."),
    el("p", { class: "choices" }, show, fresh)));
  show.addEventListener("click", () => {
    left.forget();
    asked.remove();
    open();
  });
  fresh.addEventListener("click", startAfresh);
  log.append(asked);
}

function open() {
  sending.takeUp();
  if (!token.get()) return;
  live.setAttribute("aria-live", "off"); // the history is not read out
  stream.start();
}

for (const served of log.querySelectorAll("li:not(#hello)")) served.remove(); // shown from the cookie, without JavaScript
byId("compose").addEventListener("submit", compose);
byId("quick").addEventListener("submit", quick);
box.addEventListener("input", ready);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  byId("compose").requestSubmit();
});
log.addEventListener("click", (event) => event.target.matches("[data-read]") && readAloud(event.target));
byId("forget").addEventListener("submit", (event) => {
  event.preventDefault();
  byId("options").removeAttribute("open");
  byId("sure").showModal();
});
byId("sure").addEventListener("close", () => byId("sure").returnValue === "yes" && startAfresh());
watchForLeaving((words) => { status.textContent = words; });
if (embedded) {
  byId("close").addEventListener("click", () => tell("close"));
  document.addEventListener("keydown", (event) => event.key === "Escape" && !byId("sure").open && tell("close"));
  window.addEventListener("message", (event) => {
    if (event.source !== window.parent) return;
    if (event.data?.sendline === "focus") focusInside();
    if (event.data?.sendline === "reset") startAfresh();
  });
}
ready();
if (left.get()) hideUntilAsked();
else open();
window.sendHeld();
tell("ready");
