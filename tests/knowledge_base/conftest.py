"""A knowledge base of four entries, and an encoder that needs no model."""

import zlib
from datetime import date

import numpy as np
import pytest

from knowledge_base import build
from knowledge_base.entry import Entry

SIZE = 64
OUTSIDE = ["what is the weather", "sing me a song", "who won the football", "how do i bake bread"]


class WordEncoder:
    """Texts to vectors by their words alone: alike where they share words. The same interface as the real one."""

    weights = "words"

    def encode(self, texts):
        rows = np.zeros((len(texts), SIZE), np.float32)
        rows[:, 0] = 0.1  # no text is nothing
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().replace("?", " ").split():
                row[zlib.crc32(word.encode()) % SIZE] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)

    def read(self, pieces):
        return self.encode(pieces)


def an_entry(id, topic, subject, next=()):
    questions = tuple(f"{start} {subject}" for start in (
        "can i have", "how do i get", "who pays for", "they refused", "we were told no", "where do i find", "is he owed",
        "please help with"))
    return Entry(
        id=id, topic=topic, title=f"About {subject}", questions=questions, duties=(), cites=("CFA 2014 s.42",), facts=(), stage=("school",),
        status="in-force", reviewed=date(2026, 11, 22), review_by=date(2027, 5, 22), next=next, sms="Ask.", short=f"Ask about {subject}.",
        more=f"The whole long detail about {subject} and more.")


ENTRIES = {e.id: e for e in (
    an_entry("taxi", "transport", "a taxi from home", next=("bus",)), an_entry("bus", "transport", "the yellow minibus"),
    an_entry("tribunal", "tribunal-appeal", "an appeal hearing date"), an_entry("evidence", "tribunal-appeal", "expert witness reports"),
)}


@pytest.fixture(scope="session")
def words():
    return WordEncoder()


@pytest.fixture(scope="session")
def few():
    return ENTRIES


@pytest.fixture(scope="session")
def learnt(words):
    """(index, figures) over the four entries, with an adapter that changes nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "learn_adapter", lambda *_: np.zeros((SIZE, SIZE), np.float32))
        return build.learn(ENTRIES, words, OUTSIDE)
