"""The official PDF of the Code, read as lines: without page numbers, running heads, footnotes and their marks."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import pdfplumber

from knowledge_base.code_layout import INDENT, ITEM, LABEL, NUMBERED, TEXT, TITLE, Line
from knowledge_base.code_of_practice import CodeImportError

PAGES = 600  # the official document has under 300
EDGE = 0.1  # share of a page at its top and bottom where running heads and page numbers stand
LARGER, SMALLER, RAISED = 1.12, 0.93, 0.8  # sizes against that of the text: a title, a footnote, a footnote's mark
BULLETS = {"•", "·", "▪", "●", "○", "◦", "o", "–", "\uf0b7", "\uf0a7", "(cid:127)", "(cid:120)"}


@dataclass(frozen=True)
class Row:
    """One line of one page, as it stands there; `words` are pdfplumber's."""

    page: int
    words: list[dict]
    edge: bool

    @cached_property
    def text(self) -> str:
        return " ".join(w["text"] for w in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        return _most((w["size"], len(w["text"])) for w in self.words)

    @cached_property
    def top(self) -> float:
        return min(w["top"] for w in self.words if w["size"] >= self.size * RAISED)


def _most(weighted) -> float:
    """The size that most letters have, to half a point."""
    sizes = Counter()
    for size, letters in weighted:
        sizes[round(size * 2) / 2] += letters
    return max(sizes, key=sizes.__getitem__) if sizes else 0.0


def read_pdf(content: bytes) -> list[Line]:
    """The lines of a PDF in reading order. Raises CodeImportError for a file that is damaged, locked or too long."""
    if b"%%EOF" not in content[-2048:]:
        raise CodeImportError("This PDF is cut short: its end is missing. Download it again. Nothing was changed.")
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            if len(document.pages) > PAGES:
                raise CodeImportError(f"This PDF has more than {PAGES} pages: it is not the Code. Nothing was changed.")
            pages = []
            for page in document.pages:
                pages.append(_rows(page))
                page.close()
    except CodeImportError:
        raise
    except Exception as error:  # pdfminer raises anything at all on a damaged file
        locked = "Password" in f"{error!r}{error.__cause__!r}" or "Encrypt" in f"{error!r}"
        why = "is locked with a password" if locked else "is damaged and cannot be read"
        raise CodeImportError(f"This PDF {why}. Download it again from GOV.UK. Nothing was changed.") from None
    return _lines([rows for rows in pages if rows])


def _rows(page) -> list[Row]:
    """The words of a page put into rows: words that overlap in height by half stand in one row."""
    rows: list[list[dict]] = []
    words = page.extract_words(extra_attrs=["size", "fontname"])
    for word in sorted(words, key=lambda w: w["bottom"]):
        for row in rows[-3:]:
            tall = max(row, key=lambda w: w["size"])
            overlap = min(tall["bottom"], word["bottom"]) - max(tall["top"], word["top"])
            if overlap > 0.5 * min(tall["bottom"] - tall["top"], word["bottom"] - word["top"]):
                row.append(word)
                break
        else:
            rows.append([word])
    found = [sorted(row, key=lambda w: w["x0"]) for row in rows]
    found.sort(key=lambda row: max(w["bottom"] for w in row))
    high = page.height * EDGE
    return [Row(page.page_number, row, row[0]["bottom"] < high or row[0]["top"] > page.height - high) for row in found]


def _lines(pages: list[list[Row]]) -> list[Line]:
    body = _most((w["size"], len(w["text"])) for rows in pages for row in rows for w in row.words)
    running = _running(pages)
    kept = [_without_notes([row for row in rows if not running(row)], body) for rows in pages]
    margins = _margins(kept)
    leading = _leading(kept)
    lines = []
    for rows in kept:
        above = None
        for row in rows:
            # Over a page break nothing can be told from the gap: the text goes on.
            gap = above is not None and row.top - above.top > 1.45 * leading * max(row.size, above.size) / body
            if line := _line(row, body, gap, margins.get(row.page % 2)):
                lines.append(line)
                above = row
    return lines


def _running(pages: list[list[Row]]):
    """A test for running heads and page numbers: an edge row that comes back on three pages, or counts along with the pages."""
    edges = [row for rows in pages for row in rows if row.edge]
    heads = Counter((re.sub(r"\d+", "#", row.text), round(row.top / 4)) for row in edges)
    numbers = Counter(row.page - int(row.text) for row in edges if row.text.isdecimal())
    offset = numbers.most_common(1)[0] if numbers else (0, 0)

    def runs(row: Row) -> bool:
        if not row.edge:
            return False
        if row.text.isdecimal():
            return offset[1] > 1 and row.page - int(row.text) == offset[0]
        numeral = re.fullmatch(r"[ivxl]+|(?i:page) \d+(?: of \d+)?", row.text)
        return bool(numeral) or heads[re.sub(r"\d+", "#", row.text), round(row.top / 4)] >= 3

    return runs


def _without_notes(rows: list[Row], body: float) -> list[Row]:
    """The rows above the footnotes: the last rows of a page, smaller than the text, from the first that begins with a number."""
    start = len(rows)
    while start and rows[start - 1].size <= body * SMALLER:
        start -= 1
    first = next((i for i in range(start, len(rows)) if re.match(r"\d{1,3}(?![\d.])", rows[i].text)), len(rows))
    return rows[:first]


def _margins(pages: list[list[Row]]) -> dict[int, float]:
    """Where the numbers of paragraphs stand, on odd and on even pages."""
    found = {0: Counter(), 1: Counter()}
    for row in (row for rows in pages for row in rows):
        if (number := NUMBERED.match(row.text)) and re.match(r"[A-Z]", number[3]):
            found[row.page % 2][round(row.words[0]["x0"])] += 1
    return {side: places.most_common(1)[0][0] for side, places in found.items() if places}


def _leading(pages: list[list[Row]]) -> float:
    """The usual distance from one line to the next."""
    steps = Counter(round(b.top - a.top, 0) for rows in pages for a, b in pairwise(rows) if b.top > a.top)
    return steps.most_common(1)[0][0] if steps else 0.0


def _line(row: Row, body: float, gap: bool, margin: float | None) -> Line | None:
    """A row as a line: footnote marks gone, its bullet read, titles told from text. None when nothing is left."""
    words = [w for w in row.words if not (w["text"].isdecimal() and w["size"] < row.size * RAISED)]
    if not words:
        return None
    kind, left = TEXT, words[0]["x0"]
    if row.size >= body * LARGER:
        kind = TITLE
    elif words[0]["text"] in BULLETS and len(words) > 1:
        kind, words = ITEM, words[1:]
        left = words[0]["x0"]
    elif all(re.search("bold|black|heavy", w["fontname"], re.IGNORECASE) for w in words):
        kind = LABEL
    left -= margin or 0.0  # odd and even pages have other margins
    return Line(_spaced(words), kind, left, row.size, gap or kind == ITEM, margin is None or abs(left) < INDENT)


def _spaced(words: list[dict]) -> str:
    """Words with spaces between, but none before a stop that a footnote's mark or another font set apart."""
    return re.sub(r"\s+([,.;:)])", r"\1", " ".join(w["text"] for w in words)).strip()
