"""Misspelt words put right before search: a word that English does not know becomes the field's nearest word, if one is near.

The field's words are those of the answers themselves. English is the dictionary of pyspellchecker, which only says what is a
word at all: its own suggestions know nothing of "respite" or "mediation".
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]{3,}")
SHORTEST = 5  # letters; shorter words have too many neighbours
NEAR = 0.78  # of a word's letters have to be right: "secndry" is "secondary"
USED = 2  # times that the answers have to use a word before it is put in another's place


@cache
def _english() -> set[str]:
    from spellchecker import SpellChecker

    return set(SpellChecker(language="en").word_frequency.words())


class Spelling:
    """Puts words right by the texts of the answers."""

    def __init__(self, texts: Iterable[str]):
        self._used = Counter(word.lower() for text in texts for word in _WORD.findall(text))
        self._common = [word for word, times in self._used.items() if times >= USED]
        self._known = self._used.keys() | _english()

    def right(self, text: str) -> str:
        """`text` with its misspelt words put right."""
        return _WORD.sub(lambda word: self._nearest(word[0]), text)

    def _nearest(self, word: str) -> str:
        low = word.lower()
        if len(low) < SHORTEST or low in self._known:
            return word
        near = process.extract(low, self._common, scorer=OSA.normalized_similarity, score_cutoff=NEAR, limit=8)
        same_start = [(score, self._used[one], one) for one, score, _ in near if one[0] == low[0]]
        return max(same_start)[2] if same_start else word
