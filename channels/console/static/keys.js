// Single-key shortcuts. They never fire in a text field, and can be turned off (WCAG 2.1.4).

const dialog = document.getElementById("keys");
const on = document.getElementById("keys-on");

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  c: () => visible("claim")?.click(),
  r: () => focus("reply"),
  n: () => focus("note"),
  e: () => { const part = visible("close"); if (part) { part.open = true; focus("outcome"); } },
  "?": () => dialog.showModal(),
};

export function watchKeys() {
  on.checked = localStorage.getItem("sendline-keys") !== "off";
  on.addEventListener("change", () => localStorage.setItem("sendline-keys", on.checked ? "on" : "off"));
  const opener = document.getElementById("keys-open");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing && event.key === "Escape") return typing.blur();
    if (typing || !on.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat && !"jk".includes(event.key)) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault(); // or the letter would be typed into the field that gets the focus
    act();
  });
}

function visible(id) {
  const part = document.getElementById(id);
  return part?.checkVisibility() ? part : null;
}

function focus(id) {
  const part = visible(id);
  part?.focus();
  part?.scrollIntoView({ block: "nearest" });
}

function move(by) {
  const rows = [...document.querySelectorAll("#queue-list a.row")];
  const at = rows.indexOf(document.activeElement);
  const from = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute("aria-current"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
  next?.focus();
}
