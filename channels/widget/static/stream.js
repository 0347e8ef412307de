// News of the conversation, each line once and in order. A stream read with fetch, because EventSource cannot send the
// token in a header; when streams do not get through (some proxies hold them back), asking every few seconds instead.

import { authorised } from "./api.js";

const SILENCE = 40000; // the server says something every 15 seconds
const FIRST = 8000; // and at once when a stream opens
const ASK = 3000;
const LONGEST = 30000;
const STREAM_AGAIN = 20; // questions asked before a stream is tried again

export class Stream {
  /** `on` has message(line), status(status), connected(bool), refused(): the token opens nothing. */
  constructor(on) {
    this.on = on;
    this.after = 0;
    this.failures = 0;
    this.running = false;
    window.addEventListener("online", () => {
      this.abort?.abort(); // what was open before is dead, even if it does not know
      this.hurry();
    });
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.hurry());
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.run();
  }

  stop() {
    this.running = false;
    this.after = 0;
    this.abort?.abort();
    this.wake?.();
  }

  /** Do not wait any longer: the network is back, or the parent is looking again. */
  hurry() {
    this.wake?.();
  }

  async run() {
    while (this.running) {
      try {
        if (this.failures < 3) await this.read();
        else await this.ask();
      } catch (error) {
        if (error.status === 401) {
          this.running = false;
          this.on.refused();
          return;
        }
      }
      if (!this.running) return;
      this.failures += 1;
      this.on.connected(false);
      await this.pause(Math.min(LONGEST, 500 * 2 ** this.failures) * (0.7 + 0.6 * Math.random()));
    }
  }

  pause(ms) {
    return new Promise((done) => {
      this.wake = done;
      setTimeout(done, ms);
    });
  }

  async open(path) {
    this.abort = new AbortController();
    const answer = await fetch(`${path}?after=${this.after}`, { headers: authorised(), signal: this.abort.signal });
    if (!answer.ok) throw Object.assign(new Error("refused"), { status: answer.status });
    return answer;
  }

  /** Read one stream to its end. */
  async read() {
    let watchdog;
    const watch = (ms) => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => this.abort.abort(), ms);
    };
    try {
      watch(FIRST);
      const reader = (await this.open("/api/events")).body.pipeThrough(new TextDecoderStream()).getReader();
      let text = "";
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        watch(SILENCE);
        this.came();
        text += value;
        const events = text.split("\n\n");
        text = events.pop();
        events.forEach((event) => this.event(event));
      }
    } finally {
      clearTimeout(watchdog);
    }
  }

  /** Ask every few seconds, for a while. */
  async ask() {
    for (let n = 0; n < STREAM_AGAIN && this.running; n += 1) {
      const { messages, status } = await (await this.open("/api/messages")).json();
      this.on.connected(true);
      messages.forEach((line) => this.line(line));
      this.on.status(status);
      await this.pause(ASK);
    }
    this.failures = 0;
  }

  came() {
    this.failures = 0;
    this.on.connected(true);
  }

  event(text) {
    const field = Object.fromEntries(text.split("\n").map((line) => line.split(/: (.*)/s, 2)));
    if (field.event === "message") this.line(JSON.parse(field.data));
    if (field.event === "status") this.on.status(JSON.parse(field.data));
  }

  line(line) {
    if (line.seq <= this.after) return;
    this.after = line.seq;
    this.on.message(line);
  }
}
