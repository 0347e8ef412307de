"""Checked text, made ready for a page without trusting it.

A line of a transcript is plain text. `blocks` cuts it into paragraphs and lists, and finds web addresses and crisis
numbers in it, so that a page can build links out of data and never out of markup. Only the detail behind an answer
is Markdown; `markdown` turns it into HTML with everything that could run or load taken out.
"""

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt

from bot.wording import CRISIS_NUMBERS, SAFEGUARDING_NUMBERS

TELEPHONE = {line.number: f"tel:{line.number.replace(' ', '')}" for line in (*CRISIS_NUMBERS, *SAFEGUARDING_NUMBERS)}
TELEPHONE["85258"] = "sms:85258?body=SHOUT"
# What the kinds in law.yaml mean to a parent.
MEANS = {
    "act": "law: an Act of Parliament", "regulations": "law: regulations", "case": "law: a decision of a court or tribunal",
    "code": "statutory guidance: has to be followed unless there is a good reason", "guidance": "guidance",
}
_LINK = re.compile(r"https://[^\s<>\"')\]]*[^\s<>\"')\].,;:!?]|\b(?:" + "|".join(sorted(TELEPHONE, key=len, reverse=True)) + r")\b(?!\d)")

Piece = dict[str, str]
Block = dict[str, Any]


def pieces(line: str) -> list[Piece]:
    """One line as words and links: {"text"} or {"text", "href"}."""
    made, at = [], 0
    for found in _LINK.finditer(line):
        if found.start() > at:
            made.append({"text": line[at:found.start()]})
        made.append({"text": found[0], "href": TELEPHONE.get(found[0], found[0])})
        at = found.end()
    return [*made, {"text": line[at:]}] if at < len(line) or not made else made


def blocks(text: str) -> list[Block]:
    """A text as paragraphs and lists: {"kind": "p" or "ul", "lines": [pieces, ...]}."""
    made: list[Block] = []
    for line in text.splitlines():
        kind = "ul" if line.startswith("- ") else "p" if line.strip() else ""
        if kind == "":
            made.append({"kind": "", "lines": []})
        elif made and made[-1]["kind"] == kind:
            made[-1]["lines"].append(pieces(line.removeprefix("- ")))
        else:
            made.append({"kind": kind, "lines": [pieces(line.removeprefix("- "))]})
    return [block for block in made if block["kind"]]


@lru_cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    plain = parser.renderer.renderToken

    def link_open(tokens, number, options, env):
        # A source opens beside the chat: the parent must not lose their place.
        tokens[number].attrSet("target", "_blank")
        tokens[number].attrSet("rel", "noopener noreferrer")
        return plain(tokens, number, options, env)

    parser.add_render_rule("link_open", lambda self, *given: link_open(*given))
    return parser


@lru_cache(maxsize=512)
def markdown(text: str) -> str:
    """Markdown as safe HTML: raw HTML stays text, pictures stay out, dangerous addresses are no links."""
    return _parser().render(text)
