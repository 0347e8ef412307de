"""What a message means after an entry: learnt, and nothing is added to what was said."""

import pytest

from knowledge_base.build import turns
from knowledge_base.entry import entries
from knowledge_base.followup import SIGNS, InContext, joined, learn_in_context, signs
from knowledge_base.passages import kept_back
from knowledge_base.training_messages import Leaning, leanings


def finds(few, **by):
    """A search that says for each text what a test wants: {beginning of the text: {entry: score}}; a joined text ends in a title."""
    return lambda text: by["joined" if text.endswith(few["taxi"].title) else "alone"]


def test_both_searches_speak_for_a_candidate_and_so_does_how_it_lies_to_the_last_entry(few):
    ids, rows = signs(finds(few, alone={"tribunal": 0.5}, joined={"taxi": 0.9}), "which bit", [few["taxi"]], few)
    assert ids == ["tribunal", "taxi"] and rows.shape == (2, SIGNS)
    assert rows[0, 0] == pytest.approx(0) and rows[0, 1] < rows[1, 1] and rows[1, 0] < 0
    assert rows[0, 2] == 0 == rows[1, 3] and rows[1, 2] < 0  # how far behind the best of each search
    assert rows[1, 4:7].tolist() == [1, 0, 1] and rows[0, 4:7].tolist() == [0, few["taxi"].next.count("tribunal"), 0]


def test_what_was_talked_about_before_the_last_entry_is_not_forgotten(few):
    find = finds(few, alone={"tribunal": 0.5, "taxi": 0.4}, joined={"taxi": 0.9})
    _, rows = signs(find, "back to that first bit", [few["tribunal"], few["taxi"]], few)
    assert rows[0, 10:12].tolist() == [1, 1] and rows[1, 10] == 0
    _, never = signs(find, "back to that first bit", [few["taxi"], few["taxi"]], few)
    assert not never[:, 10:13].any()


def test_unlearnt_only_the_message_alone_counts(few):
    ranked = InContext().ranked(finds(few, alone={"tribunal": 0.7, "taxi": 0.2}, joined={"taxi": 0.99}), "x", [few["taxi"]], few)
    assert [entry for entry, _ in ranked] == ["tribunal", "taxi"] and ranked[0][1] == pytest.approx(0.7)


def test_what_leans_on_the_last_entry_is_learnt_and_what_does_not_keeps_its_own(few):
    """Follow-ups find nothing alone; new questions find themselves; other talk finds nothing at all."""
    def find(text):
        if "new" in text:
            return {"tribunal": 0.9, "taxi": 0.3 if few["taxi"].title in text else 0.01}
        return {"taxi": 0.6, "tribunal": 0.02} if few["taxi"].title in text else {"tribunal": 0.03, "taxi": 0.02}

    told = [Leaning(text, ("taxi",), entry) for text, entry in [("which bit", "taxi"), ("new thing", "tribunal")] * 20]
    learnt, right = learn_in_context(find, few, [turn for turn in told for _ in range(2)])
    assert right == 1
    assert learnt.ranked(find, "which bit", [few["taxi"]], few)[0][0] == "taxi"
    assert learnt.ranked(find, "new thing", [few["taxi"]], few)[0][0] == "tribunal"


def test_every_turn_of_the_conversations_names_entries_that_are_there():
    named = {i for turn in leanings() for i in (*turn.shown, turn.entry) if i}
    assert named <= entries().keys() and len(leanings()) > 2000
    assert max(len(turn.shown) for turn in leanings()) > 8 and any(turn.entry is None for turn in leanings())


def test_turns_are_the_same_at_every_build_and_hold_all_three_kinds():
    strange = ["where is the moon", "nice weather"]
    told = turns(entries(), strange)
    assert told == turns(entries(), strange)
    assert {turn.text for turn in told if turn.entry is None} >= {*strange} and len({turn.text for turn in told}) > 400


def test_the_encoder_was_tuned_on_no_conversation_that_teaches_the_ranking():
    asked = {q for entry in entries().values() for q in entry.questions}
    assert all(kept_back(turn.text) for turn in turns(entries(), []) if turn.text not in asked)


def test_a_message_is_joined_with_what_it_follows(few):
    assert joined("and then", few["taxi"]) == f"and then {few['taxi'].title}"
