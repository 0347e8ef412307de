"""Names in messages: the ones that the second look learns not to take for foreign."""

import random

import pytest

from bot.redaction.lexicon import places
from knowledge_base.scope import NATION
from tuning.names import with_names
from tuning.samples import Labelled


def many(text: str) -> list[str]:
    rng = random.Random(0)
    return [with_names(text, rng) for _ in range(60)]


@pytest.mark.parametrize("text, gone, stays", [
    ("Can the school exclude my autistic son?", ("the school", "my autistic son"), "exclude"),
    ("our council says no to my daughter", ("our council", "my daughter"), "says no to"),
    ("HER SCHOOL SAYS NO", ("HER SCHOOL",), "SAYS NO"),
])
def test_a_name_takes_the_place_of_the_child_the_school_and_the_council(text, gone, stays):
    told = many(text)
    assert all(stays in one and not any(words in one for words in gone) for one in told) and len(set(told)) > 50


def test_where_nobody_is_spoken_of_names_stand_beside_the_words():
    told = many("How long is six weeks?")
    assert all("How long is six weeks?" in one and one != "How long is six weeks?" for one in told)
    assert any(place in one.lower() for one in told for place in places() if len(place) > 7)


def test_the_childs_things_are_not_cut_in_two():
    assert all("my son's" in one for one in many("where are my son's reports"))


def test_lower_case_stays_lower_case():
    assert all(one.islower() for one in many("can the school exclude my son"))


def test_what_was_said_of_a_message_stays_and_one_from_abroad_gets_no_english_names():
    abroad = Labelled("Does the school in Oban have to help?", "calm", door=NATION)
    ours = Labelled("Does the school have to help?", "calm", False, door="inside")
    assert abroad.with_names(random.Random(0)) is abroad
    told = ours.with_names(random.Random(0))
    assert told.text != ours.text and (told.level, told.needs_person, told.door) == ("calm", False, "inside")
