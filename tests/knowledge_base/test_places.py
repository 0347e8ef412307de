"""Where a family lives: one council to confirm, several to choose from, another nation, or nothing. Never a guess."""

from pathlib import Path

import pytest
import yaml

from knowledge_base.councils import councils, rows
from knowledge_base.nations import nations
from knowledge_base.places import _names, _outcodes, label, locate

MESSAGES = yaml.safe_load((Path(__file__).parent / "places.yaml").read_text(encoding="utf-8"))


def test_there_are_enough_messages_to_mean_something():
    assert len(MESSAGES) >= 60


@pytest.mark.parametrize("message", MESSAGES, ids=lambda m: m["text"] or "nothing")
def test_what_parents_write_is_read_as_they_mean_it(message):
    where = locate(message["text"], asked=not message.get("unasked"))
    if message.get("none"):
        assert where.codes == ()
    elif "ask" in message:
        assert set(where.codes) == set(message["ask"]) and not where.named
    else:
        assert where.codes == (message["one"],)
        assert (where.named, where.mended) == (message.get("named", False), message.get("mended", False))


@pytest.mark.parametrize("word", ["Reading", "Bury", "Send", "Chelsea", "Lincoln", "S17"])
def test_a_common_word_or_first_name_counts_only_as_an_answer_to_where_do_you_live(word):
    assert locate(f"he likes {word}").codes == () and locate(word).codes == () and locate(word, asked=True).codes


def test_spelling_is_mended_only_where_they_were_asked_and_one_place_is_meant():
    assert locate("Northamton", asked=True).mended and locate("Northamton").codes == ()
    assert locate("Harow", asked=True).codes == (), "Harrow and Harlow are as near"


def test_names_of_different_areas_are_said_to_be_mixed():
    assert locate("leeds and bradford", asked=True).mixed and not locate("kent", asked=True).mixed


def test_a_district_that_is_nearly_all_in_one_council_is_that_council():
    assert len(locate("AL3").codes) == 1


BORDER = [r["outcode"] for r in rows("postcode_areas.csv") if float(r["share_outside_england"]) > 0]


@pytest.mark.parametrize("outcode", BORDER)
def test_a_postcode_on_the_border_always_asks_which_nation(outcode):
    codes = locate(outcode, asked=True).codes
    assert len(codes) > 1 and codes[-1] in ("wales", "scotland")


def test_every_code_that_can_be_read_can_be_shown():
    every = {code for name in _names().values() for code in name.codes} | {code for codes in _outcodes().values() for code in codes}
    assert every <= set(councils()) | set(nations()) and all(label(code) for code in every)


def test_there_are_the_153_councils_of_england_and_each_is_named_by_its_name():
    assert len(councils()) == 153
    assert [c.name for c in councils().values() if locate(c.name) != locate(c.name, asked=True) or locate(c.name).codes != (c.code,)
            or not locate(c.name).named] == []


def test_former_councils_lead_to_those_that_took_over():
    gone = [r for r in rows("places.csv") if r["kind"] == "former_council"]
    assert gone and all(set(locate(r["place"], asked=True).codes) == set(r["la_codes"].split("|")) for r in gone)


def test_a_local_service_is_named_only_where_the_directory_is_sure_of_it():
    unsure = {r["la_code"] for r in rows("iass_services.csv") if r["confidence"] not in ("high", "medium")}
    assert len(unsure) == 77 and not any(councils()[code].service for code in unsure)
    assert all(c.service for c in councils().values() if c.service_website)


def test_no_phone_of_a_local_service_is_kept_to_be_read_out():
    phones = [r["phone"] for r in rows("iass_services.csv") if r["phone"]]
    assert phones and not any(phone in str(c) for c in councils().values() for phone in phones)


def test_surreys_split_is_known():
    assert "1 April 2027" in councils()["936"].change and [c.code for c in councils().values() if c.change] == ["936"]
