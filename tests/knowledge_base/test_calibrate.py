"""Thresholds are chosen on labelled messages, never by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.calibrate import FALSE_ANSWERS, FALSE_CLARIFY, Thresholds, calibrate

SCORES = st.floats(0, 1, width=32)


@given(st.lists(st.tuples(SCORES, st.booleans()), min_size=1, max_size=80), st.lists(SCORES, min_size=1, max_size=80))
def test_hardly_any_unanswerable_message_gets_an_answer(inside, outside):
    limits = calibrate(inside, outside)
    assert 0 <= limits.clarify <= limits.answer
    assert np.mean(np.array(outside) > limits.answer + 1e-4) <= FALSE_ANSWERS + 1 / len(outside)
    assert np.mean(np.array(outside) > limits.clarify + 1e-4) <= FALSE_CLARIFY + 1 / len(outside)


def test_with_nothing_unanswerable_the_defaults_stand():
    assert calibrate([(0.9, True)], []) == Thresholds()


def test_an_answer_that_is_mostly_wrong_is_not_given():
    inside = [(0.3, False)] * 10 + [(0.6, True)] * 90
    assert calibrate(inside, [0.1] * 100).answer > 0.3
