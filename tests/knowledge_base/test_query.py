"""What a parent wrote, made ready for search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.query import MAX_PARTS, parts, plain_words


@pytest.mark.parametrize("typed, plain", [
    ("can ds get an ehcp", "can son get an EHC plan"), ("EHCP pls", "EHC plan please"), ("Hi all, the LA refused", "the council refused"),
    ("salt in section f", "speech and language therapy in section f"), ("dd's teacher", "dd's teacher"),
    ("the least they can do", "the least they can do"),
])
def test_short_words_are_spelt_out(typed, plain):
    assert plain_words(typed) == plain


def test_a_short_question_is_one_part():
    assert parts("can i appeal") == ["can i appeal"]


def test_a_story_is_cut_where_it_may_be_asking():
    story = "He loves trains more than food. School sent him home nine times. Are they allowed to do that? I am so tired of it all."
    assert parts(story) == [story, "Are they allowed to do that?"]


def test_a_story_without_a_question_keeps_its_last_sentences():
    story = " ".join(f"This is sentence number {n}." for n in range(12))
    cut = parts(story)
    assert len(cut) == MAX_PARTS and cut[0] == story and cut[-1] == "This is sentence number 11."


@given(st.text(max_size=300))
def test_any_text_has_at_least_one_part_and_at_most_six(text):
    assert 1 <= len(parts(text)) <= MAX_PARTS


@pytest.mark.parametrize("typed, meant", [
    ("has he got 2 go 4 skool", "has he got to go for school"), ("he is in year 2 now", "he is in year 2 now"),
    ("waited 2 years for section 4 help", "waited 2 years for section 4 help"), ("1 2 1", "1:1"), ("for 4 weeks", "for 4 weeks"),
])
def test_a_number_that_stands_for_a_word_is_spelt_out(typed, meant):
    assert plain_words(typed) == meant
