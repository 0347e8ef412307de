"""One score for each entry, from what search by meaning and search by words say about its passages.

The weights are learnt at every build, on questions that nothing else of the index was made from, and stored as plain
numbers beside it. The score is a probability-like number from 0 to 1.
"""

from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

FEATURES = ("question", "question_parts", "questions_top3", "title", "text", "words", "topic")
ON_TOPIC = 0.3  # how right an entry of the right topic is, when it is not the entry itself
CANDIDATES = 25  # entries that are scored; the right one is almost always among them


@dataclass(frozen=True)
class Layout:
    """Where each entry's passages lie: parallel arrays over passages, and over entries."""

    entry_of: np.ndarray  # entry number of each passage
    kind_of: np.ndarray  # 0 title, 1 question, 2 text
    topic_of: np.ndarray  # topic number of each entry
    size: int  # entries


@dataclass(frozen=True)
class Weights:
    """The learnt numbers: the adapter of vectors, a linear score over FEATURES, and a linear classifier of topics."""

    adapter: np.ndarray
    coef: np.ndarray
    bias: float
    topic_coef: np.ndarray
    topic_bias: np.ndarray

    def topic_logs(self, vector: np.ndarray) -> np.ndarray:
        """Log-probability of every topic."""
        raw = self.topic_coef @ vector + self.topic_bias
        return raw - raw.max() - np.log(np.exp(raw - raw.max()).sum())

    def score(self, features: np.ndarray) -> np.ndarray:
        """Score of each candidate, 0 to 1."""
        return 1 / (1 + np.exp(-(features @ self.coef + self.bias)))


def _best(values: np.ndarray, of: np.ndarray, size: int) -> np.ndarray:
    out = np.full(size, -1.0, np.float32)
    np.maximum.at(out, of, values)
    return out


def features(sims: np.ndarray, words: np.ndarray, topics: np.ndarray, layout: Layout) -> tuple[np.ndarray, np.ndarray]:
    """Candidates and their features.

    sims: cosine of each part of the message (rows, the whole first) with each passage. words: BM25 of each passage.
    topics: log-probability of each topic. Gives (entry numbers, rows of FEATURES).
    """
    question, title, text = (layout.kind_of == k for k in (1, 0, 2))
    whole, any_part = sims[0], sims.max(axis=0)
    by_question = _best(whole[question], layout.entry_of[question], layout.size)
    by_part = _best(any_part[question], layout.entry_of[question], layout.size)
    by_title = _best(any_part[title], layout.entry_of[title], layout.size)
    by_text = _best(any_part[text], layout.entry_of[text], layout.size)
    by_words = _best(words, layout.entry_of, layout.size)
    by_words = by_words / max(by_words.max(), 1e-6) if by_words.max() > 0 else np.zeros(layout.size, np.float32)
    blend = 2 * by_question + by_part + by_title + by_text + 0.5 * by_words
    found = np.argsort(-blend)[:CANDIDATES]
    # The mean of an entry's three nearest questions: one lucky phrase counts for less.
    top3 = np.array([np.sort(whole[question & (layout.entry_of == e)])[-3:].mean() for e in found])
    return found, np.column_stack([
        by_question[found], by_part[found], top3, by_title[found], by_text[found], by_words[found],
        np.maximum(topics[layout.topic_of[found]], -6),
    ])


def learn_topics(vectors: np.ndarray, topics: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """A linear classifier over `size` topics, of which some may have no question; gives (coef, bias)."""
    model = LogisticRegression(C=10, max_iter=300).fit(vectors, topics)
    coef, bias = np.zeros((size, vectors.shape[1]), np.float32), np.full(size, -20, np.float32)
    coef[model.classes_], bias[model.classes_] = model.coef_, model.intercept_
    return coef, bias


def learn_weights(rows: np.ndarray, right: np.ndarray, on_topic: np.ndarray) -> dict[str, np.ndarray | float]:
    """The coef and bias over FEATURES from candidates (rows) and whether each was the right entry, or at least on its topic.

    A neighbour on the right topic mostly helps the parent too, so it counts as partly right.
    """
    label = np.concatenate([np.ones(len(rows)), np.zeros(len(rows))])
    share = np.where(right, 1.0, np.where(on_topic, ON_TOPIC, 0.0))
    model = LogisticRegression(C=10, max_iter=1000).fit(np.vstack([rows, rows]), label, sample_weight=np.concatenate([share, 1 - share]))
    return {"coef": model.coef_[0], "bias": float(model.intercept_[0])}
