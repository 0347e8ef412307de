"""The days that a message speaks of, read on Monday 23 November 2026."""

from datetime import date

import pytest

from bot.soon import days_ahead

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("words", "days"), [
    ("the hearing is today", 0), ("its tomorrow", 1), ("it was yesterday", -1), ("deadline was last friday", -3),
    ("on friday", 4), ("next week", 7), ("a week on tuesday", 8), ("in 3 days", 3), ("we have got ten days", 10),
    ("only two weeks left", 14), ("in a fortnight", 14), ("5 days ago", -5), ("by monday", 7), ("on the 30th", 7),
    ("on the 2nd", 9), ("30 november", 7), ("4th of december 2026", 11), ("december 4th", 11), ("4/12", 11), ("1/12/26", 8),
    ("20 nov", -3), ("8 days til the tribunal", 8), ("2 january", 40),
])
def test_a_day_is_read_as_days_from_today(words, days):
    assert days_ahead(words, TODAY)[0][0] == days


@pytest.mark.parametrize("words", [
    "can i appeal", "he may sit in year 3", "the sun was out", "a 2 week wait", "3 days late", "31/02", "99/99", "the 1st time",
    "sat on the step",
])
def test_ordinary_words_are_no_dates(words):
    assert days_ahead(words, TODAY) == []
