"""Which council a family belongs to: sure, or several to choose from, never a guess."""

import pytest

from knowledge_base.places import MOST_CHOICES, _names, _outcodes, councils, find_councils


def names(text, asked=False):
    return [c.name for c in find_councils(text, asked)]


@pytest.mark.parametrize("text, council", [
    ("Leeds", "Leeds City Council"), ("we live in leeds", "Leeds City Council"), ("leeds city council", "Leeds City Council"),
    ("north east lincolnshire", "North East Lincolnshire Council"), ("LS6", "Leeds City Council"), ("ls6 2ab", "Leeds City Council"),
    ("M14 5RQ", "Manchester City Council"), ("my postcode is M145RQ thanks", "Manchester City Council"),
    ("Camden Town", "London Borough of Camden"),
])
def test_a_clear_place_is_one_council(text, council):
    assert names(text) == [council]


def test_a_name_that_several_places_share_asks_which():
    assert {"Isle of Wight Council", "Telford & Wrekin Council"} <= set(names("Newport"))


def test_no_more_than_a_few_are_offered():
    assert len(find_councils("London", asked=True)) == MOST_CHOICES


@pytest.mark.parametrize("word, council", [
    ("Reading", "Reading Borough Council"), ("Bath", "Bath and North East Somerset Council"), ("Bury", "Bury Metropolitan Borough Council"),
])
def test_a_common_word_counts_only_as_an_answer_to_where_do_you_live(word, council):
    assert names(f"he struggles with {word.lower()}") == []
    assert council in names(word, asked=True)


@pytest.mark.parametrize("text", [
    "", "he struggles with maths", "what is an EHC plan", "year 6", "section 19", "H9", "20 weeks", "i dont want to say", "ZZ99 9ZZ",
])
def test_words_that_are_no_place_find_none(text):
    assert find_councils(text) == []


def test_a_postcode_district_across_a_border_asks_which():
    found = find_councils("B45", asked=True)
    assert {c.code for c in found} == {"330", "885"}


def test_a_district_that_is_nearly_all_in_one_council_is_that_council():
    assert len(find_councils("AL3")) == 1


def test_every_council_that_data_names_exists():
    assert all(code in councils() for codes, _ in _names().values() for code in codes)
    assert all(code in councils() for shares in _outcodes().values() for code, _ in shares)


def test_there_are_the_153_councils_of_england_and_each_is_found_by_its_name():
    assert len(councils()) == 153
    lost = [c.name for c in councils().values() if c not in find_councils(c.name, asked=True)]
    assert lost == []


def test_a_local_service_is_named_only_with_an_address():
    assert all(c.service for c in councils().values() if c.service_website)
