"""Unanswered questions grouped by meaning, so that people see what to write next."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from bot.store.unanswered import Unanswered
from knowledge_base.encoder import encoder

ALIKE = 0.55  # cosine to a group's centre from which a question joins it
SAMPLES = 5


@dataclass(frozen=True)
class Group:
    """Questions about the same thing. `label` is the one nearest to the middle."""

    label: str
    size: int
    samples: tuple[str, ...]
    reason_counts: dict[str, int]
    topic: str | None
    first: str
    last: str


def group(questions: list[Unanswered]) -> list[Group]:
    """Groups of alike questions, the largest first. Questions keep the order in which they came."""
    if not questions:
        return []
    vectors = encoder().encode([q.text for q in questions])
    members: list[list[int]] = []
    centres: list[np.ndarray] = []
    for i, vector in enumerate(vectors):
        likeness = [float(vector @ c / np.linalg.norm(c)) for c in centres]
        if likeness and max(likeness) >= ALIKE:
            best = int(np.argmax(likeness))
            members[best].append(i)
            centres[best] = centres[best] + vector
        else:
            members.append([i])
            centres.append(vector.copy())
    groups = [_describe([questions[i] for i in ids], vectors[ids] @ centre) for ids, centre in zip(members, centres, strict=True)]
    return sorted(groups, key=lambda g: -g.size)


def _describe(alike: list[Unanswered], nearness: np.ndarray) -> Group:
    by_nearness = [alike[i].text for i in np.argsort(-nearness)]
    topics = Counter(q.topic for q in alike if q.topic)
    return Group(
        by_nearness[0], len(alike), tuple(dict.fromkeys(by_nearness))[:SAMPLES], dict(Counter(q.reason for q in alike)),
        topics.most_common(1)[0][0] if topics else None, min(q.at for q in alike), max(q.at for q in alike))
