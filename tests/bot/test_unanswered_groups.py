"""Unanswered questions, grouped so that people see what to write next."""

import numpy as np
import pytest

from bot import unanswered_groups
from bot.store.unanswered import Unanswered
from bot.unanswered_groups import group


class ByFirstWord:
    """An encoder for which two texts are alike when they begin with the same word."""

    def encode(self, texts):
        words = sorted({t.split()[0] for t in texts})
        return np.eye(len(words), dtype=np.float32)[[words.index(t.split()[0]) for t in texts]]


@pytest.fixture(autouse=True)
def encoder(monkeypatch):
    monkeypatch.setattr(unanswered_groups, "encoder", ByFirstWord)


def question(text, reason="below threshold", topic=None, at="2026-11-23"):
    return Unanswered(text, reason, topic, 0.1, at)


def test_alike_questions_are_one_group_and_the_largest_comes_first():
    taxis = [question("taxi a", at="2026-11-01"), question("taxi b", topic="transport"), question("taxi b")]
    groups = group([question("swimming one"), *taxis])
    assert [(g.size, g.label.split()[0]) for g in groups] == [(3, "taxi"), (1, "swimming")]
    assert (groups[0].topic, groups[0].first, groups[0].last) == ("transport", "2026-11-01", "2026-11-23")
    assert sorted(groups[0].samples) == ["taxi a", "taxi b"] and groups[0].reason_counts == {"below threshold": 3}


def test_nothing_unanswered_is_no_group():
    assert group([]) == []
