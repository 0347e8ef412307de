"""What is said when it matters most: every number, in every form, on every channel."""

from datetime import date, timedelta

import pytest

from bot import wording
from bot.concern import Concern
from knowledge_base.sms import segments

MUST_CARRY = ("999", "111", "option 2", "116 123", "85258", "0800 1111")
REASONS = ("suicide", "overdose", "medical", "missing", "weapon", "parent-near-harm", "abuse")
PERSON = "I have asked an adviser to join us."
CONCERNS = [Concern("crisis", reason, about) for reason in REASONS for about in ("child", "writer", "other", None)]
URGENT_REPLIES = (wording.crisis_reply, wording.safeguarding_reply)


@pytest.mark.parametrize("channel", ["web", "telegram", "sms"])
@pytest.mark.parametrize("say", URGENT_REPLIES)
def test_every_number_is_in_every_first_reply(say, channel):
    for concern in CONCERNS:
        text = say(concern, channel, person=PERSON)
        assert all(number in text for number in MUST_CARRY), text


@pytest.mark.parametrize("say", [*URGENT_REPLIES, wording.crisis_again_reply])
def test_a_text_message_costs_two_segments_at_most(say):
    for concern in CONCERNS:
        for person in ("", PERSON, "A very long sentence about people. " * 6):
            assert segments(say(concern, "sms", person=person)) <= 2


def test_the_numbers_in_the_replies_are_the_listed_ones():
    web = wording.crisis_reply(CONCERNS[0])
    assert all(helpline.number in web for helpline in wording.CRISIS_NUMBERS)
    web = wording.safeguarding_reply(CONCERNS[0])
    assert all(line.number in web for line in wording.CRISIS_NUMBERS + wording.SAFEGUARDING_NUMBERS)


def test_numbers_have_an_owner_and_a_fresh_date():
    assert wording.NUMBERS_OWNER
    oldest = min(line.checked for line in wording.CRISIS_NUMBERS + wording.SAFEGUARDING_NUMBERS)
    assert date.today() - oldest <= timedelta(days=wording.NUMBERS_MAX_AGE_DAYS), "look every number up again"


def test_people_are_mentioned_only_in_the_callers_words():
    for say in URGENT_REPLIES:
        assert PERSON in say(CONCERNS[0], person=PERSON)
        assert "adviser" not in say(CONCERNS[0])


def test_the_second_reply_stays_and_does_not_repeat_the_list():
    again = wording.crisis_again_reply(CONCERNS[0], person=PERSON)
    assert "999" in again and "still here" in again and PERSON in again
    assert "85258" in again and "- Call Samaritans" not in again and len(again) < len(wording.crisis_reply(CONCERNS[0]))


def test_the_conversation_stays_open_after_the_numbers():
    for say in URGENT_REPLIES:
        text = say(CONCERNS[0])
        assert text.index("116 123") < text.index("Stay with me")


def test_tone_is_plain():
    texts = [say(concern, channel) for say in URGENT_REPLIES for concern in CONCERNS for channel in ("web", "sms")]
    texts += [wording.crisis_again_reply(concern) for concern in CONCERNS]
    texts += [wording.distress_line(Concern("distress", reason)) for reason in ("hopeless", "tears")]
    texts.append(wording.frustration_line())
    for text in texts:
        assert "!" not in text and text.isascii(), text
