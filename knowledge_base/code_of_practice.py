"""What the SEND Code of Practice says, paragraph by paragraph.

Two sources. The digest (code/digest.yaml) is our own words for every paragraph that an answer rests on. The official text is
Crown copyright and not in the repository: `sendline kb import-code` cuts it into paragraphs under <home>/code/, and then it is
what is shown. A damaged import never stops an answer: the digest stands in for it.

    <home>/code/manifest.json             where it came from, when, which file is in use and its checksum
    <home>/code/paragraphs-<sum>.jsonl    one paragraph a line
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import yaml

from knowledge_base import HOME
from knowledge_base.entry import Entry

SOURCE = "CoP 2015"
DIGEST, OFFICIAL = "digest", "official"
CHAPTERS = {
    0: "Introduction and annexes", 1: "Principles", 2: "Information, advice and support", 3: "Working together", 4: "The Local Offer",
    5: "Early years", 6: "Schools", 7: "Further education", 8: "Preparing for adulthood", 9: "EHC assessments and plans",
    10: "Children in specific circumstances", 11: "Disagreements",
}


class CodeImportError(ValueError):
    """The official Code cannot be imported or read; the message says why, and that nothing was changed."""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph ("9.14", "Introduction xiii", "Annex 1"), or in the digest a range ("9.131-9.136").

    `strength` is must, should, may or info; `who` is whom it binds, or "". `origin` says whose words `text` is.
    """

    ref: str
    chapter: int
    heading: str
    text: str
    strength: str
    who: str
    origin: str

    @property
    def cite(self) -> str:
        return f"{SOURCE} {self.ref}"


@lru_cache
def digest() -> dict[str, Paragraph]:
    """Our own words for what is cited, by reference, in the order of the Code."""
    rows = yaml.safe_load((HOME / "code/digest.yaml").read_text(encoding="utf-8"))
    return {r["ref"]: Paragraph(r["ref"], r["chapter"], r["heading"], r["says"], r["strength"], r["who"], DIGEST) for r in rows}


def imported(home: Path) -> dict[str, Paragraph]:
    """The official text by reference; empty when none was imported. Raises CodeImportError when its files are damaged."""
    manifest = home / "code/manifest.json"
    return _read(manifest, manifest.stat().st_mtime_ns) if manifest.exists() else {}


@lru_cache(maxsize=4)
def _read(manifest: Path, changed: int) -> dict[str, Paragraph]:
    try:
        says = json.loads(manifest.read_text(encoding="utf-8"))
        content = (manifest.parent / says["file"]).read_bytes()
        if sha256(content).hexdigest() == says["sha256"]:
            return {row["ref"]: Paragraph(**row) for row in map(json.loads, content.decode().splitlines())}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise CodeImportError("The imported Code of Practice is damaged. Run 'sendline kb import-code' again.")


def in_use(home: Path) -> dict[str, Paragraph]:
    """Every paragraph that we have: the official text where it was imported and is whole, else the digest."""
    try:
        return {**digest(), **imported(home)}
    except CodeImportError:
        return digest()


def paragraph(ref: str, home: Path) -> Paragraph | None:
    """The text of `ref` that is in use; failing that, the narrowest range of the digest that holds it."""
    return in_use(home).get(ref) or digest().get(_within(ref, digest()) or "")


def entry_for(ref: str, entries: dict[str, Entry]) -> str | None:
    """The entry that names `ref` earliest among its citations, or else a range that holds it; None when no entry does."""
    wanted = [ref]
    if not any(f"{SOURCE} {ref}" in e.all_cites() for e in entries.values()):
        named = {c.removeprefix(SOURCE + " ") for e in entries.values() for c in e.all_cites() if c.startswith(SOURCE + " ")}
        wanted = [_within(ref, named) or ref]
    places = [(e.all_cites().index(c), e.id) for e in entries.values() for c in [f"{SOURCE} {wanted[0]}"] if c in e.all_cites()]
    return min(places, key=lambda place: place[0])[1] if places else None


def _number(ref: str) -> tuple[int, int] | None:
    """("9.14") -> (9, 14); None for anything else, such as a range or "Annex 1"."""
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,3})", ref)
    return (int(found[1]), int(found[2])) if found else None


def _within(ref: str, refs: Iterable[str]) -> str | None:
    """The narrowest of the ranges among `refs` that holds the paragraph `ref`."""
    wanted, holding = _number(ref), []
    for one in refs:
        first, last = (_number(end) for end in one.partition("-")[::2])
        if wanted and first and last and first <= wanted <= last:
            holding.append((last[1] - first[1], one))
    return min(holding)[1] if holding else None


# ------------------------------------------------------------------ "show me what the Code says about 9.14"

_NUMBER = r"(?<![\d.£:])(?:1[01]|[1-9])\.[1-9]\d{0,2}(?![\d%]|\.\d|\s?(?:am|pm|%)\b)"
_REF = rf"(?P<ref>{_NUMBER}(?:\s?(?:-|–|to)\s?{_NUMBER})?)"
_PARA = r"(?:para(?:graph)?s?\.?|¶|section)"
_CODE = r"(?:the )?(?:send? |sen )?(?:code(?: of prac\w+)?|cop)(?: 2015)?"
_NAMED = rf"(?:{_PARA} )?{_REF}(?: (?:of|in|from) {_CODE}| {_CODE})?"
_ASKED = (
    r"(?:^|[.?!;,:] ?|\b(?:please|pls|you|to|just|and|hi|hello|ok|so) )"
    r"(?:show|quote|read|give|tell|send|find|see|look up|copy|paste)\b")
# Asked to show it; asked what it says; asked what it is; or nothing but the reference.
_ASKS = [re.compile(pattern, re.IGNORECASE) for pattern in (
    rf"{_ASKED}.{{0,60}}\b(?:{_CODE}|{_PARA})\b.{{0,30}}?{_REF}",
    rf"{_ASKED}.{{0,60}}?{_REF}.{{0,30}}\b{_CODE}\b",
    rf"\bwhat'?s?(?: does| do| dose| is)? {_NAMED} (?:say|mean|about)",
    rf"\bwhat(?: does| do| dose| is)? {_CODE} (?:says?|mean)\b.{{0,20}}?{_NAMED}",
    rf"\bwhat(?:'?s| is)(?: in| at)? {_PARA} {_REF}(?: (?:of|in|from) {_CODE})?\W*$",
    rf"\bwhat(?:'?s| is)(?: in| at)? {_REF} (?:of|in|from) {_CODE}\W*$",
    rf"^\W*(?:{_CODE}|{_PARA}|{_CODE},? {_PARA}) {_REF}(?: (?:of|in|from) {_CODE})?(?: please| pls)?\W*$",
    rf"^\W*{_REF} (?:(?:of|in|from) )?{_CODE}(?: please| pls)?\W*$",
)]
_ROMAN = re.compile(rf"\b{_PARA} (?P<ref>[ivxl]+)\b.{{0,20}}\bintro|\bintroduction,? (?:{_PARA} )?(?P<also>[ivxl]+)\b", re.IGNORECASE)
_ANNEX = re.compile(rf"(?:{_ASKED}|\bwhat(?:'?s| is| does| do)\b).{{0,40}}\bannex (?P<ref>[1-9])\b", re.IGNORECASE)


def asks_for_code(text: str) -> str | None:
    """The reference whose words somebody asks to see ("what does paragraph 6.44 say"), or None.

    A number that is only mentioned ("they quoted 9.14 and refused") is not asked for: that message is a question of its own.
    """
    text = " ".join(text.replace("’", "'").split())
    for pattern in _ASKS:
        if found := pattern.search(text):
            return re.sub(r"\s?(?:-|–|to)\s?", "-", found["ref"])
    if found := _ROMAN.search(text):
        return f"Introduction {(found['ref'] or found['also']).lower()}"
    found = _ANNEX.search(text)
    return f"Annex {found['ref']}" if found else None
