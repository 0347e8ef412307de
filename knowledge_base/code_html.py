"""The Code as a GOV.UK page, read as lines: headings, paragraphs, list items, without navigation and footnotes."""

from html.parser import HTMLParser

from knowledge_base.code_layout import ITEM, LABEL, TEXT, TITLE, Line

HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {"p", "li", "td", "th", "dt", "dd", "blockquote", "div", "section", "article", "caption", "tr", "ul", "ol", "table"}
SKIPPED = {"head", "nav", "script", "style", "header", "footer", "aside", "form", "button", "noscript", "svg"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ROLES = {"navigation", "doc-endnotes", "doc-noteref"}
NOTES = {"footnotes", "footnote", "gem-c-contents-list", "visuallyhidden", "govuk-visually-hidden"}


class Reader(HTMLParser):
    """Collects lines. `inside` holds those of the document proper (GOV.UK's class govspeak), if the page has one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.inside: list[Line] = []
        self.open: list[tuple[str, bool, bool]] = []  # tag, whether it is left out, whether it is the document
        self.buffer, self.bold, self.strong = "", "", 0

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in VOID:
            self.buffer += " "
            return
        values = {name: value or "" for name, value in attrs}
        classes = set(values.get("class", "").split())
        if tag in BLOCKS:
            self._flush()
            if tag in ("p", "li", "dt", "dd", "tr"):  # their end tags may be missing
                self._close(tag, within=("ul", "ol", "dl", "table") if tag != "p" else ("li", "td", "div"))
        out = tag in SKIPPED or bool(classes & NOTES) or values.get("role") in ROLES
        if "legislative-list" in classes and tag in ("ol", "ul"):
            tag = "legislative"
        self.open.append((tag, out, "govspeak" in classes))
        self.strong += tag in ("strong", "b")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush()
        if tag in ("ol", "ul") and (own := next((t for t, _, _ in reversed(self.open) if t in (tag, "legislative")), None)):
            tag = own
        self._close(tag)

    def _close(self, tag: str, within: tuple[str, ...] = ()) -> None:
        """Forget the innermost open `tag` and what is in it, unless one of `within` was opened since."""
        for i in range(len(self.open) - 1, -1, -1):
            if self.open[i][0] == tag:
                self.strong -= sum(t in ("strong", "b") for t, _, _ in self.open[i:])
                del self.open[i:]
                return
            if self.open[i][0] in within or (within and self.open[i][0] == "legislative"):
                return

    def handle_data(self, data: str) -> None:
        if not any(out for _, out, _ in self.open):
            self.buffer += data
            self.bold += data if self.strong else ""

    def _flush(self) -> None:
        text, bold = (" ".join(part.split()) for part in (self.buffer, self.bold))
        self.buffer = self.bold = ""
        if not text:
            return
        tags = [tag for tag, _, _ in self.open]
        lists = [tag for tag in tags if tag in ("ul", "ol", "legislative")]
        if HEADINGS & set(tags):
            kind = TITLE
        elif lists and lists[-1] != "legislative" and "li" in tags:
            kind = ITEM
        else:
            kind = LABEL if bold == text else TEXT
        self.lines.append(Line(text, kind))
        if any(document for _, _, document in self.open):
            self.inside.append(self.lines[-1])

    def close(self) -> None:
        super().close()
        self._flush()


def read_html(text: str) -> list[Line]:
    """The lines of a page, in its order. What is not closed is closed; a page that is no HTML gives its text as it stands."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.inside or reader.lines
