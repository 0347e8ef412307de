"""The editorial rules: each has an entry that breaks it, and the shipped base breaks none."""

from datetime import date

import pytest

from knowledge_base.check import check, plain, sentences
from knowledge_base.entry import entries
from knowledge_base.facts import facts
from knowledge_base.topics import TOPICS

TODAY = date(2026, 11, 23)
FACT = next(f for f, row in facts().items() if row["confidence"] == "high")
QUESTIONS = "\n".join(f"  - can he have a taxi on day {n}" for n in range(8))
GOOD = f"""---
id: taxi
topic: transport
title: A taxi to school
questions:
{QUESTIONS}
duties:
  - {{who: local authority, strength: must, what: "arrange travel", cites: ["CFA 2014 s.42"]}}
cites: ["CFA 2014 s.42"]
facts: [{FACT}]
stage: [school]
status: in-force
reviewed: 2026-11-22
review_by: 2027-05-22
next: []
sms: "The council must help with some journeys. Ask its transport team in writing."
---
The council must help with some journeys. Ask its transport team in writing.

## More
Keep a copy of what you send. Say how far it is and why he cannot walk.
"""


@pytest.fixture
def problems_of(tmp_path):
    """What `check` says about a base of these texts, each `name.md` in the folder transport."""
    def look(*texts, name="taxi.md", today=TODAY):
        folder = tmp_path / "transport"
        folder.mkdir()
        for i, text in enumerate(texts):
            (folder / (name if i == 0 else f"other-{i}.md")).write_text(text, encoding="utf-8")
        return check(today, tmp_path)[0]

    return look


def test_a_good_entry_has_no_problem(problems_of):
    assert problems_of(GOOD) == []


LONG = "word " * 26
RULES = [
    ("topic: transport", "topic: taxis", "the topic 'taxis' is not in topics.py"),
    ("  - can he have a taxi on day 7\n", "", "7 different questions: write at least 8"),
    ("on day 7", "on day 6", "7 different questions"),
    ('cites: ["CFA 2014 s.42"]\nfacts', 'cites: ["Magic Act 2020 s.1"]\nfacts', "the citation 'Magic Act 2020 s.1' is not in law.yaml"),
    ('what: "arrange travel", cites: ["CFA 2014 s.42"]', 'what: "arrange travel", cites: ["CFA 2014 s.999"]',
     "the citation 'CFA 2014 s.999' is not in law.yaml"),
    (f"facts: [{FACT}]", "facts: [no-such-fact]", "the fact 'no-such-fact' is not in facts/"),
    ("strength: must", "strength: shall", "strength 'shall': use must, should or may"),
    ("stage: [school]", "stage: [schol]", "unknown stage schol"),
    ("status: in-force", "status: nearly", "the status 'nearly' is none of"),
    ("review_by: 2027-05-22", "review_by: 2026-11-22", "review_by is not after reviewed"),
    ("reviewed: 2026-11-22\nreview_by: 2027-05-22", "reviewed: 2026-01-01\nreview_by: 2026-11-22", "its review was due on 2026-11-22"),
    ("next: []", "next: [nowhere]", "next names 'nowhere', which is not an entry"),
    ('in writing."', 'in writing. ' + "Ask now. " * 30 + '"', "segments: cut it to two"),
    ('in writing."', 'in writing — today."', "its SMS has characters not GSM-7: —"),
    ("in writing.\n\n##", "in writing. One. Two. Three.\n\n##", "the short answer has 5 sentences: at most 4"),
    ("Keep a copy", LONG.strip() + ". Keep a copy", "a sentence has 26 words, at most 25"),
    ("strength: must", "strength: should", "the text says 'must' but no duty is a must"),
    ("Keep a copy", "You will win. Keep a copy", "it uses 'you will win', which judges, promises or scolds"),
    ("Keep a copy", "Ask the XQZ. Keep a copy", "it uses XQZ, not in glossary.yaml"),
    ("Keep a copy of what you send.",
     "Notwithstanding jurisdictional considerations, contemporaneous documentation necessitates preservation.",
     "its reading grade is"),
]


@pytest.mark.parametrize("old, new, says", RULES, ids=[says[:40] for *_, says in RULES])
def test_each_rule_finds_the_entry_that_breaks_it(problems_of, old, new, says):
    assert old in GOOD
    problems = problems_of(GOOD.replace(old, new, 1))
    assert any(says in p for p in problems), problems
    assert all(p.startswith(("taxi", "taxi.md")) and p.endswith(".") for p in problems)


def test_a_fact_that_nobody_is_sure_of_holds_nothing_up(problems_of):
    unsure = next(f for f, row in facts().items() if row["confidence"] != "high")
    assert any(f"the fact '{unsure}' is of" in p for p in problems_of(GOOD.replace(f"[{FACT}]", f"[{unsure}]")))


def test_a_file_in_the_wrong_place_is_found(problems_of):
    assert problems_of(GOOD, name="cab.md") == ["cab.md: the id must be the file's name, used once, in the folder of its topic."]


def test_a_question_stands_in_one_entry_only(problems_of):
    problems = problems_of(GOOD, GOOD.replace("id: taxi", "id: other-1"))
    assert "other-1: the question 'can he have a taxi on day 0' is also in taxi: keep it in one place." in problems or \
        "taxi: the question 'can he have a taxi on day 0' is also in other-1: keep it in one place." in problems


def test_a_file_that_cannot_be_read_is_one_of_the_problems(problems_of):
    assert problems_of("nothing")[0].startswith("taxi.md: the file must start with '---'")


@pytest.fixture(scope="module")
def shipped():
    return check(TODAY)


def test_the_shipped_base_has_no_problem(shipped):
    assert shipped[0] == []


def test_the_shipped_base_is_large_and_easy_to_read(shipped):
    figures = shipped[1]
    assert figures["entries"] >= 110 and figures["questions"] >= 8 * figures["entries"] and figures["mean reading grade"] <= 6


def test_every_topic_has_at_least_two_entries():
    count = {topic: sum(e.topic == topic for e in entries().values()) for topic in TOPICS if topic != "other"}
    assert {t: n for t, n in count.items() if n < 2} == {}


def test_plain_words_have_no_marks_of_markdown():
    assert plain("**Bold** and [a link](https://x.y).\n\n- one\n- two") == "Bold and a link.\n\none.\ntwo."


def test_a_stop_after_a_section_sign_ends_no_sentence():
    assert sentences("See s. 36 of the Act. Then write.") == ["See s. 36 of the Act.", "Then write."]
