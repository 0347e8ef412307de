"""A document in the layout of the official Code, with all its traps, as PDF and as HTML. Not one sentence of it is the Code's.

Sixty numbered paragraphs in three chapters, an introduction of fourteen, an annex. `TRAPS` are the paragraphs that
are hard to cut, with their lines as they stand on the page; `EXACT` is what has to come out.
"""

import io
import textwrap
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"]
CHAPTERS = {1: "Apples and who picks them", 2: "Pears, plums and all that grows on trees", 3: "Cherries"}
BOTTOM, PAGE = "\v", "\f"  # go down to the last two lines of the page; go on to the next page


@dataclass(frozen=True)
class Part:
    """One piece: a title, label, paragraph or item, its lines as printed, and what it says as a whole."""

    kind: str
    lines: list[str]
    text: str
    ref: str = ""


def para(ref: str, *lines: str, text: str | None = None) -> Part:
    return Part("para", list(lines), " ".join(lines) if text is None else text, ref)


def filler(ref: str) -> Part:
    words = (f"Rule {ref.replace('.', ' of ')} is about fruit in season. The local authority should tell parents which fruit is ripe, "
             "and the orchard must keep a ladder for children and young people who want to see for themselves what is up there.")
    return para(ref, *textwrap.wrap(words, 70))


def item(*lines: str, text: str | None = None) -> Part:
    return Part("item", list(lines), " ".join(lines) if text is None else text)


def more(*lines: str) -> Part:
    return Part("more", list(lines), " ".join(lines))


def title(*lines: str) -> Part:
    return Part("title", list(lines), " ".join(lines))


def label(text: str) -> Part:
    return Part("label", [text], text)


def loose(text: str) -> Part:
    """Text that belongs to no paragraph."""
    return Part("loose", textwrap.wrap(text, 70), text)


LADDERS = "Whoever climbs should hold on with one hand. For baskets see paragraph"
SHARED = "The authority may share it, and self-employed people may sell it."
# What has to come out of each trap. A list item is a line of its own.
EXACT = {
    "1.4": "An orchard should write down:\n• who picks, and when\n• what is picked, with the weight of each basket\n• who carries it\n"
           "It must keep the list for a year.",
    "1.6": "A ladder is a ladder only if it has two rungs.",
    "1.8": f"{LADDERS} 1.9 and for hats see paragraphs 1.12 and 1.13. Nobody climbs alone.",
    "1.10": "The rule on hats is in paragraph 1.11 Baskets are for apples, in paragraph 2.3 for pears.",
    "2.3": f"The fruit belongs to the authority of the village, to every self-employed picker and to the non-picking public. {SHARED}",
    "2.5": "Trees are for everybody from the age of nought to 25 and for their parents.",
    "2.7": "A basket holds:\n• pears that have fallen by themselves and that nobody has trodden on\n• leaves",
    "2.9": "Each part of the plan for a tree should say what follows.\n(A) Roots\nHow deep they go.\n(B) Branches\nHow many there are.",
    "3.2": "1.5 metres is the least height of a cherry tree, and 3.5 metres the most.",
}
# How each stands on the page, line by line.
TRAPS: dict[str, list[Part]] = {
    "1.4": [para("1.4", "An orchard should write down:"), item("who picks, and when"),
            item("what is picked, with the weight of each", "basket"), item("who carries it"), more("It must keep the list for a year.")],
    "1.6": [para("1.6", "A ladder is a ladder{3} only if it has two rungs.", text=EXACT["1.6"])],
    "1.8": [para("1.8", LADDERS, "1.9 and for hats see paragraphs 1.12 and", "1.13. Nobody climbs alone.")],
    "1.10": [para("1.10", "The rule on hats is in paragraph", "1.11 Baskets are for apples, in paragraph 2.3 for pears.")],
    "2.3": [para("2.3", "The fruit belongs to the author-", "ity of the village, to every self-", "employed picker and to the non-",
                 "picking public.", SHARED, text=EXACT["2.3"])],
    "2.5": [para("2.5", BOTTOM, "Trees are for everybody from the age of nought to", "25", "and for their parents.", text=EXACT["2.5"])],
    "2.7": [para("2.7", "A basket holds:"),
            item("pears that have fallen by themselves and that nobody", PAGE, "has trodden on",
                 text="pears that have fallen by themselves and that nobody has trodden on"), item("leaves")],
    "2.9": [para("2.9", "Each part of the plan for a tree should say what follows."), label("(A) Roots"), more("How deep they go."),
            label("(B) Branches"), more("How many there are.")],
    "3.2": [para("3.2", "1.5 metres is the least height of a cherry tree, and", "3.5 metres the most.")],
}
HEADINGS = {
    "1.4": "Lists that are kept", "1.8": "Ladders, and what to think of before a ladder is climbed", "2.9": "Plans", "3.2": "Height",
}
NOTE = {"1.6": ["3 Ladders Act 1823, and the Rungs Order that was made under it in the", "year after. See also 1.9 The old rule."]}


def document() -> list[Part]:
    """The whole of it in order; every chapter begins on a page of its own."""
    parts = [title("Foreword"), loose("We wrote this for people with trees."), title("Introduction")]
    for numeral in ROMANS:
        parts.append(para(numeral + ".", f"Fruit in season is the subject of part {numeral} of this introduction,", "and you may skip it."))
    for chapter, name in CHAPTERS.items():
        parts += [
            Part("chapter", textwrap.wrap(f"{chapter} {name}", 24), f"{chapter} {name}"), title("What this chapter covers"),
            loose("This chapter has twenty rules, and every one of them is about fruit."), title("Relevant law"),
            item("Orchards Act 1911, section 9.14"),
        ]
        for number in range(1, 21):
            ref = f"{chapter}.{number}"
            if ref in HEADINGS:
                parts.append(title(*textwrap.wrap(HEADINGS[ref], 40)) if ref != "2.9" else label(HEADINGS[ref]))
            parts += TRAPS.get(ref) or [filler(ref)]
    return [*parts, Part("chapter", ["Annex 1: Minds of their own"], "Annex 1: Minds of their own"),
            loose("A young person may decide for themselves which apple to eat."), title("Who helps"), loose("A friend."),
            Part("chapter", ["Glossary of terms"], "Glossary of terms"), loose("Apple: a fruit.")]


def expected_text(ref: str) -> str:
    """The text of a paragraph as it has to come out."""
    return EXACT.get(ref) or filler(ref).text


def expected_refs() -> list[str]:
    return [f"Introduction {n}" for n in ROMANS] + [f"{c}.{n}" for c in CHAPTERS for n in range(1, 21)] + ["Annex 1"]


# ------------------------------------------------------------------ as a PDF


class Press:
    """Prints lines on pages, as the official document does: numbers in the margin, text hanging, heads and page numbers."""

    LINE, TOP, LOW = 16.0, A4[1] - 90, 72.0

    def __init__(self, out, encrypt=None):
        self.canvas = Canvas(out, pagesize=A4, encrypt=encrypt, invariant=1)
        self.page, self.y, self.notes = 1, self.TOP, []

    @property
    def left(self) -> float:
        """Pages are mirrored."""
        return 90.0 if self.page % 2 else 72.0

    def turn(self) -> None:
        y = self.LOW + 10 * (len(self.notes) - 1)
        for i, line in enumerate(self.notes):
            number, _, rest = line.partition(" ") if not i else ("", "", line)
            self.canvas.setFont("Helvetica", 5.5)
            self.canvas.drawString(self.left, y + 3, number)
            self.canvas.setFont("Helvetica", 9)
            self.canvas.drawString(self.left + 6, y, rest)
            y -= 10
        self.notes = []
        self.canvas.setFont("Helvetica", 9)
        self.canvas.drawString(self.left, A4[1] - 40, "SEND code of practice: 0 to 25 years" if self.page % 2 else "Statutory guidance")
        self.canvas.setFont("Helvetica", 11)
        self.canvas.drawCentredString(A4[0] / 2, 40, str(self.page))
        self.canvas.showPage()
        self.page, self.y = self.page + 1, self.TOP

    def down(self, points: float) -> None:
        self.y -= points
        if self.y < self.LOW + 10 * len(self.notes):
            self.turn()

    def words(self, x: float, line: str, font: str = "Helvetica", size: float = 12) -> None:
        """One line, with {3} as a raised mark."""
        before, found, rest = line.partition("{")
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, before)
        if found:
            mark, _, after = rest.partition("}")
            x += self.canvas.stringWidth(before, font, size)
            self.canvas.setFont(font, 7)
            self.canvas.drawString(x, self.y + 5, mark)
            x += self.canvas.stringWidth(mark, font, 7)
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, self.y, after)

    def part(self, part: Part) -> None:
        if part.kind == "chapter" and self.y < self.TOP:
            self.turn()
        font, size, indent = {"chapter": ("Helvetica-Bold", 24, 0), "title": ("Helvetica-Bold", 16, 0), "label": ("Helvetica-Bold", 12, 0),
                              "loose": ("Helvetica", 12, 0), "item": ("Helvetica", 12, 60)}.get(part.kind, ("Helvetica", 12, 42))
        if part.ref in NOTE:
            self.notes = NOTE[part.ref]
        self.down(10 if part.kind != "item" else 4)
        first = True
        for line in part.lines:
            if line == BOTTOM:
                self.y = self.LOW + self.LINE
            elif line == PAGE:
                self.turn()
            else:
                if first and part.ref:
                    self.words(self.left, part.ref)
                if first and part.kind == "item":
                    self.words(self.left + 42, "•")
                self.words(self.left + indent, line, font, size)
                first = False
                self.down(max(self.LINE, size * 1.3))
        if part.kind == "chapter":
            self.turn()


def as_pdf(encrypt=None, edition: str = "January 2015", parts: list[Part] | None = None) -> bytes:
    """The document as a PDF, with a cover and a table of contents."""
    out = io.BytesIO()
    press = Press(out, encrypt)
    for part in (title("Special educational needs and disability", "code of practice: 0 to 25 years"), loose(edition)):
        press.part(part)
    press.turn()
    press.part(title("Contents"))
    for i, line in enumerate(["Foreword", "Introduction", *(f"{c} {name}" for c, name in CHAPTERS.items())]):
        for text in (f"{line} {10 + i}", f"1.{i + 1} The rules of this part {11 + i}", f"{i + 1}.1 Fruit ................ {12 + i}"):
            press.part(loose(text))
        press.part(loose("What there is to say about fruit before a young person has had the time to grow a tree 14"))
    press.turn()
    for part in document() if parts is None else parts:
        press.part(part)
    press.turn()
    press.canvas.save()
    return out.getvalue()


# ------------------------------------------------------------------ as a page


def as_html(edition: str = "January 2015") -> str:
    """The document as GOV.UK publishes one: navigation, a list of contents, then class govspeak with the text."""
    body, listed = [], False
    for part in document():
        if listed and part.kind != "item":
            body.append("</ul>")
            listed = False
        if part.kind == "item":
            body += [] if listed else ["<ul>"]
            listed = True
            body.append(f"<li>{part.text}</li>")
        elif part.kind in ("chapter", "title"):
            body.append(f"<h2>{part.text}</h2>")
        elif part.kind == "label":
            body.append(f"<p><strong>{part.text}</strong></p>")
        else:
            mark = '<sup id="fnref:3"><a href="#fn:3" class="footnote">[footnote 3]</a></sup>' if part.ref in NOTE else ""
            body.append(f"<p>{part.ref} {part.text.replace('ladder only', f'ladder{mark} only')}</p>")
    return f"""<!DOCTYPE html><html lang="en"><head><title>Code of practice</title></head><body>
<header><p>1.1 The header of the site</p></header>
<nav class="gem-c-contents-list" role="navigation"><ol><li><a href="#one">1.1 The rules of this part</a></li></ol></nav>
<main><h1>Special educational needs and disability code of practice: 0 to 25 years</h1><p>1.1 Published {edition}<br>Updated</p>
<div class="govspeak">
{chr(10).join(body)}
<div class="footnotes" role="doc-endnotes"><ol><li id="fn:3"><p>Ladders Act 1823 &amp; the Order</p></li></ol></div>
</div></main><footer><p>3.21 The footer of the site</p></footer></body></html>"""
