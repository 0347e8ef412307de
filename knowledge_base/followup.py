"""A message in the middle of a conversation: "which bit", "and if they say no", or a new question altogether.

It is searched twice, alone and together with the title of the entry last shown. Which entries the two searches find, and how
each lies to the last one, gives a score that is learnt at every build, on follow-ups that people wrote (data/search/follow_ups)
and on new questions and other talk after an entry that they have nothing to do with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibrate import Thresholds, calibrate
from knowledge_base.entry import Entry

LONGEST = 40  # words; a longer message says itself what it is about
ON_TOPIC = 0.2  # how right an entry of the right topic is, when it is not the entry itself
FALSE_ANSWERS, FALSE_CLARIFY = 0.5, 0.8  # more than for a first message: the second look shows most other talk its own door
_FLOOR = 1e-4  # the score of an entry that a search did not list
_FAINT = -4.0  # log-odds of the best entry of the message alone, below which it makes no difference how low it is

Find = Callable[[str], dict[str, float]]  # entries with their scores


@dataclass(frozen=True)
class Turn:
    """A message, the entry shown before it, and the entry that answers it; None where none does."""

    text: str
    after: str
    entry: str | None


@dataclass(frozen=True)
class InContext:
    """The learnt score over `signs`, and its thresholds. As it is here, only the message alone counts."""

    coef: tuple[float, ...] = (1, 0, 0, 0, 0, 0, 0, 0)
    bias: float = 0.0
    thresholds: Thresholds = field(default_factory=Thresholds)

    def ranked(self, find: Find, text: str, last: Entry, entries: dict[str, Entry]) -> list[tuple[str, float]]:
        """The entries that may answer `text` after `last`, best first, each with its score from 0 to 1."""
        ids, rows = signs(find, text, last, entries)
        scores = 1 / (1 + np.exp(-(rows @ np.array(self.coef) + self.bias)))
        return [(ids[i], float(scores[i])) for i in np.argsort(-scores)]


def signs(find: Find, text: str, last: Entry, entries: dict[str, Entry]) -> tuple[list[str], np.ndarray]:
    """Candidates and what speaks for each: how well either search finds it, and how it lies to the last entry.

    The last entry's topic, its likely next entries and itself count by how little the message alone finds.
    """
    alone, joined = find(text), find(f"{text} {last.title}")
    ids = list(dict.fromkeys([*alone, *joined]))
    own = np.array([[_odds(alone.get(i, 0)), _odds(joined.get(i, 0))] for i in ids])
    lies = np.array([[entries[i].topic == last.topic, i in last.next, i == last.id] for i in ids], float)
    return ids, np.column_stack([own, lies, lies * max(own[:, 0].max(), _FAINT)])


def _odds(score: float) -> float:
    share = min(max(score, _FLOOR), 1 - _FLOOR)
    return float(np.log(share / (1 - share)))


def learn_in_context(find: Find, entries: dict[str, Entry], turns: Sequence[Turn]) -> tuple[InContext, float]:
    """The score learnt from every other turn and calibrated on the rest; and the share of the rest that find the right topic."""
    seen = [(turn, *signs(find, turn.text, entries[turn.after], entries)) for turn in turns]
    taught, kept = seen[::2], seen[1::2]
    rows = np.vstack([row for _, _, row in taught])
    right = np.concatenate([[_right(turn, i, entries) for i in ids] for turn, ids, _ in taught])
    model = LogisticRegression(C=3, max_iter=1000).fit(
        np.vstack([rows, rows]), np.repeat([1, 0], len(rows)), sample_weight=np.concatenate([right, 1 - right]))
    learnt = InContext(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))
    inside, outside = [], []
    for turn, ids, row in kept:
        scores = row @ model.coef_[0] + learnt.bias
        best = float(1 / (1 + np.exp(-scores.max())))
        if turn.entry is None:
            outside.append(best)
        else:
            inside.append((best, _right(turn, ids[scores.argmax()], entries) > 0))
    thresholds = calibrate(inside, outside, FALSE_ANSWERS, FALSE_CLARIFY)
    return InContext(learnt.coef, learnt.bias, thresholds), float(np.mean([ok for _, ok in inside]))


def _right(turn: Turn, entry: str, entries: dict[str, Entry]) -> float:
    if turn.entry is None:
        return 0.0
    return 1.0 if entry == turn.entry else ON_TOPIC * (entries[entry].topic == entries[turn.entry].topic)
