"""What Sendline is not for gets the right door."""

import pytest

from actions.scope import OtherNation, OutOfScope


@pytest.mark.parametrize("text, route, says", [
    ("how do i get a plan in scotland", "signpost", "Scotland"), ("my landlord wants us out", "signpost", "housing"),
    ("هل يمكنني طلب تقييم", "handoff", "I can only write in English"), ("who won the football", "unanswered", "I can only help with"),
])
def test_each_gets_its_sentence(act, text, route, says):
    (said,), events = act(OutOfScope(), text)
    assert said["route"] == route and says in said["text"] and events == []


def test_another_language_is_offered_a_person(act):
    (said,), _ = act(OutOfScope(), "можно ли подать заявку")
    assert said["offers_person"] and said["buttons"][0]["do"] == "person"


def test_another_nation_without_its_name_gets_the_general_door(act):
    (said,), _ = act(OtherNation(), "i live abroad")
    assert said["route"] == "signpost" and "other countries" in said["text"]
