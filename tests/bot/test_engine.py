"""The only file that speaks to Rasa: silence, lateness and nonsense become errors with a way forward."""

import json

import httpx
import pytest

from bot.conversation import Button
from bot.engine import ORDERS
from bot.errors import EngineDown, EngineLate, EngineSilent


def ask(engine, text="hello", button=None):
    return engine.ask("a" * 32, text, {"today": "2026-11-23"}, 5, button)


def rasa_says(*messages):
    return lambda request: httpx.Response(200, json=list(messages))


@pytest.mark.parametrize("nothing", [
    [], None, {}, "hello", 42, [None], [1], [{}], [{"text": "Hi"}], [{"custom": None}], [{"custom": {"text": "no origin"}}],
    [{"custom": {"origin": "entry:x", "text": "no route"}}],
])
def test_silence_and_replies_that_are_not_ours_are_failures(engine_that, nothing):
    with pytest.raises(EngineSilent):
        ask(engine_that(lambda request: httpx.Response(200, content=json.dumps(nothing))))


def test_one_stray_message_among_ours_is_a_failure(engine_that, reply):
    with pytest.raises(EngineSilent):
        ask(engine_that(rasa_says({"custom": reply()}, {"text": "default answer of Rasa"})))


@pytest.mark.parametrize("answer", [
    httpx.Response(500), httpx.Response(404, text="no"), httpx.Response(200, text="<html>"), httpx.Response(200, content=b"\xff\xfe"),
])
def test_an_http_error_and_garbage_mean_that_it_is_down(engine_that, answer):
    with pytest.raises(EngineDown):
        ask(engine_that(lambda request: answer))


def test_no_connection_means_that_it_is_down(fake_engine):
    fake_engine.will_say(httpx.ConnectError("refused"))
    with pytest.raises(EngineDown):
        ask(fake_engine)


def test_no_answer_in_time_means_that_it_is_late(fake_engine):
    fake_engine.will_say(httpx.ReadTimeout("slow"))
    with pytest.raises(EngineLate):
        ask(fake_engine)


def test_the_budget_travels_as_the_timeout(engine_that, reply):
    seen = {}

    def rasa(request):
        seen.update(request.extensions["timeout"])
        return httpx.Response(200, json=[{"custom": reply()}])

    engine_that(rasa).ask("a" * 32, "hello", {}, 7.5)
    assert set(seen.values()) == {7.5}


def test_rasa_gets_our_engine_id_the_words_and_the_context(fake_engine):
    ask(fake_engine, "can i appeal")
    assert fake_engine.asked == [
        {"sender": "a" * 32, "message": "can i appeal", "metadata": {"context": {"today": "2026-11-23"}}}]


@pytest.mark.parametrize("button, order", [(name, order) for name, order in ORDERS.items()])
def test_a_button_becomes_our_own_order(fake_engine, button, order):
    ask(fake_engine, "Talk to a person", button)
    ask(fake_engine, "Talk to a person", f"{button}:the-rest")
    assert [a["message"] for a in fake_engine.asked] == [order, order]


@pytest.mark.parametrize("button", ["/handoff", "handoff", "ask_person", "", "unknown:x"])
def test_a_button_that_we_do_not_have_is_no_order(fake_engine, button):
    ask(fake_engine, "what it says", button)
    assert fake_engine.asked[0]["message"] == "what it says"


def test_a_reply_keeps_its_sources_duties_and_buttons(fake_engine, reply):
    duty = {"who": "local authority", "strength": "must", "what": "decide within 6 weeks", "cites": ["CFA 2014 s.36(1)"]}
    fake_engine.will_say(reply(
        "Yes.", cites=["CFA 2014 s.36(1)"], duties=[duty], more="The detail.", entry="ehc-request-who", topic="ehc-request", score=0.9,
        alternatives=[{"entry": "x", "topic": "y", "score": 0.1}], buttons=[{"label": "Talk to a person", "do": "person"}]))
    outcome = ask(fake_engine)
    said = outcome.replies[0]
    assert (outcome.route, outcome.entry, outcome.topic, outcome.score) == ("answer", "ehc-request-who", "ehc-request", 0.9)
    assert said.sources[0].cite == "CFA 2014 s.36(1)" and said.sources[0].url.startswith("https://www.legislation.gov.uk/")
    assert said.duties == (duty,) and said.more == "The detail." and said.buttons == (Button("Talk to a person", "person"),)
    json.dumps(said.to_json())  # the store keeps it as JSON


def test_an_answer_in_the_middle_of_a_form_comes_first_and_the_form_goes_on(fake_engine, reply):
    form = {"form": "area_form", "slot": "place"}
    asks = reply("Where do you live?", route="tool", origin="form:area", expects=form)
    fake_engine.will_say(reply("The answer.", remember={"a": 1}), asks)
    outcome = ask(fake_engine)
    assert outcome.route == "answer" and [r.text for r in outcome.replies] == ["The answer.", "Where do you live?"]
    assert outcome.remember == {"a": 1, "expects": form}


def test_an_answer_without_a_question_ends_what_was_expected(fake_engine):
    assert ask(fake_engine).remember == {"expects": None}


def test_is_up_says_whether_rasa_answers(engine_that, fake_engine):
    def away(request):
        raise httpx.ConnectError("refused")

    assert engine_that(lambda request: httpx.Response(200, text="Hello from Rasa")).is_up()
    assert not engine_that(away).is_up()
