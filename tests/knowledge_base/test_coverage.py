"""What the entries leave uncovered."""

from dataclasses import replace

import pytest

from knowledge_base.coverage import FEW, chapter_of, coverage
from knowledge_base.entry import entries
from knowledge_base.facts import facts
from knowledge_base.topics import TOPICS

FACTS = {name: {"confidence": how} for name, how in {"used": "high", "lonely": "high", "unsure": "medium", "guess": "low"}.items()}
CITED = ("CoP 2015 9.14", "CoP 2015 9.16", "CFA 2014 s.36")


@pytest.fixture
def found(few):
    known = dict(few)
    known["taxi"] = replace(few["taxi"], facts=("used",), cites=CITED, stage=("school", "post-16"))
    known["bus"] = replace(few["bus"], facts=("unsure",), cites=("CoP 2015 ch.5", "CoP 2015 Introduction xiii"), stage=("early-years",))
    return coverage(known, FACTS)


def test_a_checked_fact_that_no_entry_uses_is_named(found):
    assert found.facts_without_entry == ["lonely"]


def test_facts_of_lower_confidence_are_left_out_and_counted(found):
    assert found.facts_left_out == {"unsure": "medium", "guess": "low"}


def test_an_entry_that_rests_on_no_checked_fact_is_named(found):
    assert found.entries_without_facts == ["bus", "tribunal", "evidence"]


def test_topics_with_few_entries_are_thin(found):
    assert found.thin_topics["transport"] == 2 and found.thin_topics["mediation"] == 0 and set(found.thin_topics) == set(TOPICS)


def test_an_entry_counts_once_for_each_chapter_that_it_cites_and_each_stage(found):
    assert found.chapters[9] == {"early-years": 0, "school": 1, "post-16": 1}
    assert found.chapters[5] == found.chapters[0] == {"early-years": 1, "school": 0, "post-16": 0}
    assert sum(sum(row.values()) for row in found.chapters.values()) == 4


@pytest.mark.parametrize("cite, chapter", [
    ("CoP 2015 9.14", 9), ("CoP 2015 10.60-10.150", 10), ("CoP 2015 ch.7", 7), ("CoP 2015 Introduction xix", 0), ("CoP 2015 Annex 1", 0),
    ("CoP 2015", 0), ("CFA 2014 s.36", None),
])
def test_the_chapter_that_a_citation_names(cite, chapter):
    assert chapter_of(cite) == chapter


def test_the_real_base_cites_every_chapter_and_no_entry_rests_on_nothing():
    real = coverage(entries(), facts())
    assert real.entries_without_facts == []
    assert [chapter for chapter, stages in real.chapters.items() if not any(stages.values())] == []
    assert all(count < FEW for count in real.thin_topics.values())
