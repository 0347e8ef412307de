"""A message in the middle of a conversation: "which bit", "and if they say no", "back to the taxi", or a new question altogether.

It is searched twice, alone and together with the title of the entry last shown. How well each search finds an entry, and how
that lies to what was shown before, gives a score. It is learnt at every build, on messages that people wrote into
conversations (data/search/follow_ups and conversations), on new questions, and on other talk after an entry that it has
nothing to do with.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge_base.calibrate import Thresholds, calibrate
from knowledge_base.entry import Entry
from knowledge_base.training_messages import Leaning

LONGEST = 40  # words; a longer message says itself what it is about
ON_TOPIC = 0.2  # how right an entry of the right topic is, when it is not the entry itself
FALSE_ANSWERS, FALSE_CLARIFY = 0.5, 0.8  # more than for a first message: the second look shows most other talk its own door
SIGNS = 15
_FLOOR = 1e-4  # the score of an entry that a search did not list
_FAINT = -4.0  # log-odds of the best entry of the message alone, below which it makes no difference how low it is

Find = Callable[[str], dict[str, float]]  # entries with their scores


@dataclass(frozen=True)
class InContext:
    """The learnt score over `signs`, and its thresholds. As it is here, only the message alone counts."""

    coef: tuple[float, ...] = (1.0, *[0.0] * (SIGNS - 1))
    bias: float = 0.0
    thresholds: Thresholds = field(default_factory=Thresholds)

    def ranked(self, find: Find, text: str, shown: Sequence[Entry], entries: dict[str, Entry]) -> list[tuple[str, float]]:
        """The entries that may answer `text` after those `shown` (newest last), best first, each with its score from 0 to 1."""
        ids, rows = signs(find, text, shown, entries)
        scores = self.score(rows)
        return [(ids[i], float(scores[i])) for i in np.argsort(-scores)]

    def score(self, rows: np.ndarray) -> np.ndarray:
        """One score a row of signs."""
        return 1 / (1 + np.exp(-(rows @ np.array(self.coef) + self.bias)))


def joined(text: str, last: Entry) -> str:
    """A message as it is searched for together with the entry shown before it."""
    return f"{text} {last.title}"


def signs(find: Find, text: str, shown: Sequence[Entry], entries: dict[str, Entry]) -> tuple[list[str], np.ndarray]:
    """Candidates and what speaks for each (candidates, SIGNS): how well either search finds it, and how it lies to what was shown.

    The last entry's topic, its likely next entries and itself count by how little the message alone finds.
    """
    last, earlier = shown[-1], [e for e in shown if e.id != shown[-1].id]
    alone, both = find(text), find(joined(text, last))
    ids = list(dict.fromkeys([*alone, *both]))
    own = np.array([[_odds(alone.get(i, 0)), _odds(both.get(i, 0))] for i in ids])
    best = np.maximum(own.max(axis=0), _FAINT)
    lies = np.array([[entries[i].topic == last.topic, i in last.next, i == last.id] for i in ids], float)
    topics, likely = {e.topic for e in earlier}, {i for e in earlier for i in e.next}
    back = np.array([[entries[i] in earlier, entries[i].topic in topics, i in likely] for i in ids], float)
    return ids, np.column_stack([own, own - best, lies, lies * best[0], back, np.tile(best, (len(ids), 1))])


def _odds(score: float) -> float:
    share = min(max(score, _FLOOR), 1 - _FLOOR)
    return float(np.log(share / (1 - share)))


def learn_in_context(find: Find, entries: dict[str, Entry], turns: Sequence[Leaning]) -> tuple[InContext, float]:
    """The score learnt from all turns, and the share of them that find the right topic.

    Thresholds and share come from halves that each learnt from the other alone.
    """
    seen = [(turn, *signs(find, turn.text, [entries[i] for i in turn.shown], entries)) for turn in turns]
    halves, inside, outside = (seen[::2], seen[1::2]), [], []
    for taught, asked in (halves, halves[::-1]):
        learnt = _fit(taught, entries)
        for turn, ids, rows in asked:
            scores = learnt.score(rows)
            if turn.entry is None:
                outside.append(float(scores.max()))
            else:
                inside.append((float(scores.max()), _right(turn, ids[scores.argmax()], entries) > 0))
    thresholds = calibrate(inside, outside, FALSE_ANSWERS, FALSE_CLARIFY)
    return replace(_fit(seen, entries), thresholds=thresholds), float(np.mean([ok for _, ok in inside]))


def _fit(seen: Sequence[tuple[Leaning, list[str], np.ndarray]], entries: dict[str, Entry]) -> InContext:
    rows = np.vstack([row for _, _, row in seen])
    right = np.concatenate([[_right(turn, i, entries) for i in ids] for turn, ids, _ in seen])
    model = LogisticRegression(C=3, max_iter=2000).fit(
        np.vstack([rows, rows]), np.repeat([1, 0], len(rows)), sample_weight=np.concatenate([right, 1 - right]))
    return InContext(tuple(model.coef_[0].tolist()), float(model.intercept_[0]))


def _right(turn: Leaning, entry: str, entries: dict[str, Entry]) -> float:
    if turn.entry is None:
        return 0.0
    return 1.0 if entry == turn.entry else ON_TOPIC * (entries[entry].topic == entries[turn.entry].topic)
