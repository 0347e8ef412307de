"""Reads a message the way a tired person writes it, as plain words that patterns can be compared with.

`read("she's c u t t i n g agen!!")` gives the words `she is cutting again ! ! .`. Hidden characters, look-alike
letters, spaced letters, text-speak and misspelled danger words are undone here, so that the patterns stay short.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_MESSAGE = 4_000
SENTENCE_END = (".", "!", "?")

# Cyrillic and Greek letters that pass for Latin ones, and figures that stand for letters.
_LOOKALIKES = str.maketrans("аеорсухіѕјԁһοαερικυνν", "aeopcyxisjdhoaepikyvv")
_LEET = str.maketrans("013457@$", "oieastas")

_SPACED_LETTERS = re.compile(r"(?<![a-z0-9'])(?:[a-z][ ._*\-]{1,2}){2,40}[a-z](?![a-z0-9'])")
_TOKEN = re.compile(r"[a-z0-9@$*]+|[.!?]|[,;:()\n\U0001f300-\U0001faff]")
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_HYPHENS = {"‐": " ", "‑": " ", "–": " ", "—": " . ", "-": " ", "/": " ", "…": " . "}

_SPELLINGS = yaml.safe_load((Path(__file__).parent / "crisis_spellings.yaml").read_text(encoding="utf-8"))
_DANGER_WORDS = tuple(_SPELLINGS["danger-words"].split())
_RUN_TOGETHER = frozenset(_SPELLINGS["run-together"].split())
_ACRONYMS = frozenset(_SPELLINGS["acronyms"].split())
_MEANS = {short: meant.split() for meant, shorts in _SPELLINGS["means"].items() for short in str(shorts).split()}


@dataclass(frozen=True)
class Reading:
    """A message as words, with sentence ends kept. `shouted` counts words in capitals and doubled marks."""

    words: tuple[str, ...]
    shouted: int


def read(text: str, known: frozenset[str]) -> Reading:
    """The words of `text`. `known` are the words that patterns use: nothing among them is respelled."""
    text = _visible(text[:LONGEST_MESSAGE])
    capitals = [word for word in _CAPITALS.findall(text) if word not in _ACRONYMS]
    shouted = 0 if text.isupper() else len(capitals)
    shouted += len(re.findall(r"[!?]{2,}", text))
    lowered = text.lower().translate(_LOOKALIKES)
    lowered = re.sub(r"\bod['’](?:d|ed|ing)\b|\bod(?:ed|ing)\b", "overdosed", lowered)
    lowered = re.sub(r"\b(i|he|she|it|they|we|you)['’]ll\b", r"\1 will", lowered)
    lowered = re.sub(r"\bshe['’]d\b", "she would", lowered)  # without its mark it is a hut
    lowered = re.sub(r"(?<=[a-z])['’‘`´](?=[a-z])", "", lowered)
    for mark, instead in _HYPHENS.items():
        lowered = lowered.replace(mark, instead)
    lowered = _SPACED_LETTERS.sub(lambda run: re.sub(r"[^a-z]", "", run[0]), lowered)
    lowered = re.sub(r"\b(my|him|her|his|them|your) (self|selves|selfs)\b(?! harm| injur)", r"\1\2", lowered)
    words: list[str] = []
    for token in _TOKEN.findall(lowered):
        if token in SENTENCE_END or token == "\n":
            words.append("." if token == "\n" else token)
        elif token[0].isascii() and token[0] not in ",;:()":
            words.extend(_spell(token, known))
        else:
            words.append(",")
    return Reading((*words, "."), shouted)


def _visible(text: str) -> str:
    """`text` without characters that cannot be seen, and with accented and fancy letters made plain."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Mn", "Me", "Co", "Cn", "Cs"))


def _spell(token: str, known: frozenset[str]) -> list[str]:
    if token in _MEANS:
        return list(_MEANS[token])
    if token in known or token.isdigit() or len(token) == 1:
        return [token]
    if not token.isalpha():
        plain = token.translate(_LEET).replace("*", "")
        return [plain] if plain in known or plain in _DANGER_WORDS else _near(plain) or [token]
    if token.endswith("in") and token + "g" in known:
        return [token + "g"]
    if (squeezed := re.sub(r"(.)\1{2,}", r"\1", token)) in known:
        return [squeezed]
    return _near(token) or _split(token, known) or [token]


def _near(token: str) -> list[str]:
    """The danger word that `token` is a slip of the finger away from."""
    if len(token) < 6:
        return []
    found = process.extractOne(token, _DANGER_WORDS, scorer=OSA.distance, score_cutoff=1 + (len(token) > 8))
    return [found[0]] if found and found[0][0] == token[0] else []


def _split(token: str, known: frozenset[str]) -> list[str]:
    """Words written without spaces ("iwanttodie", "killmyself"), or nothing when they do not part cleanly."""
    if not 7 <= len(token) <= 40:
        return []
    best: list[list[str] | None] = [[]] + [None] * len(token)
    for end in range(1, len(token) + 1):
        for start in range(max(0, end - 12), end):
            word = token[start:end]
            if best[start] is not None and (word == "i" or (len(word) > 1 and word in known)):
                longer = best[start] + [word]
                if best[end] is None or len(longer) < len(best[end]):
                    best[end] = longer
    return best[-1] if best[-1] and not _RUN_TOGETHER.isdisjoint(best[-1]) else []
