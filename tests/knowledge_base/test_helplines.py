"""National helplines: the right one for the need, a number only where it is sure, hours only where the source states them."""

import re
from datetime import datetime

import pytest
import yaml

from bot import wording
from knowledge_base.councils import DIRECTORY
from knowledge_base.helplines import ALWAYS, LONDON, for_need, helpline, helplines, open_now
from knowledge_base.topics import TOPICS

ROWS = {r["id"]: r for r in yaml.safe_load((DIRECTORY / "helplines.yaml").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name, id", [
    ("Contact", "contact"), ("IPSEA", "ipsea"), ("SOS!SEN", "sos-sen"), ("sossen", "sos-sen"), ("ndcs", "ndcs"),
    ("Samaritans", "samaritans"), ("National Autistic Society", "national-autistic-society"),
])
def test_a_helpline_is_found_however_its_name_is_spelt(name, id):
    assert helpline(name).id == id


@pytest.mark.parametrize("name", ["", "!", "con", "Ambitious about Autism"])
def test_a_name_that_is_none_or_not_sure_finds_nothing(name):
    assert helpline(name) is None


@pytest.mark.parametrize("need, ids", [
    ("tribunal-appeal", {"ipsea"}), ("transport", {"contact"}), ("bullying", {"national-bullying-helpline"}),
    ("my daughter is deaf and school wont get her a radio aid", {"ndcs"}), ("his anxiety is so bad, camhs said no", {"youngminds-parents"}),
    ("my husband is violent, domestic abuse", {"national-domestic-abuse-helpline"}), ("where do i get legal advice", {"ipsea"}),
    ("he is getting bullied every day", {"national-bullying-helpline"}), ("our social worker never rings", {"family-rights-group"}),
    ("do i get dla for him", {"contact"}), ("can i complain about camhs", {"phso"}), ("we need respite", {"contact"}),
])
def test_a_need_finds_who_helps_with_it(need, ids):
    assert ids <= {h.id for h in for_need(need)}


@pytest.mark.parametrize("need", ["", "hello", "what year is he in", "she can hear the teacher", "the deadline"])
def test_no_need_finds_nobody(need):
    assert for_need(need) == []


def test_the_sure_ones_come_first_and_no_more_than_asked():
    found = for_need("bullying", most=2)
    assert [h.confidence for h in found] == ["high", "medium"]


def test_a_number_is_kept_only_where_it_is_sure():
    assert [h.id for h in helplines().values() if (h.phone or h.text) and ROWS[h.id]["confidence"] != "high"] == []
    assert not any(ROWS[h.id]["phone"] in h.says() for h in helplines().values() if h.confidence != "high" and ROWS[h.id]["phone"])
    assert helpline("contact").phone == "0808 808 3555" and helpline("mind").phone == ""


def test_low_confidence_is_not_there_at_all():
    assert {r for r, row in ROWS.items() if row["confidence"] == "low"} & set(helplines()) == set()


def test_hours_are_said_only_where_they_are_settled():
    assert "Monday to Friday 9.30am-3pm" in helpline("family-rights-group").says()
    assert "9.30am" not in helpline("contact").says() and "website" in helpline("contact").says()


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize("id, moment, is_open", [
    ("samaritans", "2026-12-25T03:00", True), ("family-rights-group", "2026-11-24T09:29", False),
    ("family-rights-group", "2026-11-24T09:30", True), ("family-rights-group", "2026-11-24T15:00", False),
    ("family-rights-group", "2026-11-28T10:00", False), ("family-rights-group", "2026-12-25T10:00", False),
    ("national-bullying-helpline", "2026-11-24T16:59", True), ("national-bullying-helpline", "2026-12-25T10:00", None),
    ("contact", "2026-11-24T10:00", None),
])
def test_open_now_says_yes_no_or_that_it_does_not_know(id, moment, is_open):
    assert open_now(helpline(id), at(moment)) is is_open


def test_the_hour_is_englands_whatever_the_clock_of_the_caller():
    assert open_now(helpline("family-rights-group"), datetime.fromisoformat("2026-07-01T08:45:00+00:00")) is True


def test_hours_are_structured_only_where_the_source_states_them_and_it_is_sure():
    for row in ROWS.values():
        if row.get("open"):
            assert row["confidence"] == "high" and not re.search("check", row["hours"], re.I)
            assert (row["open"] == ALWAYS) == ("24 hours" in row["hours"])


def test_every_topic_of_a_helpline_exists():
    assert {t for h in helplines().values() for t in h.topics} <= set(TOPICS)


def test_the_crisis_numbers_of_the_wording_are_those_of_the_directory():
    known = {re.sub(r"\D", "", f"{row['phone']}{row['text']}") for row in ROWS.values() if row["group"] == "crisis"}
    for line in (*wording.CRISIS_NUMBERS, *wording.SAFEGUARDING_NUMBERS):
        assert any(number.startswith(re.sub(r"\D", "", line.number)) for number in known), line.name
