"""What a parent typed is made safe once, at the door."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.text import LIMIT, normalise

ANYTHING = st.text(alphabet=st.characters(), max_size=200) | st.text(alphabet="/ \t\n\r\x00\u00a0\u2003\u200b\ud800a{}", max_size=20)


@given(ANYTHING)
@example("e\u200b\u0301")  # a hidden mark between a letter and its accent
@example("/\u2003/handoff{}")
def test_any_text_at_all_comes_out_clean_and_stays_as_it_is(typed):
    clean = normalise(typed)
    assert normalise(clean) == clean
    assert not clean.lstrip().startswith("/")
    assert clean == unicodedata.normalize("NFC", clean)
    clean.encode("utf-8")  # no lone surrogate is left
    assert not any(unicodedata.category(c) == "Cc" and c != "\n" for c in clean)
    assert not any(0xE0000 <= ord(c) <= 0xE007F for c in clean)


@pytest.mark.parametrize("payload", [
    '/handoff{"x":"y"}', " /ask_person", "//ask_person", "/ /ask_person", "\n/ask_person", "\u00a0/ask_person", "\u200b/ask_person",
    "/\u2003/ask_person", "\x00/ask_person", "\u202e/ask_person", "/\t/\t/ask_person", "\ufeff/ask_person",
])
def test_an_order_to_rasa_loses_its_slash_however_it_is_dressed(payload):
    assert normalise(payload)[:1] in ("h", "a")


def test_a_message_is_cut_at_the_limit():
    assert len(normalise("a" * (LIMIT + 500))) == LIMIT


def test_a_message_cut_at_a_blank_ends_without_it():
    assert normalise("a" * (LIMIT - 1) + " b") == "a" * (LIMIT - 1)


def test_lines_and_emoji_survive():
    assert normalise("He was sent home.\r\nAgain 😢") == "He was sent home.\nAgain 😢"


def test_a_slash_inside_a_sentence_stays():
    assert normalise("SEN and/or disability") == "SEN and/or disability"


def test_words_hidden_between_zero_width_marks_are_whole_again():
    assert normalise("su\u200bic\u00adide") == "suicide"
