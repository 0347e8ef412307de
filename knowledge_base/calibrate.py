"""When a score is good enough: thresholds chosen on labelled messages at every build, never by hand."""

from dataclasses import dataclass

import numpy as np

FALSE_ANSWERS = 0.11  # share of unanswerable messages that search alone may still answer; the dialogue model stops most before it
SURE = 0.85  # share of answers that are on the right topic from the `sure` score on
FALSE_CLARIFY = 0.35  # share of them that may get a question back


@dataclass(frozen=True)
class Thresholds:
    """answer: show the entry from this score on. clarify: from this score on, ask which of three topics is meant.

    sure: from this score on, an answer is right so often that it may stand as a second one in a reply.
    """

    answer: float = 0.5
    clarify: float = 0.3
    sure: float = 0.8

    def verdict(self, score: float) -> str:
        """What the best score is good enough for: answer, clarify or unanswered."""
        return "answer" if score >= self.answer else "clarify" if score >= self.clarify else "unanswered"


def calibrate(inside: list[tuple[float, bool]], outside: list[float], false_answers: float = FALSE_ANSWERS,
              false_clarify: float = FALSE_CLARIFY) -> Thresholds:
    """Thresholds from (score, found the right entry) of answerable messages and scores of unanswerable ones.

    The answer threshold is the lowest that keeps false answers under `false_answers`; it is not put below the score under
    which most answers to answerable messages are wrong.
    """
    if not outside:
        return Thresholds()
    answer = float(np.quantile(outside, 1 - false_answers))
    scores = np.array([score for score, _ in inside])
    right = np.array([ok for _, ok in inside])
    for low in np.quantile(scores, np.linspace(0, 0.2, 21)):
        band = (scores >= low) & (scores < low + 0.05)
        if band.sum() >= 10 and right[band].mean() >= 0.5:
            answer = max(answer, float(low))
            break
    order = np.argsort(-scores)
    enough = np.flatnonzero(np.cumsum(right[order]) / np.arange(1, len(order) + 1) >= SURE)
    sure = max(answer, float(scores[order[enough[-1]]]) if len(enough) else 1.0)
    return Thresholds(round(answer, 4), round(min(answer, float(np.quantile(outside, 1 - false_clarify))), 4), round(sure, 4))
