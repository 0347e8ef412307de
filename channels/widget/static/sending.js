// What the parent says, until it stands in the transcript: sent one after the other, so that the order written is the
// order kept; never lost when it fails; and with the same id each time, so that trying again doubles nothing.

import { send } from "./api.js";
import { el, unsent } from "./bubbles.js";
import { keepUnsent, token, unsentWords } from "./memory.js";

export class Sending {
  /** `on` has added(item), kept(isNews), failed(sentences), returned(text). */
  constructor(on) {
    this.on = on;
    this.waiting = new Map(); // id -> {id, sent, item, kept}, in the order written
    this.busy = false;
  }

  /** Send {id, text, button}; `label` is what the bubble says. */
  add(sent, label) {
    const item = unsent(label);
    this.waiting.set(sent.id, { id: sent.id, sent: { ...sent, label }, item, kept: false });
    this.remember();
    this.on.added(item);
    this.work();
  }

  /** What an earlier load of this page could not send. */
  takeUp() {
    for (const sent of unsentWords()) this.add(sent, sent.label);
  }

  /** Send what waits, oldest first. Where one fails, those after it wait with it, or they would overtake it. */
  async work() {
    if (this.busy) return;
    this.busy = true;
    for (let one; (one = this.unkept[0]); ) {
      show(one, "sending", "Sending…");
      try {
        await send(one.sent);
        one.kept = true;
        show(one, "", "Sent");
        this.on.kept(this.waiting.has(one.id));
      } catch (trouble) {
        if (this.waiting.has(one.id) && this.fail(one, trouble)) break;
      }
    }
    this.busy = false;
  }

  /** Say what went wrong; true where nothing more can be sent now. */
  fail(one, trouble) {
    this.on.failed([trouble.message, ...(trouble.crisis ? trouble.crisis.split("\n") : [])]);
    if (trouble.status === 422) {
      this.settle(one.id).remove();
      this.on.returned(one.sent.text);
      return false;
    }
    if (trouble.status === 401) token.forget(); // trying again starts a new conversation
    for (const other of this.unkept) {
      const again = el("button", { type: "button" }, "Try again");
      again.addEventListener("click", () => this.work());
      show(other, "failed", "Not sent. ", again);
    }
    return true;
  }

  /** The transcript has the message: gives its bubble, if we sent it. */
  settle(id) {
    const item = this.waiting.get(id)?.item;
    this.waiting.delete(id);
    this.remember();
    return item;
  }

  get unkept() {
    return [...this.waiting.values()].filter((one) => !one.kept);
  }

  /** The first bubble that is not in the transcript yet: known lines go before it. */
  get first() {
    return [...this.waiting.values()][0]?.item;
  }

  remember() {
    keepUnsent([...this.waiting.values()].map(({ sent }) => sent));
  }
}

function show({ item }, state, ...words) {
  if (item.id) return; // it stands in the transcript already
  item.className = `line parent ${state}`;
  item.querySelector(".meta").replaceChildren(...words);
}
