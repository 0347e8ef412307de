// One line of the conversation, built from data. Words only ever enter the page as text; the one exception is
// `more_html`, which the server made from checked Markdown with everything that could run taken out.

const STRENGTH = { must: "MUST (law)", should: "SHOULD", may: "MAY" };
const WHO = { parent: "You", bot: "Assistant", system: "Notice" };

/** An element: el("p", {class: "who"}, "text", child, …). A child that is null, 0 or "" adds nothing. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter(Boolean));
  return made;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/chat/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

const beside = { target: "_blank", rel: "noopener noreferrer" };

function link(text, href) {
  return el("a", { href, ...(/^https:/.test(href) ? beside : {}) }, text);
}

function pieces(line) {
  return line.map((piece) => (piece.href && /^(https|tel|sms):/.test(piece.href) ? link(piece.text, piece.href) : piece.text));
}

function prose(blocks) {
  return blocks.map((block) =>
    block.kind === "ul"
      ? el("ul", {}, ...block.lines.map((line) => el("li", {}, ...pieces(line))))
      : el("p", {}, ...block.lines.flatMap((line, n) => (n ? [el("br"), ...pieces(line)] : pieces(line)))),
  );
}

function duties(owed) {
  return owed.length && el("ul", { class: "duties" }, ...owed.map((duty) => el("li", {},
    el("span", { class: `badge ${STRENGTH[duty.strength] ? duty.strength : "may"}` }, STRENGTH[duty.strength] || ""),
    el("span", {}, `The ${duty.who} ${duty.strength} ${duty.what}.`))));
}

function more(html) {
  if (!html) return null;
  const inside = el("div", { class: "prose" });
  inside.innerHTML = html;
  return el("details", {}, el("summary", {}, "More about this"), inside);
}

function sources(cited) {
  return cited.length && el("details", {}, el("summary", {}, "What the law says"),
    el("ul", { class: "sources" }, ...cited.map((source) => el("li", {},
      /^https:/.test(source.url || "") ? link(source.title, source.url) : source.title,
      el("span", { class: "kind" }, source.means)))));
}

function choices(buttons) {
  return buttons.length && el("p", { class: "choices" }, ...buttons.map((button) => el("button", {
    type: "submit", form: "quick", name: "button", value: button.do, class: button.do === "person" ? "choice person" : "choice",
  }, button.label)));
}

/** "14:05" today, "3 March, 14:05" before. */
export function clock(at) {
  const then = new Date(at);
  const time = then.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
  if (then.toDateString() === new Date().toDateString()) return time;
  return `${then.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "Europe/London" })}, ${time}`;
}

/** A line of the transcript as the server sent it. */
export function bubble(message) {
  const adviser = message.author === "adviser";
  return el("li", { class: `line ${message.author}${message.urgent ? " urgent" : ""}`, id: `line-${message.seq}` },
    el("div", { class: "bubble" },
      adviser ? el("p", { class: "who" }, icon("person"), `Adviser ${message.name}`)
        : el("p", { class: "hidden" }, `${WHO[message.author]}:`),
      el("div", { class: "says", dir: "auto" }, ...prose(message.blocks)),
      duties(message.duties), more(message.more_html), sources(message.sources),
      message.duties.length && el("p", { class: "accuracy" }, "Information, not legal advice. Check dates in your letter.")),
    choices(message.buttons),
    el("p", { class: "meta" }, el("time", { datetime: message.at }, clock(message.at)),
      message.author === "bot" && "speechSynthesis" in window && el("button", { type: "button", "data-read": "" }, "Read aloud")));
}

/** What the parent has just sent and the server has not said yes to. */
export function unsent(text) {
  return el("li", { class: "line parent sending" },
    el("div", { class: "bubble" }, el("p", { class: "hidden" }, "You:"), el("div", { class: "says", dir: "auto" }, plain(text))),
    el("p", { class: "meta" }, "Sending…"));
}

function plain(text) {
  const words = el("p", {}, text);
  words.style.whiteSpace = "pre-wrap";
  return words;
}
