"""Misspelt words become the field's nearest word; words that English or the answers know stay as they are."""

import pytest

from knowledge_base.spelling import Spelling


@pytest.fixture(scope="module")
def spelling():
    return Spelling(["Respite is a short break. The tribunal hears an appeal. Reasonable adjustments, behaviour."] * 2 + ["Once: Gillick."])


@pytest.mark.parametrize("typed, meant", [
    ("hw do i get respit", "hw do i get respite"), ("goin to tribunl", "goin to tribunal"), ("my apeal", "my appeal"),
    ("resonable ajustments", "reasonable adjustments"), ("RESPIET", "respite"),
])
def test_a_misspelt_word_is_put_right(spelling, typed, meant):
    assert spelling.right(typed) == meant


@pytest.mark.parametrize("text", [
    "his behaviour is fine", "my brother would bother the adjuster", "give him his meds", "Zzyzx", "", "gillik once", "ta x",
])
def test_words_that_are_right_short_or_far_from_any_stay(spelling, text):
    assert spelling.right(text) == text
