// What this browser keeps: the token, the text size, and (only in this tab) words that were not sent yet.
// A browser that forbids storage still gets a chat; it is forgotten when the page closes.

const inMemory = new Map();
const fallback = {
  getItem: (key) => inMemory.get(key) ?? null,
  setItem: (key, value) => inMemory.set(key, value),
  removeItem: (key) => inMemory.delete(key),
};

function usable(name) {
  try {
    const storage = window[name];
    storage.setItem("sendline-try", "1");
    storage.removeItem("sendline-try");
    return storage;
  } catch {
    return fallback;
  }
}

const wanted = new URLSearchParams(location.search).get("storage");
const tab = usable("sessionStorage");
const kept = wanted === "session" ? tab : usable("localStorage");

function entry(storage, key) {
  return {
    get: () => storage.getItem(key) || "",
    set: (value) => storage.setItem(key, value),
    forget: () => storage.removeItem(key),
  };
}

export const token = entry(kept, "sendline-token");
export const size = entry(kept, "sendline-size");
export const left = entry(kept, "sendline-left"); // the page was left quickly: show nothing until asked
const waiting = entry(tab, "sendline-waiting");

/** Words that the server has not said yes to: [{id, text, button}]. */
export function unsentWords() {
  try {
    return JSON.parse(waiting.get() || "[]");
  } catch {
    return [];
  }
}

export function keepUnsent(list) {
  if (list.length) waiting.set(JSON.stringify(list));
  else waiting.forget();
}

export function forgetAll() {
  token.forget();
  left.forget();
  waiting.forget();
}
