"""Questions that lean on the one before; nothing is added to what was said."""

import pytest

from knowledge_base.followup import is_follow_up, with_subject
from knowledge_base.search import Search


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


def test_the_subject_of_the_last_answer_finds_the_next(learnt, few, words):
    search = Search(learnt[0], few, words)
    text = "who pays for it"
    found = with_subject(search, text, few["tribunal"], search.find(text))
    assert found.candidates[0].topic == "tribunal-appeal"


def test_a_message_that_finds_its_own_answer_keeps_it(learnt, few, words):
    search = Search(learnt[0], few, words)
    text = "can i have the yellow minibus"
    assert with_subject(search, text, few["tribunal"], search.find(text)).candidates[0].entry == "bus"


def test_scores_stay_between_nothing_and_one(learnt, few, words):
    search = Search(learnt[0], few, words)
    found = with_subject(search, "who pays for it", few["taxi"], search.find("who pays for it"))
    assert all(c.score <= 1 for c in found.candidates) and len({c.entry for c in found.candidates}) == len(few)
