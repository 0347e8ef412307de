"""Search by words (BM25), beside search by meaning: it finds "Section F" and "week 16" where meaning is blurred."""

import logging
import re

import bm25s
import numpy as np

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG

_TOKEN = re.compile(r"[a-z0-9]+")
_STOP = frozenset([
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her", "him", "his",
    "i", "if", "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "she", "so", "that", "the", "their",
    "them", "then", "they", "this", "to", "up", "us", "was", "we", "were", "will", "with", "you", "your", "do", "does", "did", "can",
    "could", "would", "should", "just", "got", "get",
])


def tokens(text: str) -> list[str]:
    """Lower-case words without the commonest, their plural and past endings cut."""
    words = (w for w in _TOKEN.findall(text.lower().replace("'", "")) if w not in _STOP)
    return [re.sub(r"(?<=[a-z]{3})(ing|ed|s)$", "", re.sub(r"ies$", "y", w)) if len(w) > 4 else w for w in words]


class Lexical:
    """BM25 over passages."""

    def __init__(self, texts: list[str]):
        corpus = [tokens(t) for t in texts]
        self._words = {w for words in corpus for w in words}
        self._bm25 = bm25s.BM25()
        self._bm25.index(corpus, show_progress=False)
        self._size = len(texts)

    def scores(self, text: str) -> np.ndarray:
        """A score for every passage; zeros when no word is known."""
        known = [w for w in dict.fromkeys(tokens(text)) if w in self._words]
        return self._bm25.get_scores(known) if known else np.zeros(self._size, np.float32)
