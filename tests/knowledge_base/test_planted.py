"""Nothing false can be said: what a message plants is recognised and set right; what it asks is left to the entries.

planted_law.jsonl has one message a line, in parents' words: `kind` is what must be found (null: nothing), `word` what the
correction must say, `stops` whether it must be the whole reply.
"""

import json
import time
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from knowledge_base.check import sentences
from knowledge_base.entry import entries
from knowledge_base.facts import facts
from knowledge_base.law import law
from knowledge_base.planted import Correction, correct, rows
from knowledge_base.references import data

ROWS = [json.loads(line) for line in Path(__file__).with_name("planted_law.jsonl").read_text(encoding="utf-8").splitlines()]
PLANTED, INNOCENT = [r for r in ROWS if r["kind"]], [r for r in ROWS if not r["kind"]]
CORRECTIONS = [*data()["claims"], *data()["old_law"]]


@pytest.mark.parametrize("row", PLANTED, ids=lambda r: r["text"][:60])
def test_planted_law_is_set_right(row):
    found = correct(row["text"])
    assert found and found.kind == row["kind"] and row["word"] in found.says
    assert found.stops == row.get("stops", found.stops)


@pytest.mark.parametrize("row", INNOCENT, ids=lambda r: r["text"][:60])
def test_real_law_and_real_questions_are_left_alone(row):
    assert correct(row["text"]) is None


def test_the_set_is_large_enough_to_mean_something():
    assert len(PLANTED) >= 80 and len(INNOCENT) >= 60 and len(data()["claims"]) >= 25


def test_a_registered_citation_is_never_corrected_however_it_is_written():
    for source in law().sources:
        for ref in source.refs:
            for text in (f"{source.source} {ref}", f"What does {ref} of {source.title} say?", source.title):
                found = correct(text)
                assert found is None or found.kind != "unknown-reference", text


@pytest.mark.parametrize("text", [
    "para 9.14", "paragraph 9.14", "CoP 9.14", "CoP 9:14", "code of practice 2015 9.14", "9.14 of the SEND code", "the Code says at 9.14",
    "s 36 CFA", "s.36 Children and Families Act", "section 36(1) of the children & families act 2014", "CFA s.36(1)", "reg 13(2)",
    "SI 2014/1530", "section 100 of the Children and Families Act", "SEND regs 2014 reg 44", "Derbyshire v EM and DM",
    "EM and DM v Derbyshire County Council",
    "Haining v Warrington Borough Council [2014] EWCA Civ 398", "L v Clarke and Somerset County Council",
])
def test_the_ways_of_writing_a_real_reference(text):
    assert correct(text) is None


def test_questions_that_entries_answer_are_rarely_stopped():
    asked = [q for entry in entries().values() for q in entry.questions if "?" in q]
    stopped = [q for q in asked if (found := correct(q)) and found.stops]
    assert stopped == []


@pytest.mark.parametrize("row", CORRECTIONS, ids=lambda r: r["id"])
def test_every_correction_rests_on_checked_facts(row):
    assert row["facts"] and {facts()[fact]["confidence"] for fact in row["facts"]} == {"high"}


@pytest.mark.parametrize("row", [*CORRECTIONS, *data()["references"].values()], ids=lambda r: r.get("id", r["says"][:40]))
def test_every_correction_is_plain_and_cites_registered_law(row):
    assert [s for s in sentences(row["says"]) if len(s.split()) > 25] == []
    assert all(law().find(cite) for cite in row["cites"]) and (row["entry"] is None or row["entry"] in entries())


def test_no_row_is_named_twice():
    ids = [row["id"] for row in CORRECTIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["claims", "old_law"])
def test_every_row_is_shown_at_work_by_a_message(name):
    says = [found.says for r in PLANTED if (found := correct(r["text"]))]
    assert [p.row["id"] for p in rows(name) if not any(p.row["says"] in s for s in says)] == []


def test_a_correction_never_repeats_the_made_up_number():
    assert "9.412" not in correct("What does paragraph 9.412 of the SEND Code say?").says


def test_two_false_things_are_both_set_right():
    found = correct("Under the SEND Act 2026 EHC plans have been abolished.")
    assert "checked law" in found.says and "not been abolished" in found.says and "CFA 2014 Part 3" in found.cites


def test_a_correction_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        correct("EHC plans have been abolished").says = "They have."
    assert isinstance(correct("EHC plans have been abolished"), Correction)


def test_it_is_fast_on_a_long_message():
    story = "My son is nine and the school rings me every day and I do not know what the rules are about any of it now. " * 40
    correct(story)
    started = time.perf_counter()
    correct(story)
    assert time.perf_counter() - started < 0.5
