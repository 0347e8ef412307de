"""People are proposed where a story needs one, and fetched in the family's own language."""

import pytest

from bot import gateway as gateway_module
from bot import wording
from bot.concern import Concern
from bot.languages import languages
from bot.second_look import Look

POLISH = languages()["pl"]
HELLO = "Dzień dobry, mój syn nie chodzi do szkoły, proszę o pomoc"
DANGER = "mój syn mówi że chce się zabić"
HARD = "the hearing is on friday and i have nobody to come with me"
PLAIN = "how long do i have to appeal to the tribunal?"
NUMBERS = ("999", "111", "116 123", "85258", "0800 1111")


# ------------------------------------------------------------------ another language


def test_a_message_in_polish_gets_its_own_sentence_and_the_english_one_for_whoever_helps(talk, fake_engine):
    done = talk.says(HELLO)
    assert done["text"] == f"{POLISH.help}\n\n{wording.other_language('Polish')}"
    assert (done["route"], done["buttons"], fake_engine.asked) == ("handoff", ["person"], [])


def test_a_message_alone_opens_no_case_and_the_language_is_remembered(talk):
    talk.says(HELLO)
    assert talk.case() is None and talk.now.state["language"] == "pl"


def test_the_word_that_the_sentence_names_opens_a_case_for_an_interpreter(talk):
    talk.says(HELLO)
    done = talk.says("OSOBA")
    case = talk.case()
    assert done["text"].startswith(POLISH.asked) and case.ref in done["text"] and case.consent_at
    assert "Writes in: Polish; an interpreter may be needed." in case.summary and "interpreter" in case.reason


def test_the_word_alone_is_enough_and_the_adviser_still_reads_which_language(talk):
    talk.says("osoba")
    assert talk.now.state["language"] == "pl" and "Writes in: Polish" in talk.case().summary


def test_a_language_without_sentences_gets_the_english_one_and_the_button(talk, fake_engine):
    done = talk.says("息子は学校に行きたくありません")
    assert (done["text"], done["buttons"], fake_engine.asked) == (wording.ONLY_ENGLISH, ["person"], [])
    assert "language" not in talk.now.state


def test_english_afterwards_is_answered_as_ever(talk):
    talk.says(HELLO)
    assert talk.says("can i ask for a plan myself")["route"] == "answer"


def test_a_tapped_button_is_read_in_no_language(talk, fake_engine):
    talk.says(HELLO, button="more")
    assert len(fake_engine.asked) == 1 and "language" not in talk.now.state


def test_while_an_adviser_has_the_conversation_the_fixed_sentence_is_silent(talk, gateway, adviser):
    talk.says(HELLO)
    talk.says("OSOBA")
    gateway.store.cases.claim(adviser, talk.case().ref, "Amina has joined.")
    assert talk.says(HELLO)["texts"] == []


def test_danger_in_polish_is_answered_at_the_door_in_polish_and_then_in_english(talk, gateway):
    talk.writes(DANGER)  # no worker runs
    said = talk.lines[1].text
    assert said.startswith(POLISH.crisis) and all(number in said.removeprefix(POLISH.crisis) for number in NUMBERS)
    assert talk.now.state["language"] == "pl" and talk.now.state["crisis"] == "crisis" and talk.case().risk == 3
    assert gateway.store.turns.claim("worker") is None


def test_the_adviser_reads_the_language_of_a_danger_that_came_first(talk):
    talk.writes(DANGER)
    assert "Writes in: Polish" in talk.case().summary


def test_what_the_english_screen_finds_is_answered_in_english(talk):
    talk.writes("i want to kill myself")
    assert POLISH.crisis not in talk.lines[1].text and "language" not in talk.now.state


# ------------------------------------------------------------------ a story for a person


def test_after_the_answer_to_a_hard_case_a_person_is_proposed_in_one_sentence(talk, fake_engine, reply):
    fake_engine.will_say(reply("The answer.", buttons=[{"label": "More", "do": "ask:ehc-request-who"}]))
    done = talk.says(HARD)
    assert done["route"] == "answer" and done["text"].startswith("The answer.\n\n")
    assert done["text"].count("\n\n") == 1 and done["buttons"] == ["person", "ask:ehc-request-who"]


@pytest.mark.parametrize("text", [PLAIN, "can the school exclude my son without telling me"])
def test_a_plain_question_gets_its_answer_and_nothing_else(talk, text):
    done = talk.says(text)
    assert done["text"] == "The checked answer." and done["buttons"] == []


def test_trouble_that_is_not_ours_is_shown_its_own_door_and_nothing_else(talk, fake_engine, reply):
    fake_engine.will_say(reply("Citizens Advice can help.", route="signpost", unanswered="out of scope"))
    assert talk.says(HARD)["text"] == "Citizens Advice can help."


def test_nobody_is_proposed_while_a_case_is_open(talk, gateway, fake_engine, reply):
    fake_engine.will_say(reply("I am passing it on.", route="handoff", origin="form:handoff-agreed", do=[{"kind": "handoff"}]))
    talk.says("yes")
    assert talk.case() and talk.says(HARD)["text"] == "The checked answer."


def test_nobody_is_proposed_twice_in_one_reply(talk, fake_engine, reply):
    button = {"label": "Talk to a person", "do": "person"}
    fake_engine.will_say(reply("The answer. A person can help.", offers_person=True, buttons=[button]))
    done = talk.says(HARD)
    assert done["text"] == "The answer. A person can help." and done["buttons"] == ["person"]


def test_a_tapped_button_is_no_story(talk):
    assert talk.says(HARD, button="ask:ehc-request-who")["text"] == "The checked answer."


def test_small_talk_and_forms_are_left_alone(talk, fake_engine, reply):
    fake_engine.will_say(reply("Where do you live?", route="tool", origin="form:area"))
    assert talk.says(HARD)["text"] == "Where do you live?"


class Thinks:
    """A second look that says only whether a person is needed."""

    def __init__(self, needs_person):
        self.needs_person = needs_person

    def look(self, text):
        return Look(None, self.needs_person)


def test_what_the_signs_miss_the_second_look_may_still_propose(talk, gateway):
    gateway.second_look = Thinks(True)
    done = talk.says("we have been round and round with school and council on this")
    assert done["text"] == f"The checked answer.\n\n{wording.PERSON_CAN_HELP}" and done["buttons"] == ["person"]
    assert done["route"] == "answer", "a person is proposed, never instead of the answer"


def test_the_signs_alone_are_enough(talk, gateway):
    gateway.second_look = Thinks(False)
    assert talk.says(HARD)["buttons"] == ["person"]


def test_an_upset_parent_with_a_hard_case_gets_one_button(talk, monkeypatch):
    distress = Concern("distress", "overwhelmed", "writer")
    monkeypatch.setattr(gateway_module, "screen", lambda text, before=(): distress)
    done = talk.says(HARD)
    assert done["buttons"] == ["person"] and done["text"].startswith(wording.distress_line(distress))


def test_two_answers_that_did_not_help_propose_one(talk, gateway):
    gateway.store.conversations.set_state(talk.id, unhelpful=2)
    assert talk.says("ok and then")["buttons"] == ["person"]
