"""What a message means after an entry: learnt, and nothing is added to what was said."""

import pytest

from knowledge_base.build import turns
from knowledge_base.entry import entries
from knowledge_base.followup import InContext, Turn, learn_in_context, signs
from knowledge_base.training_messages import follow_ups


def finds(few, **by):
    """A search that says for each text what a test wants: {beginning of the text: {entry: score}}; a joined text ends in a title."""
    return lambda text: by["joined" if text.endswith(few["taxi"].title) else "alone"]


def test_both_searches_speak_for_a_candidate_and_so_does_how_it_lies_to_the_last_entry(few):
    ids, rows = signs(finds(few, alone={"tribunal": 0.5}, joined={"taxi": 0.9}), "which bit", few["taxi"], few)
    assert ids == ["tribunal", "taxi"]
    assert rows[0, 0] == pytest.approx(0) and rows[0, 1] < rows[1, 1] and rows[1, 0] < 0
    assert rows[1, 2:5].tolist() == [1, 0, 1] and rows[0, 2:5].tolist() == [0, few["taxi"].next.count("tribunal"), 0]


def test_unlearnt_only_the_message_alone_counts(few):
    ranked = InContext().ranked(finds(few, alone={"tribunal": 0.7, "taxi": 0.2}, joined={"taxi": 0.99}), "x", few["taxi"], few)
    assert [entry for entry, _ in ranked] == ["tribunal", "taxi"] and ranked[0][1] == pytest.approx(0.7)


def test_what_leans_on_the_last_entry_is_learnt_and_what_does_not_keeps_its_own(few):
    """Follow-ups find nothing alone; new questions find themselves; other talk finds nothing at all."""
    def find(text):
        if "new" in text:
            return {"tribunal": 0.9, "taxi": 0.3 if few["taxi"].title in text else 0.01}
        return {"taxi": 0.6, "tribunal": 0.02} if few["taxi"].title in text else {"tribunal": 0.03, "taxi": 0.02}

    told = [Turn(text, "taxi", entry) for text, entry in [("which bit", "taxi"), ("new thing", "tribunal")] * 20]
    learnt, right = learn_in_context(find, few, [turn for turn in told for _ in range(2)])
    assert right == 1
    assert learnt.ranked(find, "which bit", few["taxi"], few)[0][0] == "taxi"
    assert learnt.ranked(find, "new thing", few["taxi"], few)[0][0] == "tribunal"


def test_every_follow_up_names_entries_that_are_there():
    missing = {row[which] for row in follow_ups() for which in ("after", "entry")} - entries().keys()
    assert not missing and len(follow_ups()) > 1000


def test_turns_are_the_same_at_every_build_and_hold_all_three_kinds():
    told = turns(entries(), ["where is the moon", "nice weather"])
    assert told == turns(entries(), ["where is the moon", "nice weather"])
    assert sum(turn.entry is None for turn in told) == 2 and len({turn.text for turn in told}) > 400
