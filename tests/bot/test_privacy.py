"""What leaves the message table does not say who somebody is."""

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings, strategies

from bot.privacy import LIMIT, helplines, redact


@pytest.mark.parametrize("told, kept", [
    ("write to jo.bloggs+send@example.co.uk please", "write to [email] please"),
    ("see https://school.example.org/plan/123?x=1 for it", "see [link] for it"),
    ("his NHS number is 943 476 5919", "his NHS number is [nhs number]"),
    ("my NI is QQ 12 34 56 C", "my NI is [national insurance number]"),
    ("her UPN is A123456789012", "her UPN is [upn]"),
    ("he was born on 3/4/2016", "he was born on [date of birth]"),
    ("dob: 3rd of April 2016", "dob: [date of birth]"),
    ("ring me on 07700 900123", "ring me on [phone]"),
    ("ring me on +44 7700 900123", "ring me on [phone]"),
    ("we live at 12 Acacia Avenue", "we live at [address]"),
    ("he goes to Oakfield Primary School", "he goes to [school]"),
    ("she is at st mary's c of e primary", "she is at [school]"),
    ("we are in M14 5RQ", "we are in M14"),
    ("ombudsman ref 24 011 562", "ombudsman ref [reference]"),
    ("sort code 12-34-56", "sort code [bank details]"),
    ("I am @lisa_send_mum there", "I am [handle] there"),
    ("Mr J. Smith and Dr Okafor met", "Mr [name] and Dr [name] met"),
])
def test_details_become_their_kind(told, kept):
    assert redact(told) == kept


@pytest.mark.parametrize("words", ["my son Jack", "my daughter is called Jack", "his name is Jack", "I am Jack", "Mr Jack", "my lad jack"])
def test_a_name_that_was_introduced_is_taken_out_everywhere(words):
    assert "jack" not in redact(f"{words}. School says Jack is fine and Jack's plan can wait").lower()


@pytest.mark.parametrize("sentence", [
    "My son Kaydnn can't sit still", "kaydnn's plan is late", "He is called Kaydnn", "Thanks, Kaydnn",
])
def test_a_name_that_no_list_has_is_known_by_the_words_around_it(sentence):
    assert "kaydnn" not in redact(sentence).lower()


@pytest.mark.parametrize("name, word", [
    ("my son Will is 8", "Will they pay?"), ("Grace has a hearing aid", "is there a grace period"), ("May is 6", "the plan came in May"),
    ("my girl hope wont go", "I hope you can help"), ("Chelsea is non verbal", "we moved to Chelsea"),
    ("they told Summer to wait", "in the Summer term"), ("Mr Green said no", "a green paper"),
])
def test_a_word_that_is_also_a_name_is_one_only_where_a_person_is_meant(name, word):
    assert "[name]" in redact(name)
    assert redact(word) == word


@pytest.mark.parametrize("sentence", [
    "Will they assess him in May?", "I am Not happy with Manchester City Council", "We waited 20 weeks and 3 days",
    "My son Has autism", "section 36 of the Act of 2014", "Hackney, Tower Hamlets and Kensington and Chelsea",
    "CAMHS, IPSEA and Ofsted all say an EHCP is for 0 to 25", "[2019] UKUT 123 (AAC) and SI 2014/1530", "he is 7 and in year 2",
    "my son's primary school and a special school", "the plan of 14 November 2025", "they owe £6,000 and 32.5 hours",
    "Down's syndrome, Prader-Willi and Tourette's", "2 weeks in a row at the local high school",
])
def test_ordinary_words_survive(sentence):
    assert redact(sentence) == sentence


@pytest.mark.parametrize("number", ["999", "111", "116 123", "85258", "0800 1111", "0808 800 5000", "0300 330 5453"])
def test_the_numbers_of_helplines_survive(number):
    assert redact(f"call {number} now") == f"call {number} now"


def test_every_number_of_the_directory_of_helplines_survives():
    assert {"999", "116123", "08001111"} <= helplines()
    assert [n for n in helplines() if redact(f"call {n} now") != f"call {n} now"] == []


WORST = ("1", "0 ", "a.", "A", "Mr ", "1-", "St ", "a@a.", "12 a ", "nhs 1", "born on the ", "ref A", "www.a.", "at a ", "Kayden Primary ",
         "flat 1 1 a ", "the old a ", "\n", "insta a", "12 Aa Bb ", "c of e ", "0(", "+44")


@pytest.mark.parametrize("worst", WORST)
def test_time_grows_in_step_with_the_text(worst):
    def cost(length: int) -> float:
        def once() -> float:
            began = time.process_time()
            redact((worst * length)[:length])
            return time.process_time() - began
        return min(once() for _ in range(3))

    redact("warm")
    # Four times the text: four times the time, and sixteen if a pattern looked back over everything.
    assert cost(LIMIT) < 9 * max(cost(LIMIT // 4), 0.001)


@given(strategies.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_ends_it(text):
    redact(text)


@given(strategies.lists(strategies.sampled_from(
    ["Jack", "jack", "St", "Mary's", "Primary", "school", "J", ".", ",", "'s", "The", "Mr", "my son", "at", "c of e", "Will", "12", "Road",
     "\n"]), max_size=12))
@settings(max_examples=120, deadline=None)
def test_no_order_of_names_ends_it(words):
    redact(" ".join(words))


def test_brackets_of_a_parents_own_hide_nothing():
    assert redact("my son [kayden smith] is 7") == "my son [[name]] is 7"


def test_what_is_redacted_can_be_redacted_again():
    once = redact("my son Jack, 943 476 5919, M14 5RQ, jo@example.org, 12 Acacia Avenue, Oakfield Primary")
    assert redact(once) == once


@pytest.mark.parametrize("what, never", [
    ("import bot.privacy", "spacy"), ("from bot.privacy import redact; redact('Jack')", "transformers"),
])
def test_nobody_waits_for_what_is_not_needed(what, never):
    assert subprocess.run([sys.executable, "-c", f"import sys; {what}; sys.exit('{never}' in sys.modules)"], check=False).returncode == 0
