/* Sendline's widget: a button on a service's page that opens the chat in a dialog. It loads nothing but our own page. */
(() => {
  "use strict";
  if (window.sendline) return;
  const origin = new URL(document.currentScript.src).origin;
  const settings = { lang: "en", position: "right", launcher: "Chat with us", startOpen: false, storage: "local", ...window.sendlineSettings };
  // a screen reader's list of buttons has to say what this one is
  const name = /chat/i.test(settings.launcher) ? settings.launcher : `${settings.launcher}: chat`;
  const side = settings.position === "left" ? "left" : "right";
  const css = `
    :host { all: initial; }
    * { box-sizing: border-box; font-family: system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
    button { position: fixed; bottom: 1.25rem; ${side}: 1.25rem; z-index: 2147483000; display: flex; align-items: center; gap: .55rem;
      min-height: 3.25rem; padding: .6rem 1.3rem .6rem 1.05rem; border: 2px solid #fff; border-radius: 1.7rem; background: #0d5c63; color: #fff;
      font-size: 1rem; font-weight: 600; cursor: pointer; box-shadow: 0 4px 18px rgb(0 0 0 / 25%); }
    button:hover { background: #08444a; }
    button:focus-visible { outline: 3px solid #0d5c63; outline-offset: 3px; }
    button svg { width: 1.6rem; height: 1.6rem; }
    dialog { position: fixed; inset: auto; ${side}: 1.25rem; bottom: 1.25rem; z-index: 2147483001; width: 26rem; height: min(44rem, calc(100vh - 2.5rem));
      max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden; border: 1px solid #8f9a9e; border-radius: 1rem; background: #f5f1e9;
      box-shadow: 0 12px 48px rgb(0 0 0 / 30%); }
    iframe { display: block; width: 100%; height: 100%; border: 0; }
    /* a phone, or a page that is zoomed in: the whole screen */
    @media (max-width: 480px), (max-height: 420px) {
      dialog { inset: 0; width: 100%; height: 100vh; height: 100dvh; border: 0; border-radius: 0; }
    }
    @media (prefers-color-scheme: dark) { dialog { background: #14191c; } }
    .news { padding: .05rem .5rem; border-radius: 1rem; background: #fff; color: #08444a; font-size: .875rem; }
    [hidden], dialog:not([open]) { display: none; }`;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet(); // a sheet made here is allowed where a strict policy forbids <style>
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 40 40");
  svg.setAttribute("aria-hidden", "true");
  for (const [d, fill, stroke] of [
    ["M20 3C10.3 3 3 9.6 3 18c0 4.6 2.2 8.7 5.7 11.500L7.5 36.500c-.1.7.6 1.2 1.2.9l7.3-4c1.3.2 2.6.4 4 .4 9.7 0 17-6.6 17-15.100C37 9.6 29.7 3 20 3z", "#fff", "none"],
    ["M11 22c3-7 7-7 9-3s6 4 9-3", "none", "#0d5c63"],
  ]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    for (const [key, value] of Object.entries({ d, fill, stroke, "stroke-width": "2.6", "stroke-linecap": "round" })) path.setAttribute(key, value);
    svg.append(path);
  }
  const news = make("span", { class: "news", hidden: "" });
  const launcher = make("button", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" }, svg, make("span", {}, name), news);
  const dialog = make("dialog", { "aria-label": `${name}: Sendline assistant, a computer program` });
  root.append(launcher, dialog);

  const listeners = {};
  const emit = (event) => (listeners[event] || []).forEach((listener) => listener());
  let frame, back;

  function open() {
    if (!frame) {
      const query = new URLSearchParams({ embed: "1", lang: settings.lang, storage: settings.storage });
      frame = make("iframe", { src: `${origin}/chat?${query}`, title: "Sendline assistant chat" });
      dialog.append(frame);
    }
    if (dialog.open) return;
    back = document.activeElement === document.body || document.activeElement === host ? null : document.activeElement;
    dialog.show(); // not modal: a parent may read the page beside it
    launcher.hidden = true;
    launcher.setAttribute("aria-expanded", "true");
    news.hidden = true;
    frame.focus();
    frame.contentWindow.postMessage({ sendline: "focus" }, origin);
    emit("open");
  }

  function close() {
    if (!dialog.open) return;
    dialog.close();
    launcher.hidden = false;
    launcher.setAttribute("aria-expanded", "false");
    (back?.isConnected ? back : launcher).focus();
    emit("close");
  }

  window.sendline = {
    open,
    close,
    reset: () => frame?.contentWindow.postMessage({ sendline: "reset" }, origin),
    on: (event, listener) => { (listeners[event] ||= []).push(listener); },
  };

  launcher.addEventListener("click", open);
  root.addEventListener("keydown", (event) => event.key === "Escape" && close());
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const said = event.data?.sendline;
    if (said === "close") close();
    if (said === "ready" && dialog.open) frame.contentWindow.postMessage({ sendline: "focus" }, origin);
    if (said === "leave" && /^https:/.test(event.data.to)) {
      document.documentElement.replaceChildren();
      location.replace(event.data.to);
    }
    if (said === "message") {
      if (!dialog.open) {
        news.textContent = "new reply";
        news.hidden = false;
      }
      emit("message");
    }
  });

  const start = () => {
    document.body.append(host);
    window.dispatchEvent(new Event("sendline:ready"));
    if (settings.startOpen) open();
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
