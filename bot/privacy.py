"""What leaves the message table: text without the things that say who somebody is.

`redact` is the second wall; the first is that words are kept in one table and never logged. Councils, helplines, ages,
school years and the field's own words survive, so that a redacted question can still be grouped with others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import yaml

from knowledge_base.councils import DIRECTORY

LIMIT = 4000
# Numbers that only organisations have: freephone and 03.
_PUBLIC = re.compile(r"(?:0800|0808|03\d\d)\d{4,7}")
# What we write ourselves, so that it can be read a second time.
_BRACKETS = re.compile(
    r"\[(?:name|school|address|email|link|nhs number|national insurance number|upn|date of birth|phone|bank details|reference|handle|"
    r"number)\]")


@dataclass(frozen=True)
class Finding:
    """Characters `start` to `end` of a text, and what they are."""

    start: int
    end: int
    kind: str


@lru_cache
def helplines() -> frozenset[str]:
    """The digits of every number in the directory of helplines."""
    rows = yaml.safe_load((DIRECTORY / "helplines.yaml").read_text(encoding="utf-8"))
    said = " ; ".join(str(row.get(field) or "") for row in rows for field in ("phone", "text"))
    return frozenset(re.sub(r"\D", "", number) for number in re.findall(r"\d[\d ]+", said))


def find(text: str) -> Iterator[Finding]:
    """What says who somebody is, in order and apart: of two that overlap the longer gives its kind to both."""
    from bot.redaction.analyser import analyse  # a second the first time: not for those who never redact

    results = sorted((found for found in analyse(text) if not _is_public(text[found[0]:found[1]])),
                     key=lambda r: (r[0], -r[1], r[2] == "number"))  # "number" is what nothing better is known of
    kept = [m.span() for m in _BRACKETS.finditer(text)]
    open_: Finding | None = None
    for start, end, kind in results:
        if any(a <= start < b for a, b in kept):
            continue
        if open_ and start < open_.end:
            longer = kind if end - start > open_.end - open_.start else open_.kind
            open_ = Finding(open_.start, max(end, open_.end), longer)
            continue
        if open_:
            yield open_
        open_ = Finding(start, end, kind)
    if open_:
        yield open_


def redact(text: str) -> str:
    """`text` with personal details replaced by their kind in brackets; of a postcode the district stays."""
    text, parts, end = text[:LIMIT], [], 0
    for found in find(text):
        parts += [text[end:found.start], "" if found.kind == "postcode" else f"[{found.kind}]"]
        end = found.end
    return "".join([*parts, text[end:]])


def _is_public(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    return bool(digits) and not re.search("[A-Za-z]", found) and (digits in helplines() or bool(_PUBLIC.fullmatch(digits)))
