// What the page says to the server. Every failure becomes a Trouble with a sentence that the parent can read.

import { token } from "./memory.js";

const UNREACHED = "We could not be reached. Your message is still here.";

export class Trouble extends Error {
  constructor(sentence, status = 0, crisis = "") {
    super(sentence);
    this.status = status;
    this.crisis = crisis;
  }
}

export function authorised() {
  return { Authorization: `Bearer ${token.get()}` };
}

async function post(path, body, headers) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", ...headers },
      signal: AbortSignal.timeout(20000),
    });
  } catch {
    throw new Trouble(UNREACHED);
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Trouble(said.error || UNREACHED, answer.status, said.crisis);
  return said;
}

/** Send words or a button; the same id again changes nothing on the server. Starts a conversation where there is none. */
export async function send(sent) {
  if (!token.get()) token.set((await post("/api/conversations", { text: sent.text }, {})).token);
  return post("/api/messages", sent.button ? { id: sent.id, button: sent.button } : { id: sent.id, text: sent.text }, authorised());
}
