"""Decides whether a message needs a person, beyond a checked answer: a date that is close, a child without a school.

    >>> needs_person("the hearing is on friday and i have nobody to come with me", date(2026, 11, 22)).reason
    'tribunal-soon'
    >>> needs_person("how long do i have to appeal to the tribunal?", date(2026, 11, 22)) is None
    True

Plain code: no model, no database. What a hard case looks like is data, in complexity.yaml: signs with weights, of
which ENOUGH propose a person. Dates are read by soon.py. A question about the rules ("can they fine me?") is no sign.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.soon import days_ahead

ENOUGH = 3
CLOSE = 14  # days ahead in which a hearing, a deadline or a mediation asks for a person
LATE = -45  # days back in which a deadline that has passed still does
STORY, LONG_STORY = 25, 75  # words
UNHELPFUL = 2  # answers that the parent said did not help

_HELD = yaml.safe_load((Path(__file__).parent / "complexity.yaml").read_text(encoding="utf-8"))
_AGENCIES = tuple(map(re.compile, (
    r"\b(?:camhs|nhs|gp|paeds?|paediatrician|doctor|hospital|neuro|continuing care)\b",
    r"\b(?:social (?:care|services|workers?)|early help)\b", r"\b(?:school|college|senco|head|education)\b",
    r"\b(?:council|la|lea|local authority|caseworker)\b")))


@dataclass(frozen=True)
class Need:
    """Why a message needs a person: a label of ours, and the sentence that proposes one."""

    reason: str
    says: str


@dataclass(frozen=True)
class Sign:
    """One thing that makes a case hard. `unless`: the readings that clear a match of it."""

    reason: str
    weight: int
    says: str
    patterns: tuple[re.Pattern, ...]
    unless: tuple[str, ...]

    def found(self, text: str) -> bool:
        """Whether a match in `text` stands, whatever the words around it say."""
        return any(not self._cleared(text, *hit.span()) for pattern in self.patterns for hit in pattern.finditer(text))

    def _cleared(self, text: str, start: int, end: int) -> bool:
        before, after = text[text.rfind(".", 0, start) + 1:start], text[end:].split(".", 1)[0]
        general = _READ["general"].search(before) and not _READ["firm"].search(before)
        return bool(
            ("general" in self.unless and general)
            or ("past" in self.unless and _READ["past"].search(before + text[start:end] + after))
            or ("settled" in self.unless and _READ["settled"].search(text[end:])))


def _pattern(words: str) -> re.Pattern:
    """A pattern of complexity.yaml as a regular expression: ".." and the lists in capitals are filled in."""
    words = words.replace(" .. ", r" (?:[^ .]+ ){0,6}?")
    return re.compile(r"\b(?:" + re.sub(r"\b[A-Z]{3,}", lambda name: f"(?:{_HELD['words'][name[0]]})", words) + r")(?!\w)")


_READ = {name: _pattern(words) for name, words in _HELD["readings"].items()}
SIGNS = tuple(
    Sign(s["reason"], s["weight"], s["says"], tuple(map(_pattern, s.get("any", ()))), tuple(s.get("unless", ()))) for s in _HELD["signs"])
DID_NOT_HELP = Need("did-not-help", "My answers have not helped so far. I can pass this to an adviser, a person.")


def needs_person(text: str, today: date, state: dict[str, Any] | None = None) -> Need | None:
    """Whether this message, or two answers that did not help, ask for a person. `state`: the conversation's."""
    if (state or {}).get("unhelpful", 0) >= UNHELPFUL:
        return DID_NOT_HELP
    words = plain(text)
    read = set(_read(words, today))
    found = [sign for sign in SIGNS if sign.reason in read or sign.found(words)]
    if sum(sign.weight for sign in found) < ENOUGH:
        return None
    heaviest = max(found, key=lambda sign: sign.weight)
    return Need(heaviest.reason, heaviest.says)


def plain(text: str) -> str:
    """Lower-case words with single spaces, without apostrophes; the end of a sentence is " . "."""
    text = re.sub(r"['’‘`]", "", text.lower())
    text = re.sub(r"[-–—_*\"“”(),]", " ", text)
    for unit, short in (("weeks", "wks?"), ("months", "mn?ths?"), ("years", "yrs?")):
        text = re.sub(rf"\b(\d+) ?{short}\b", rf"\1 {unit}", text)
    text = re.sub(r"\bsk(?:oo|u)l(s?)\b", r"school\1", text)
    return " ".join(re.sub(r"[.!?;\n]+|:(?!\d)", " . ", text).split())


def _read(text: str, today: date) -> Iterator[str]:
    """The signs that no single pattern can tell."""
    length = len(text.split())
    if _close(text, today, "event", LATE):
        yield "tribunal-soon"
    if _close(text, today, "ending", 0):
        yield "notice-soon"
    if _own_voice(text):
        yield "young-person"
    if sum(bool(kind.search(text)) for kind in _AGENCIES) > 2 and len(_READ["sent-away"].findall(text)) > 2:
        yield "many-refuse"
    if length >= STORY and not _READ["plain-question"].search(text):
        yield "no-question"
    if length > LONG_STORY:
        yield "long-story"


def _close(text: str, today: date, near: str, earliest: int) -> bool:
    """Whether a day within CLOSE stands near an event, in a sentence that is not about the rules."""
    for days, start, end in days_ahead(text, today):
        sentence = text[max(text.rfind(".", 0, start) + 1, start - 90):end] + text[end:end + 70].split(".", 1)[0]
        named = _READ[near].search(sentence) and not _READ["rule"].search(sentence)
        if named and earliest <= days <= CLOSE and (days >= 0 or _READ["passed"].search(sentence)):
            return True
    return False


def _own_voice(text: str) -> bool:
    """Whether a young person writes for themselves."""
    about_me = _READ["age"].search(text) or _READ["school-year"].search(text) or (
        _READ["mine"].search(text) and _READ["my-parents"].search(text))
    return bool(about_me and not _READ["my-child"].search(text))
