"""Questions that lean on the one before; nothing is added to what was said."""

from types import SimpleNamespace

import pytest

from knowledge_base.calibrate import Thresholds
from knowledge_base.followup import is_follow_up, with_subject
from knowledge_base.search import Candidate, Found


@pytest.mark.parametrize("text", [
    "and how long does that take?", "what if they say no", "how much is it", "why", "can they do that", "what happens next", "who pays",
    "does it cost anything", "ok so what then", "do i need one",
])
def test_a_short_message_that_leans_is_a_follow_up(text):
    assert is_follow_up(text)


@pytest.mark.parametrize("text", [
    "school transport refused for september", "my son was excluded yesterday", "a different question: how do appeals work",
    "what if the council says that it will not pay for a taxi because we live too near to the school", "annual review", "",
])
def test_a_message_that_says_its_own_subject_is_not(text):
    assert not is_follow_up(text)


class Says:
    """A search that says for each text what a test wants: {text: {entry: score}}."""

    def __init__(self, few, found):
        self.entries, self.found, self.index = few, found, SimpleNamespace(thresholds=Thresholds(0.5, 0.3))

    def find(self, text):
        scores = next(scores for start, scores in self.found.items() if text.startswith(start))
        return Found("unanswered", tuple(Candidate(e, self.entries[e].topic, s) for e, s in scores.items()))


def read_with(few, alone, joined, subject):
    """What a follow-up to the taxi finds, given what three searches find: the message, both together, the bare subject."""
    search = Says(few, {"message About": joined, "message": alone, "About": subject})
    return with_subject(search, "message", few["taxi"], search.find("message"))


def test_the_subject_of_the_last_answer_finds_the_next(few):
    found = read_with(few, alone={"tribunal": 0.2}, joined={"evidence": 0.6}, subject={"evidence": 0.1})
    assert (found.candidates[0].entry, found.verdict) == ("evidence", "answer")


def test_a_message_that_finds_its_own_answer_keeps_it(few):
    assert read_with(few, alone={"tribunal": 0.9}, joined={"evidence": 0.6}, subject={}).candidates[0].entry == "tribunal"


def test_a_follow_up_does_not_get_the_last_answer_once_more(few):
    found = read_with(few, alone={"tribunal": 0.4}, joined={"taxi": 0.9}, subject={"taxi": 0.8})
    assert (found.candidates[0].entry, found.verdict) == ("tribunal", "clarify")


def test_what_the_bare_subject_finds_better_is_no_answer_to_the_message(few):
    found = read_with(few, alone={"tribunal": 0.1}, joined={"bus": 0.6}, subject={"bus": 0.7})
    assert (found.candidates[0].entry, found.verdict) == ("tribunal", "unanswered")


def test_what_the_last_answer_names_as_next_is_a_little_likelier(few):
    found = read_with(few, alone={"tribunal": 0.5}, joined={"bus": 0.48}, subject={})
    assert found.candidates[0].entry == "bus" and found.candidates[0].score == 0.53


def test_no_score_is_more_than_one(few):
    assert read_with(few, alone={"tribunal": 0.1}, joined={"bus": 0.99}, subject={}).candidates[0].score == 1
