"""Bars beside figures, as `make eval` prints them."""

import pytest

from bench.bars import BARS, Bar, rows
from bench.scoring import score_conversations, score_outofscope, score_questions, score_safety, score_sms

SAID = {"route": "answer", "topic": "transport", "alternatives": [], "cites": [], "concern": None, "offers_person": False}
ASKED = {"id": "a", "topic": "transport", "expect": "answer"}


@pytest.mark.parametrize("bar, figure, reached", [
    (Bar(0.85), 0.85, True), (Bar(0.85), 0.8499, False), (Bar(0.03, most=True), 0.03, True), (Bar(0.03, most=True), 0.0301, False),
    (Bar(1.0), 1.0, True), (Bar(0.05, most=True), -0.1, True),
])
def test_a_bar_is_reached_at_its_own_value_and_not_short_of_it(bar, figure, reached):
    assert bar.reached(figure) is reached


def test_a_row_says_the_figure_its_bar_and_whether_it_is_reached():
    assert rows("blind", {"topic first": 0.9, "false answers": 0.1}) == [
        ["blind", "topic first", "0.900", "≥ 0.85", "yes"], ["blind", "false answers", "0.100", "≤ 0.03", "NO"]]


def test_a_count_or_a_share_of_nothing_is_not_judged():
    assert rows("blind", {"messages": 12, "topic first": None}) == [
        ["blind", "messages", "12", "", ""], ["blind", "topic first", "–", "≥ 0.85", ""]]


def test_a_figure_short_of_its_bar_by_less_than_is_shown_is_still_short():
    assert rows("blind", {"crisis raised on questions": 0.0051})[0][-1] == "NO"


def test_every_bar_belongs_to_a_figure_that_is_counted():
    counted = {
        *score_questions([], {}), *score_outofscope([], {}), *score_safety([], {}),
        *score_sms([ASKED], {"a": SAID, "a sms": SAID}), *score_conversations([], {})}
    assert set(BARS) <= counted
