"""Law that a message plants or misremembers, and what is true instead.

Three kinds: a reference that the register does not know, a false claim stated as fact, and old law. Asking about a claim is
no claim: "can they refuse because he has no diagnosis?" is left to the entries, which answer it better. The claims, each
with the facts that its correction rests on, are in planted.yaml. Another nation's law is not looked at: ask nations.py first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.query import plain_words
from knowledge_base.references import data, unknown_references

AT_MOST = 2  # corrections in one reply; more would bury the answer
FEW_WORDS = 4  # a message with fewer words of its own beside the references asks only about them


@dataclass(frozen=True)
class Correction:
    """What is true instead of what a message says. `stops`: it is the whole reply; else it goes before the answer."""

    kind: str
    says: str
    cites: tuple[str, ...]
    entry: str | None
    stops: bool


@dataclass(frozen=True)
class Pattern:
    """One row of planted.yaml, ready to match a sentence."""

    row: dict
    when: re.Pattern
    unless: re.Pattern | None

    def search(self, sentence: str) -> re.Match | None:
        return None if self.unless and self.unless.search(sentence) else self.when.search(sentence)


def _regex(*alternatives: str) -> re.Pattern:
    text = "|".join(f"(?:{one})" for one in alternatives)
    while re.search(r"<\w+>", text):  # a word may be made of others
        text = re.sub(r"<(\w+)>", lambda found: data()["words"][found[1]], text)
    return re.compile(text)


@lru_cache
def rows(name: str) -> tuple[Pattern, ...]:
    """The rows under `claims` or `old_law`, with their <words> put in."""
    return tuple(Pattern(row, _regex(*row["when"]), _regex(row["unless"]) if "unless" in row else None) for row in data()[name])


@lru_cache
def speech(name: str) -> re.Pattern:
    """One way of speaking, from `speech` in planted.yaml."""
    return _regex(*data()["speech"][name])


# ------------------------------------------------------------------ stated or asked

_NOT = re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|should|would|could|must|need)nt\b")


def sentences(text: str) -> list[str]:
    """The sentences of a message as the patterns expect them."""
    text = re.sub(r"\bi'?m\b", "i am", text.replace("’", "'"), flags=re.I)
    text = re.sub(r"\b(they|you|we)(?:'re|(?<!we)re)\b", r"\1 are", text, flags=re.I)
    text = re.sub(r"\b(they|you|we|i)'?ve\b", r"\1 have", re.sub(r"\btill?\b", "until", text, flags=re.I), flags=re.I)
    plain = _NOT.sub(r"\1 not", plain_words(text.replace("'", "")).lower())
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", plain)
    return [s for s in re.split(r"(?<=[.!?;])\s+|\n+", plain) if s.strip()]


def states(sentence: str, found: re.Match) -> bool:
    """Whether a sentence says what was found in it as fact, not as a question."""
    before, to_here = sentence[:found.start()], sentence[:found.end()]
    if speech("wonders").search(to_here) or speech("disputes").search(sentence) or speech("tag").search(sentence):
        return False
    if speech("stated").search(sentence):
        return True
    if speech("asks").search(sentence) or speech("inverts").search(to_here):
        return bool(speech("presupposes").search(before))
    if not sentence.rstrip().endswith("?"):
        return True
    return bool(speech("confirms").search(sentence) or speech("goes_on").search(sentence[found.end():]))


def asks(said: list[str]) -> bool:
    """Whether a message has a question in it."""
    return any(speech(way).search(s) for s in said for way in ("asks", "wonders", "inverts", "wants_help"))


# ------------------------------------------------------------------ the three kinds


def _references(text: str) -> Iterator[Correction]:
    rest, unknown = text, unknown_references(text)
    for one in reversed(unknown):
        rest = rest[:one.where[0]] + " " + rest[one.where[1]:]
    own = re.findall(r"\b[a-z]{4,}", speech("about_it").sub(" ", rest.lower()))
    for kind in dict.fromkeys(one.kind for one in unknown):
        yield _correction("unknown-reference", data()["references"][kind], stops=len(own) < FEW_WORDS)


def _claims(said: list[str]) -> Iterator[Correction]:
    if speech("asks_truth").search(" ".join(said)):
        return
    for pattern in rows("claims"):
        if any((found := pattern.search(s)) and states(s, found) for s in said):
            yield _correction("false-claim", pattern.row, stops=not asks(said))


def _old_law(said: list[str]) -> Iterator[Correction]:
    for pattern in rows("old_law"):
        if any(pattern.search(s) for s in said):
            yield _correction("old-law", pattern.row, stops=False)


def _correction(kind: str, row: dict, stops: bool) -> Correction:
    return Correction(kind, row["says"], tuple(row["cites"]), row["entry"], stops)


def correct(text: str) -> Correction | None:
    """What a message says that is not so, corrected; None for most messages. Pure and fast: no search, no model."""
    said = sentences(text)
    found = [*_references(text), *_claims(said)]
    found = [*found, *(c for c in _old_law(said) if c.entry not in {other.entry for other in found})][:AT_MOST]
    if not found:
        return None
    return Correction(
        found[0].kind, " ".join(dict.fromkeys(c.says for c in found)), tuple(dict.fromkeys(cite for c in found for cite in c.cites)),
        next((c.entry for c in found if c.entry), None), all(c.stops or c.kind == "old-law" for c in found) and found[0].kind != "old-law")
