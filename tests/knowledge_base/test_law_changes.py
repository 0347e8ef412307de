"""The standing answer about changes in the law says its date, and says aloud when it is old."""

from datetime import timedelta

import pytest

from bot import doctor
from knowledge_base.check import check, sentences
from knowledge_base.entry import entries
from knowledge_base.facts import facts
from knowledge_base.law import law
from knowledge_base.law_changes import MAX_AGE_DAYS, asks_about_changes, changes, is_stale, problem, standing_answer

CHECKED = changes()["as_of"]
LAST_FRESH, FIRST_STALE = CHECKED + timedelta(days=MAX_AGE_DAYS), CHECKED + timedelta(days=MAX_AGE_DAYS + 1)


def test_the_answer_says_when_it_was_checked_and_how_far_it_could_see():
    said = standing_answer(CHECKED)
    assert "I last checked this on 22 November 2026." in said and "15 June 2026" in said and "may be out of date" not in said


def test_it_is_fresh_for_sixty_days_and_not_one_more():
    assert not is_stale(LAST_FRESH) and is_stale(FIRST_STALE)


def test_when_stale_the_warning_comes_first():
    said = standing_answer(FIRST_STALE)
    assert said.startswith("I last checked this on 22 November 2026, so it may be out of date.") and "ask a person" in said
    assert "Children and Families Act 2014" in said


@pytest.mark.parametrize("today", [CHECKED, FIRST_STALE])
def test_its_sentences_are_short_and_plain(today):
    assert [s for s in sentences(standing_answer(today)) if len(s.split()) > 25] == []


def test_it_rests_on_checked_facts_and_registered_law():
    assert {facts()[fact]["confidence"] for fact in changes()["facts"]} == {"high"}
    assert all(law().find(cite) for cite in changes()["cites"]) and changes()["entry"] in entries()


def test_a_stale_answer_is_a_problem_of_the_knowledge_base(tmp_path):
    assert check(LAST_FRESH, tmp_path)[0] == [] and check(FIRST_STALE, tmp_path)[0] == [problem(FIRST_STALE)]
    assert "set new dates" in problem(FIRST_STALE)


def test_the_doctor_says_whether_it_is_fresh(settings, monkeypatch):
    monkeypatch.setattr(doctor, "check", lambda today: ([], {"entries": 120}))
    monkeypatch.setattr(doctor, "check_port", lambda *_: None)

    def said(today):
        return [well for well, line in doctor.findings(settings, today) if "law_changes" in line or "changes in the law" in line]

    assert said(LAST_FRESH) == [True] and said(FIRST_STALE) == [False]


@pytest.mark.parametrize("text", [
    "Has the law changed?", "has send law changed this year", "what has changed in send law this year 2026",
    "any changes to SEND law lately?",
    "Have the rules on EHCPs changed?", "whats new in send law", "is the law still the same", "any new SEND laws I should know about",
    "SEND law changes 2026", "latest news on ehcp law", "Are my rights different now?", "is your information up to date",
    "when was this last updated", "has the send code changed", "is the law going to change on special needs",
])
def test_asking_about_changes_is_heard(text):
    assert asks_about_changes(text)


@pytest.mark.parametrize("text", [
    "Can the council change my son's plan?", "how do I change schools", "his needs have changed, can we get a review",
    "the plan has changed and I was not told", "what is the law on exclusion", "my mother in law has changed the school run",
    "new school rules on uniform have changed", "Is there a new SENCO?", "school has a new behaviour code", "do I have a right to a copy",
    "transport has changed, what are the rules", "what are my rights if the council says no",
])
def test_other_changes_are_not(text):
    assert not asks_about_changes(text)
