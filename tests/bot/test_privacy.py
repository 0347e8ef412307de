"""What leaves the message table does not say who somebody is."""

import time

import pytest

from bot.privacy import HELPLINES, LIMIT, redact


@pytest.mark.parametrize("told, kept", [
    ("write to jo.bloggs+send@example.co.uk please", "write to [email] please"),
    ("see https://school.example.org/plan/123?x=1 for it", "see [link] for it"),
    ("his NHS number is 943 476 5919", "his NHS number is [nhs number]"),
    ("my NI is QQ 12 34 56 C", "my NI is [national insurance number]"),
    ("her UPN is A123456789012", "her UPN is [upn]"),
    ("he was born on 3/4/2016", "he was [date of birth]"),
    ("ring me on 07700 900123", "ring me on [phone]"),
    ("ring me on +44 7700 900123", "ring me on [phone]"),
    ("we live at 12 Acacia Avenue", "we live at [address]"),
    ("he goes to Oakfield Primary School", "he goes to [school]"),
    ("we are in M14 5RQ", "we are in M14"),
])
def test_details_become_their_kind(told, kept):
    assert redact(told) == kept


@pytest.mark.parametrize("words", ["my son Jack", "my daughter is called Jack", "his name is Jack", "I am Jack", "Mr Jack"])
def test_a_name_that_was_introduced_is_taken_out_everywhere(words):
    assert "Jack" not in redact(f"{words}. School says Jack is fine and Jack's plan can wait")


@pytest.mark.parametrize("sentence", [
    "Will they assess him in May?", "I am Not happy with Manchester City Council", "We waited 20 weeks and 3 days",
    "My son Has autism", "section 36 of the Act of 2014",
])
def test_ordinary_words_survive(sentence):
    assert redact(sentence) == sentence


@pytest.mark.parametrize("number", ["999", "111", "116 123", "85258", "0800 1111", "0808 800 5000", "0808 2000 247"])
def test_the_numbers_of_helplines_survive(number):
    assert number.replace(" ", "") in HELPLINES
    assert redact(f"call {number} now") == f"call {number} now"


def test_a_helpline_is_not_taken_for_an_nhs_number():
    assert redact("0808 800 5000") == "0808 800 5000"


@pytest.mark.parametrize("worst", ["1", "0 ", "a.", "A", "Mr ", "1-", "St ", "a@a."])
def test_the_worst_characters_take_no_time(worst):
    began = time.perf_counter()
    redact((worst * LIMIT)[:LIMIT])
    assert time.perf_counter() - began < 0.2


def test_what_is_redacted_can_be_redacted_again():
    once = redact("my son Jack, 943 476 5919, M14 5RQ, jo@example.org")
    assert redact(once) == once
