"""Where our answers end."""

import re

import pytest

from knowledge_base.scope import NATIONS, is_other_script, nation_of, other_help


@pytest.mark.parametrize("text, nation", [
    ("we live in scotland, can i get a plan", "scotland"), ("what is a coordinated support plan", "scotland"),
    ("my son is at school in Cardiff", "wales"),
    ("who writes the individual development plan", "wales"), ("belfast school refused", "northern-ireland"),
    ("we are in dubai", "elsewhere"),
    ("how do i get a 504 plan", "elsewhere"),
])
def test_another_nation_is_known_by_its_words(text, nation):
    assert nation_of(text) == nation


@pytest.mark.parametrize("text", [
    "we are moving to scotland, does the plan come too", "we moved from wales to leeds", "coming back to england from dubai",
    "his file was transferred from Glasgow", "can i ask for an assessment", "he is fond of whales", "section 36",
])
def test_moving_across_the_border_and_plain_english_questions_are_ours(text):
    assert nation_of(text) is None


@pytest.mark.parametrize("text, word", [
    ("how do i divorce him", "family law"), ("my landlord wants us out", "housing"), ("our visa runs out", "immigration"),
    ("how do i get a blue badge", "Blue Badges"), ("i need figures for my dissertation", "research"),
    ("what dose of melatonin", "medicines"),
])
def test_other_trouble_gets_the_right_door(text, word):
    assert word in other_help(text)


def test_a_question_about_send_gets_no_other_door():
    assert other_help("can the school refuse to have him") is None


@pytest.mark.parametrize("text, other", [
    ("هل يمكنني طلب تقييم", True), ("можно ли подать заявку", True), ("我可以申请吗可以吗", True), ("can i apply", False),
    ("café naïve", False), ("🙂🙂🙂🙂", False), ("", False), ("да", False),
])
def test_another_script_is_seen_by_most_of_its_letters(text, other):
    assert is_other_script(text) is other


def test_no_telephone_number_stands_here():
    assert not any(re.search(r"\d{5}", nation.says) for nation in NATIONS.values())
