"""The lines of the Code of Practice, cut into its numbered paragraphs.

Both readers (`code_pdf.py`, `code_html.py`) give the same `Line`s. A number at the start of a line begins a paragraph only where
it continues the numbering, stands at the margin of numbers and is followed by a capital: "see paragraph / 9.14 for more" does none
of that. The introduction is numbered i, ii, iii; an annex has no numbers and is one paragraph, "Annex 1".
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

# TITLE is larger than the text and ends a paragraph. LABEL is a bold line of the text's own size: a heading if a number follows.
TITLE, LABEL, ITEM, TEXT = "title", "label", "item", "text"
JUMP = 6  # paragraphs that may be missed in a row before the numbering counts as broken
INDENT = 6.0  # points within which two lines begin at the same place

NUMBERED = re.compile(r"(\d{1,2})\.(\d{1,3})(?![\d.])\s*(.*)$")
ROMAN = re.compile(r"([ivxl]+)\.(?:\s+(\S.*))?$")
BEGINS = re.compile(r"[A-Z0-9“‘\"'(\[]")
REFERRING = re.compile(
    r"\b(?:paragraphs?|paras?|sections?|chapters?|see)(?: [\d.]+(?:(?: and|,)? [\d.]+)*(?: and| or| to|,))?$", re.IGNORECASE)
LEADERS = re.compile(r"(?:\.\s?){4,}\d+$|\u2026\s*\d+$")
ANNEX = re.compile(r"Annex (\d+|[A-Z])\b\W*(.*)$", re.IGNORECASE)
AFTER = re.compile(r"(?:Glossary|References|Index)\b", re.IGNORECASE)
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}


@dataclass(frozen=True)
class Line:
    """One line. `left` (points from the margin of numbers) is where its words begin, for an item after the bullet; `gap`: it starts
    a new block; `margin`: a number may begin a paragraph here."""

    text: str
    kind: str = TEXT
    left: float = 0.0
    size: float = 0.0
    gap: bool = True
    margin: bool = True


@dataclass
class Cut:
    """One paragraph being put together. Blocks are (kind, left, text)."""

    ref: str
    chapter: int
    heading: str
    blocks: list[tuple[str, float, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its blocks one a line, items with a bullet."""
        return "\n".join(("• " if kind == ITEM else "") + text for kind, _, text in self.blocks if text)


def roman(numeral: str) -> int:
    """14 for "xiv"."""
    values = [VALUES[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


class Cutter:
    """Takes lines one by one; `found` are the paragraphs so far."""

    def __init__(self, words: Counter):
        self.words, self.found = words, []
        self.now: Cut | None = None
        self.heading, self.titled, self.labels = "", None, []
        self.contents = self.over = False

    def take(self, line: Line) -> None:
        if LEADERS.search(line.text) or self.over or self._in_contents(line):
            return
        if line.kind == TITLE:
            self._title(line)
        elif begun := self._begins(line):
            if self.labels:
                self.heading = " ".join(label.text for label in self.labels)
                self.labels = []
            ref, chapter, rest = begun
            self.now = Cut(ref, chapter, self.heading)
            self.found.append(self.now)
            self.now.blocks.append((TEXT, line.left, rest))
            self.titled = None
        elif line.kind == LABEL:
            self.labels.append(line)
        else:
            for waiting in [*self.labels, line]:
                self._add(waiting)
            self.labels, self.titled = [], None

    def _in_contents(self, line: Line) -> bool:
        """From "Contents" to the next title that does not end in a page number."""
        if line.text.lower() in ("contents", "table of contents"):
            self.contents = True
        elif line.kind == TITLE and not re.search(r"\d$", line.text):
            self.contents = False
        return self.contents

    def _title(self, line: Line) -> None:
        if AFTER.match(line.text) and self.found:
            self.over = True
        elif annex := ANNEX.match(line.text):
            self.heading = annex[2].strip()
            self.now = Cut(f"Annex {annex[1]}", 0, self.heading)
            self.found.append(self.now)
        elif self.now and self.now.ref.startswith("Annex"):
            self._add(line)
        else:
            wrapped = self.titled and not line.gap and abs(self.titled.size - line.size) < 0.5
            self.heading = f"{self.heading} {line.text}" if wrapped else line.text
            self.now = None
        self.titled, self.labels = line, []

    def _begins(self, line: Line) -> tuple[str, int, str] | None:
        """(reference, chapter, the rest of the line) where `line` begins a paragraph."""
        before = self.found[-1].ref if self.found else ""
        tail = self.now.blocks[-1][2] if self.now and self.now.blocks else ""
        if before.startswith("Annex") or line.kind == ITEM or not line.margin or REFERRING.search(tail):
            return None
        if found := NUMBERED.match(line.text):
            chapter, number, rest = int(found[1]), int(found[2]), found[3]
            old, last = map(int, before.split(".")) if "." in before else (0, 0)
            step = number - last if chapter == old else number if chapter in (old + 1, old + 2) else 0
            # A number alone on its line has nothing to show that it begins one, so it has to be exactly the next.
            if (1 <= step <= JUMP) if BEGINS.match(rest) else (step == 1 and not rest):
                return f"{chapter}.{number}", chapter, rest
        elif (found := ROMAN.match(line.text)) and "." not in before and BEGINS.match(found[2] or ""):
            last = roman(before.split()[-1]) if before else 0
            if 1 <= roman(found[1]) - last <= JUMP:
                return f"Introduction {found[1]}", 0, found[2]
        return None

    def _add(self, line: Line) -> None:
        """Add a line to the open paragraph: as a block of its own, or as the end of the one before."""
        if not self.now:
            return
        blocks = self.now.blocks
        kind, left, text = blocks[-1] if blocks else (TEXT, 0.0, "")
        goes_on = line.kind == TEXT and not line.gap and (kind == TEXT or (kind == ITEM and abs(line.left - left) < INDENT))
        if blocks and (goes_on or not text):
            blocks[-1] = (kind, left, joined(text, line.text, self.words))
        else:
            blocks.append((line.kind, line.left, line.text))


def joined(start: str, end: str, words: Counter) -> str:
    """Two lines as one. A hyphen at the end of a line goes where the document writes the whole word without it elsewhere."""
    if start.endswith("\u00ad"):
        return start[:-1] + end
    if (head := re.search(r"(\w+)[-‐]$", start)) and (tail := re.match(r"\w+", end)):
        whole = words[(head[1] + tail[0]).lower()] > words[f"{head[1]}-{tail[0]}".lower()]
        return (start[:-1] if whole else start) + end
    return f"{start} {end}".strip()


def cut(lines: Iterable[Line]) -> list[Cut]:
    """The paragraphs of the document whose lines these are, in its order; none when it has no numbering like the Code's."""
    lines = list(lines)
    cutter = Cutter(Counter(word.lower() for line in lines for word in re.findall(r"\w+(?:-\w+)*", line.text)))
    for line in lines:
        cutter.take(line)
    return [one for one in cutter.found if one.text]
