"""The one path that every message takes."""

import httpx
import pytest
from sqlalchemy import update

from bot import gateway as gateway_module
from bot import wording
from bot.concern import Concern
from bot.errors import StoreDown
from bot.finishes import FINISHES
from bot.gateway import ENGINE_TURNS
from bot.second_look import Look
from bot.steps import STEPS, TRIES
from bot.store.schema import conversation

CRISIS = "i want to kill myself tonight"
NUMBERS = ("999", "111", "116 123", "85258", "0800 1111")
DISTRESS = Concern("distress", "overwhelmed", "writer")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(gateway_module.time, "sleep", lambda seconds: None)


@pytest.fixture
def screened(monkeypatch):
    """Makes the safety screen find what a test wants, whatever is written."""
    return lambda concern: monkeypatch.setattr(gateway_module, "screen", lambda text, before=(): concern)


def goes_down(fake_engine, times=9):
    for _ in range(times):
        fake_engine.will_say(httpx.ConnectError("refused"))


def test_the_steps_stand_in_one_visible_list():
    assert [s.__name__ for s in STEPS] == ["crisis", "relay", "give_up", "another_language", "dialogue"]
    assert [f.__name__ for f in FINISHES] == [
        "open_wished_case", "block_unknown_law", "spell_out", "offer_person", "acknowledge", "stay_near", "remember"]


def test_a_question_is_answered_with_its_source(talk, fake_engine, reply):
    fake_engine.will_say(reply("Yes, you can.", cites=["CFA 2014 s.36(1)"], entry="ehc-request-who", topic="ehc-request"))
    done = talk.says("can i ask myself")
    assert (done["route"], done["entry"], done["text"]) == ("answer", "ehc-request-who", "Yes, you can.")
    assert done["cites"] == ["CFA 2014 s.36(1)"]
    assert talk.now.state["shown"] == ["ehc-request-who"] and talk.now.state["topics"] == ["ehc-request"]


def test_what_is_kept_is_what_was_made_safe(talk):
    talk.writes('  //handoff{"x":"y"}\x00 ')
    assert talk.lines[0].text == 'handoff{"x":"y"}'


def test_an_empty_message_still_gets_an_answer(talk, fake_engine):
    assert talk.says("///")["route"] == "answer"
    assert fake_engine.asked[0]["message"] == "?"


# ------------------------------------------------------------------ danger


@pytest.mark.parametrize("channel", ["web", "terminal", "sms"])
def test_a_crisis_is_answered_at_the_door_with_everything_else_stopped(gateway, talk_to, engine_that, channel):
    def nobody(request):
        raise AssertionError("a crisis needs no engine")

    gateway.engine = engine_that(nobody)
    talk = talk_to(gateway, channel)
    talk.writes(CRISIS)  # no worker runs
    assert [m.author for m in talk.lines] == ["parent", "bot"]
    assert all(number in talk.lines[1].text for number in NUMBERS)
    assert gateway.store.turns.last(talk.id)["route"] == "crisis"
    assert gateway.store.turns.claim("worker") is None


def test_a_crisis_opens_a_case_of_the_highest_risk(talk):
    talk.writes(CRISIS)
    case = talk.case()
    assert (case.risk, case.state, case.consent_at) == (3, "queued", None)
    assert case.ref in talk.lines[1].text
    assert CRISIS not in case.summary + case.reason


def test_danger_again_gets_a_shorter_reply_and_no_second_case(talk, gateway, adviser):
    talk.writes(CRISIS)
    talk.writes("i have the pills in my hand, i want to die")
    first, second = talk.lines[1].text, talk.lines[3].text
    assert len(second) < len(first) and "999" in second
    assert len(gateway.store.cases.queue(adviser)) == 1


def test_a_crisis_is_answered_even_while_an_adviser_owns_the_conversation(talk, gateway, adviser):
    goes_down(gateway.engine)
    talk.taps("person")
    gateway.store.cases.claim(adviser, talk.case().ref, "joined")
    talk.writes(CRISIS)
    assert "999" in talk.lines[-1].text and talk.lines[-1].author == "system"
    assert talk.case().risk == 3


def test_safeguarding_has_its_own_numbers(talk, screened):
    screened(Concern("safeguarding", "abuse-child", "child"))
    talk.writes("something")
    assert "0808 800 5000" in talk.lines[1].text and talk.case().risk == 3


def test_a_tapped_button_is_not_screened(talk, screened):
    screened(Concern("crisis", "suicide-writer", "writer"))
    assert talk.taps("more")["route"] == "answer"


def test_distress_puts_a_person_first_and_still_answers(talk, screened, fake_engine, reply):
    screened(DISTRESS)
    fake_engine.will_say(reply("The answer.", buttons=[{"label": "More", "do": "ask:x"}]))
    done = talk.says("i cannot do this any more, can they refuse")
    assert done["buttons"] == ["person", "ask:x"] and done["concern"]["level"] == "distress"
    assert done["text"] == f"{wording.distress_line(DISTRESS)}\n\nThe answer."


def test_a_person_is_not_offered_twice_under_one_reply(talk, screened, fake_engine, reply):
    screened(DISTRESS)
    fake_engine.will_say(reply(buttons=[{"label": "Talk to a person", "do": "person"}]))
    assert talk.says("help")["buttons"] == ["person"]


def test_frustration_is_acknowledged_before_an_answer_only(talk, screened, fake_engine, reply):
    screened(Concern("frustration", "angry", None))
    fake_engine.will_say(reply("The answer."))
    fake_engine.will_say(reply("Where do you live?", route="tool", origin="form:area"))
    assert talk.says("this is a joke, can they refuse")["text"].startswith(wording.frustration_line())
    assert talk.says("useless")["text"] == "Where do you live?"


# ------------------------------------------------------------------ a person owns the conversation


def test_while_an_adviser_owns_the_conversation_the_bot_is_silent(talk, gateway, adviser, fake_engine):
    goes_down(fake_engine)
    talk.taps("person")
    ref = talk.case().ref
    gateway.store.cases.claim(adviser, ref, "Amina has joined.")
    gateway.store.cases.reply(adviser, ref, "Hello, how can I help?")
    asked = len(fake_engine.asked)
    done = talk.says("my son has been excluded")
    assert (done["route"], done["texts"], len(fake_engine.asked)) == ("relay", [], asked)
    assert talk.case().state == "claimed", "the parent wrote, so the case waits for the adviser again"


def test_a_claim_in_the_middle_of_a_turn_silences_that_turn_too(talk, gateway, adviser, fake_engine):
    goes_down(fake_engine)
    talk.taps("person")
    talk.writes("and how long does it take")
    turn = gateway.store.turns.claim("worker")
    fake_engine.queue.clear()
    before = len(talk.lines)
    gateway.store.cases.claim(adviser, talk.case().ref, "Amina has joined.")
    gateway.run_turn(turn)
    assert [m.author for m in talk.lines[before:]] == ["system"]
    assert gateway.store.turns.last(talk.id)["route"] == "relay"


# ------------------------------------------------------------------ the engine fails


def test_one_failure_is_tried_again_under_a_fresh_engine_id(talk, fake_engine, reply):
    fake_engine.will_say(httpx.ConnectError("refused"))
    fake_engine.will_say(reply("The answer."))
    first = talk.now.engine_id
    assert talk.says("can i appeal")["text"] == "The answer."
    assert [a["sender"] == first for a in fake_engine.asked] == [True, False]


def test_the_id_that_worked_stays_so_that_what_failed_never_wakes_up(talk, fake_engine, reply):
    fake_engine.will_say(httpx.Response(200, json=[]))  # an action failed inside: Rasa's memory of this turn is wrong
    fake_engine.will_say(reply("Where do you live?", route="tool", expects={"form": "area_form", "slot": "place"}))
    talk.says("find my service")
    talk.says("Leeds")
    assert fake_engine.asked[2]["sender"] == fake_engine.asked[1]["sender"] == talk.now.engine_id


def test_when_it_stays_down_the_parent_is_told_so_with_a_way_forward(talk, fake_engine, gateway):
    goes_down(fake_engine)
    first = talk.now.engine_id
    done = talk.says("can i appeal")
    assert (done["route"], done["text"], done["buttons"]) == ("unavailable", wording.ENGINE_FAILED, ["person"])
    assert gateway.store.unanswered.since()[0].text == "can i appeal"
    assert talk.now.engine_id not in {first, *(a["sender"] for a in fake_engine.asked)}


def test_lateness_is_not_tried_again(talk, fake_engine):
    fake_engine.will_say(httpx.ReadTimeout("slow"))
    assert talk.says("can i appeal")["route"] == "unavailable"
    assert len(fake_engine.asked) == 1


def test_a_tap_on_talk_to_a_person_works_with_the_engine_down(talk, fake_engine):
    goes_down(fake_engine)
    done = talk.taps("person")
    assert done["route"] == "handoff" and talk.case().ref in done["text"] and talk.case().consent_at


def test_a_message_that_keeps_ending_the_worker_is_given_up_and_the_next_is_answered(talk, gateway):
    talk.writes("the one that kills")
    talk.writes("the next one")
    for _ in range(TRIES):
        assert gateway.store.turns.claim("worker").text == "the one that kills"
        gateway.store.turns.release("worker")  # the worker died
    assert gateway.run_turn(gateway.store.turns.claim("worker")).route == "unavailable"
    assert talk.lines[-1].text == wording.GAVE_UP
    assert gateway.run_turn(gateway.store.turns.claim("worker")).route == "answer"


def test_a_turn_that_is_tried_again_gets_a_fresh_engine_id(talk, gateway, fake_engine):
    first = talk.now.engine_id
    talk.writes("hello")
    gateway.store.turns.claim("worker")
    gateway.store.turns.release("worker")
    gateway.run_turn(gateway.store.turns.claim("worker"))
    assert fake_engine.asked[0]["sender"] == talk.now.engine_id != first


def fifty_turns(talk, gateway):
    """As if the conversation had gone on for a while."""
    with gateway.store.db.write() as tx:
        tx.execute(update(conversation).where(conversation.c.id == talk.id).values(engine_turns=ENGINE_TURNS))


def test_a_long_conversation_gets_a_fresh_engine_id(talk, gateway, fake_engine):
    fifty_turns(talk, gateway)
    first = talk.now.engine_id
    talk.says("hello")
    assert fake_engine.asked[0]["sender"] == talk.now.engine_id != first


def test_but_not_in_the_middle_of_a_form(talk, gateway, fake_engine):
    fifty_turns(talk, gateway)
    gateway.store.conversations.set_state(talk.id, expects={"form": "area_form", "slot": "place"})
    first = talk.now.engine_id
    talk.says("Leeds")
    assert fake_engine.asked[0]["sender"] == first


def test_the_engine_keeps_its_id_from_turn_to_turn(talk, fake_engine):
    for _ in range(3):
        talk.says("hello")
    assert len({a["sender"] for a in fake_engine.asked}) == 1 and talk.now.engine_turns == 3


# ------------------------------------------------------------------ what is said and what is known


def test_a_citation_that_is_not_registered_cannot_be_said(talk, fake_engine, reply, gateway, caplog):
    fake_engine.will_say(reply("The law says so.", cites=["CFA 2014 s.36(1)", "Magic Act 2020 s.1"], entry="made-up"))
    done = talk.says("what is the law")
    assert (done["route"], done["text"], done["entry"]) == ("unanswered", wording.BLOCKED, None)
    assert "The law says so." not in "".join(m.text for m in talk.lines)
    assert gateway.store.unanswered.since()[0].reason == "citation not registered"


CONTEXT = {"area", "language", "service", "shown", "topics", "expects", "clarifies", "unhelpful", "choices", "crisis", "button",
           "concern", "door", "summary", "today", "channel"}


def test_the_context_that_actions_get_holds_nothing_personal(talk, fake_engine, gateway):
    secret = "my son Jack of M14 5RQ, ring 07700 900123"
    talk.says(secret)
    gateway.store.conversations.set_state(talk.id, telephone="07700 900123")
    talk.says("and then")
    context = fake_engine.asked[1]["metadata"]["context"]
    assert set(context) <= CONTEXT
    assert not any(word in str(context) for word in ("Jack", "M14", "07700", talk.id))
    assert context["today"] == "2026-11-23"


def test_asking_back_is_counted_and_an_answer_ends_the_count(talk, fake_engine, reply):
    for _ in range(2):
        fake_engine.will_say(reply("Which one?", route="clarify", origin="wording:clarify"))
        talk.says("plan")
    assert talk.now.state["clarifies"] == 2
    talk.says("the annual review")
    assert talk.now.state["clarifies"] == 0


def test_topics_are_kept_once_each_newest_last(talk, fake_engine, reply):
    for topic in ("transport", "exclusion", "transport"):
        fake_engine.will_say(reply(topic=topic))
        talk.says("next")
    assert talk.now.state["topics"] == ["exclusion", "transport"]


def test_a_wished_handoff_opens_a_case_with_consent_and_a_summary(talk, fake_engine, reply, gateway):
    gateway.store.conversations.set_state(talk.id, area={"code": "383", "name": "Leeds City Council"}, topics=["exclusion"])
    fake_engine.will_say(reply("I am passing it on.", route="handoff", origin="form:handoff-agreed", do=[{"kind": "handoff"}]))
    done = talk.says("yes")
    case = talk.case()
    assert done["route"] == "handoff" and "I am passing it on." not in done["texts"] and case.ref in done["text"]
    assert case.consent_at and case.topic == "exclusion"
    assert case.summary == "Area: Leeds City Council.\nAsked about: Suspension and exclusion."


def test_what_the_parent_wrote_is_logged_nowhere(talk, fake_engine, caplog):
    goes_down(fake_engine)
    caplog.set_level("DEBUG", logger="sendline")
    talk.says("my son Jack was excluded")
    assert caplog.records and not any("Jack" in str(vars(r)) for r in caplog.records)


def test_when_the_database_is_away_the_door_learns_it(gateway, talk, monkeypatch):
    def away(*_):
        raise StoreDown("The database does not answer.")

    monkeypatch.setattr(gateway.store.turns, "receive", away)
    with pytest.raises(StoreDown):
        talk.writes("hello")


# ------------------------------------------------------------------ small talk that is a question


def after_an_answer(talk, fake_engine, reply, text, *then):
    fake_engine.will_say(reply("The answer.", entry="ehc-request-who"))
    talk.says("can i ask for a plan")
    for one in then:
        fake_engine.will_say(one)
    return talk.says(text)["texts"]


@pytest.mark.parametrize("text", ["how long have i got", "so full isn't a no?", "do weekends count"])
def test_a_question_after_an_answer_that_rasa_took_for_small_talk_is_asked_as_a_question(talk, fake_engine, reply, text):
    said = after_an_answer(talk, fake_engine, reply, text, reply("Goodbye.", "smalltalk", "wording:goodbye"), reply("15 days."))
    assert said == ["15 days."] and [asked["message"] for asked in fake_engine.asked[1:]] == [text, "/question"]
    assert fake_engine.asked[2]["metadata"]["text"] == text


@pytest.mark.parametrize("text, origin", [
    ("thank you so much love", "wording:thank"), ("goodbye", "wording:goodbye"), ("are you a real person", "wording:bot-challenge"),
])
def test_what_is_small_talk_stays_so(talk, fake_engine, reply, text, origin):
    after_an_answer(talk, fake_engine, reply, text, reply("Said.", "smalltalk", origin))
    assert len(fake_engine.asked) == 2


def test_inside_a_form_too(talk, fake_engine, reply):
    asking = reply("Where do you live?", "tool", "form:area", expects={"form": "area_form", "slot": "place"})
    fake_engine.will_say(asking)
    talk.says("who helps near me")
    fake_engine.will_say(reply("I am Sendline.", "smalltalk", "wording:about-service"), asking)
    fake_engine.will_say(reply("Write that ...", entry="ehc-request-how"), asking)
    talk.gateway.store.conversations.set_state(talk.id, shown=["ehc-request-who"])
    assert talk.says("what do i write")["texts"][0] == "Write that ..."


class Door:
    """A second look that sees every message behind one door."""

    def __init__(self, door):
        self.door = door

    def look(self, text):
        return Look(None, False, self.door)


@pytest.mark.parametrize("door, origin, again", [
    ("housing", "wording:about-service", True), ("injection", "form:area", True),
    ("chatter", "form:area", False), ("chatter", "wording:about-service", False),
])
def test_what_the_second_look_sends_elsewhere_is_no_form_and_no_small_talk(talk, fake_engine, gateway, reply, door, origin, again):
    gateway.second_look = Door(door)
    fake_engine.will_say(reply("Said.", "tool" if origin == "form:area" else "smalltalk", origin))
    talk.says("tell me whose boiler this is")
    assert len(fake_engine.asked) == 1 + again


def test_at_the_beginning_nothing_was_said_that_a_message_could_lean_on(talk, fake_engine, reply):
    fake_engine.will_say(reply("Hello.", "smalltalk", "wording:greet"))
    talk.says("hello can anyone help")
    assert len(fake_engine.asked) == 1
