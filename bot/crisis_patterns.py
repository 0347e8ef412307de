"""Finds the patterns of safeguarding_patterns.yaml in the words of a message.

The file is written for people; this turns each line of it into a spaCy pattern, once, and runs only those that can
match. What a match means is decided in bot/safeguarding.py.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import yaml
from spacy.lang.en.stop_words import STOP_WORDS
from spacy.matcher import Matcher
from spacy.tokens import Doc

from bot.crisis_language import SENTENCE_END
from bot.plain_spacy import blank

Span = tuple[int, int]  # first word, and the one after the last

ENOUGH = 2  # the weight that raises a level: one plain sign, or two faint ones
_SETTINGS = yaml.safe_load((Path(__file__).parent / "safeguarding_patterns.yaml").read_text(encoding="utf-8"))
WORDS = {name: str(words).split() for name, words in _SETTINGS["words"].items()} | {"END": list(SENTENCE_END)}
NEGATION = frozenset(WORDS["NEGATION"])
_GAP = {"LOWER": {"NOT_IN": list(SENTENCE_END)}}
_NEGATIVE = "/not"  # marks a pattern that contains a negation of its own, such as "not breathing"
_OTHER_WORD = "_"  # what a word that no pattern uses becomes: spaCy keeps every word it sees for ever


@dataclass(frozen=True)
class Family:
    """Patterns that mean the same thing, and when they do not."""

    name: str
    level: str
    about: str
    unless: tuple[str, ...]
    weight: int
    after: str | None  # the context that an earlier message must have touched


@dataclass(frozen=True)
class Found:
    """The words of a message and what matched in them, by family or context."""

    words: tuple[str, ...]
    spans: dict[str, list[Span]]

    def sentence(self, at: int) -> Span:
        """The sentence around the word at `at`, without its end mark."""
        start = end = at
        while start > 0 and self.words[start - 1] not in SENTENCE_END:
            start -= 1
        while end < len(self.words) and self.words[end] not in SENTENCE_END:
            end += 1
        return start, end

    def has(self, name: str, start: int = 0, end: int | None = None) -> bool:
        """Whether a family or context matched between two places."""
        end = len(self.words) if end is None else end
        return any(s >= start and e <= end for s, e in self.spans.get(name, ()))


def find(words: tuple[str, ...]) -> Found:
    """Every family and context in `words`."""
    doc, present = Doc(_NLP.vocab, words=[word if word in KNOWN else _OTHER_WORD for word in words]), set(words)
    spans: dict[str, list[Span]] = {}
    for needed, matcher in _MATCHERS.items():
        if present.isdisjoint(needed):
            continue
        for key, start, end in matcher(doc):
            name = _NLP.vocab.strings[key]
            if name.endswith(_NEGATIVE) or NEGATION.isdisjoint(words[start:end]):
                spans.setdefault(name.removesuffix(_NEGATIVE), []).append((start, end))
    return Found(words, spans)


def _forms(verb: str) -> list[str]:
    """All forms of a regular verb, and a few that do not exist and do no harm."""
    stem = verb[:-1] if verb.endswith("e") else verb
    double = verb + verb[-1] if re.fullmatch(r".*[^aeiou][aeiou][bdgmnprt]", verb) else stem
    return [verb, verb + "s", verb + "es", stem + "ed", stem + "ing", double + "ed", double + "ing"]


def _token_patterns(pattern: str) -> list[dict]:
    """One line of the data file as a spaCy pattern."""
    tokens = []
    for part in pattern.split():
        if part in ("..", "..."):
            tokens.append(_GAP | {"OP": "{0,3}" if part == ".." else "{0,7}"})
            continue
        optional, choices = part.endswith("?"), []
        for choice in part.rstrip("?").split("|"):
            choices += WORDS.get(choice) or (_forms(choice[:-1]) if choice.endswith("+") else [choice])
        test = choices[0] if len(choices) == 1 else {"IN": sorted(set(choices))}
        tokens.append({"LOWER": test} | ({"OP": "?"} if optional else {}))
    return tokens


def _accepted(token: dict) -> list[str]:
    """The words that one place of a pattern accepts; none for a gap."""
    test = token["LOWER"]
    return [test] if isinstance(test, str) else test.get("IN", [])


def _matchers(patterns: list[tuple[str, list[dict]]]) -> dict[frozenset[str], Matcher]:
    """One matcher for all patterns that cannot match without one of the same words, under those words.

    A message has few of them, so most matchers are never run: ten times faster than one matcher with everything.
    """
    matchers: dict[frozenset[str], Matcher] = {}
    for name, pattern in patterns:
        needed = [_accepted(token) for token in pattern if "OP" not in token]
        rarest = frozenset(min(needed, key=lambda words: sum(40 if word in STOP_WORDS else 1 for word in words)))
        negative = any(NEGATION.intersection(words) for words in needed)
        matchers.setdefault(rarest, Matcher(_NLP.vocab, validate=False)).add(name + _NEGATIVE * negative, [pattern])
    return matchers


_NLP = blank()
FAMILIES = [
    Family(name, row["level"], row["about"], tuple(row["unless"]), row.get("weight", ENOUGH), row.get("after"))
    for name, row in _SETTINGS["families"].items()
]
_LINES = {name: row["patterns"] for name, row in _SETTINGS["families"].items()} | _SETTINGS["contexts"]
_PATTERNS = [(name, _token_patterns(line)) for name, lines in _LINES.items() for line in lines.split(",")]
_MATCHERS = _matchers(_PATTERNS)
KNOWN = frozenset(word for _, pattern in _PATTERNS for item in pattern for word in _accepted(item)).union(SENTENCE_END)
