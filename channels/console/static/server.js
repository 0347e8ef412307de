// Speaking to the server: one way to ask, one banner when it does not answer or the session ends.

let touched = true; // whether a person has used this page since it last asked
for (const kind of ["keydown", "pointerdown", "pointermove", "wheel"]) {
  addEventListener(kind, () => { touched = true; }, { passive: true });
}

const banner = document.getElementById("banner");
let shown = "";

export function warn(text, button) {
  if (text === shown) return;
  shown = text;
  banner.hidden = !text;
  banner.textContent = text;
  if (!text || !button) return;
  const link = document.createElement(button.href ? "a" : "button");
  link.textContent = button.label;
  if (button.href) { link.href = button.href; link.target = "_blank"; } else { link.type = "button"; link.addEventListener("click", button.act); }
  banner.append(" ", link);
}

export function say(text) {
  const line = document.getElementById("said");
  line.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { line.textContent = ""; }, 6000);
}

// Ask the server; gives {status, data}. status 0 means that it could not be reached.
export async function ask(url, options = {}) {
  const headers = { Accept: "application/json" };
  if (options.poll) headers["Sendline-Active"] = touched ? "1" : "0";
  if (options.poll) touched = false;
  try {
    const answer = await fetch(url, { headers, method: options.body ? "POST" : "GET", body: options.body, cache: "no-store" });
    const data = await answer.json().catch(() => ({}));
    if (answer.status === 401) warn(data.error, { label: "Sign in", href: "/console/sign-in" });
    return { status: answer.status, data };
  } catch {
    return { status: 0, data: {} };
  }
}

// Ask again and again; `use` gets the data when something changed.
export function poll(url, every, use) {
  let version = "", timer, looks = 0;
  async function look() {
    clearTimeout(timer);
    const mine = ++looks;
    const joint = url().includes("?") ? "&" : "?";
    const { status, data } = await ask(`${url()}${joint}version=${version}`, { poll: true });
    if (mine !== looks) return; // a later look is under way, and knows more
    if (status === 200) {
      if (data.left < 120) warn("You will be signed out soon.", { label: "Stay signed in", act: () => { warn(""); look(); } });
      else warn("");
      if (data.version !== version) use(data);
      version = data.version;
    } else if (status !== 401) {
      warn("The console cannot reach the server. It keeps trying; what you typed is still here.");
    }
    timer = setTimeout(look, status === 200 ? every : every * 3);
  }
  look();
  return look;
}
