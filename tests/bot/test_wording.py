"""What is said when it matters most: every number, in every form, on every channel.

`pytest -s tests/bot/test_wording.py -k read` prints every safety text, for a person to read aloud.
"""

import re
import unicodedata
from datetime import date, timedelta

import pytest

from bot import wording
from bot.concern import Concern
from bot.languages import languages
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


# ------------------------------------------------------------------ every safety text


def safety_texts() -> dict[str, str]:
    """Every text that is said because of danger or distress, in every form, by what it is; each once."""
    said = {}
    for channel in ("web", "sms"):
        for say in (*URGENT_REPLIES, wording.crisis_again_reply):
            for concern in CONCERNS:
                said[f"{say.__name__}, {channel}: {concern.reason}, about {concern.about}"] = say(concern, channel, person=PERSON)
    for reason in ("hopeless", "tears"):
        said[f"distress_line: {reason}"] = wording.distress_line(Concern("distress", reason))
    said |= {name: getattr(wording, name) for name in ("STILL_HERE", "CRISIS_ANYWAY", "ENGINE_FAILED", "ONLY_ENGLISH", "PERSON_CAN_HELP")}
    said["frustration_line"] = wording.frustration_line()
    once = {text: name for name, text in reversed(said.items())}  # the first name of each text
    return {name: text for text, name in reversed(once.items())}


def in_other_languages() -> dict[str, str]:
    """The fixed texts of every other language."""
    return {f"{one.name} ({code}), {name}: {one.status}": getattr(one, name)
            for code, one in languages().items() for name in ("crisis", "help", "asked")}


TEXTS, FOREIGN = safety_texts(), in_other_languages()
# Cheer, blame, commands and promises that nobody can keep. A text may say none of them to somebody in danger.
CHEER = re.compile(
    r"!|\b(?:great|awesome|no worries|cheer up|don't worry|do not worry|everything will be|it will be (?:ok|fine)|stay positive)\b", re.I)
BLAME = re.compile(
    r"\b(?:you should have|why did(?:n't)? you|your fault|calm down|attention|overreact\w*|you must|(?<!if )you need to|selfish)\b", re.I)


def test_every_safety_text_is_printed_for_a_person_to_read():
    for name, text in {**TEXTS, **FOREIGN}.items():
        print(f"\n---- {name}\n{text}")
    print(f"\nOwner: {wording.NUMBERS_OWNER}. Numbers last looked up on {wording.NUMBERS_CHECKED:%d %B %Y}.")
    assert len(TEXTS) > 15 and len(FOREIGN) == 3 * len(languages())


@pytest.mark.parametrize("name", [*TEXTS, *FOREIGN])
def test_no_text_is_cheerful_or_has_pictures(name):
    text = {**TEXTS, **FOREIGN}[name]
    assert not CHEER.search(text.replace("¡", "!")) and "！" not in text
    assert [char for char in text if unicodedata.category(char) in ("So", "Sk", "Cs")] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_blames_or_orders(name):
    assert not BLAME.search(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_sentences_are_short_enough_for_somebody_in_distress(name):
    for sentence in re.split(r"(?<=[.?])\s+|\n+", TEXTS[name]):
        assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize("code", sorted(languages()))
def test_the_text_for_danger_in_every_language_holds_every_number(code):
    joined = re.sub(r"(?<=\d) (?=\d)", "", languages()[code].crisis)
    assert [n for n in ("999", "111", "116123", "85258", "08001111") if not re.search(rf"(?<!\d){n}(?!\d)", joined)] == []
    assert "999" in languages()[code].help


@pytest.mark.parametrize("concern", CONCERNS, ids=lambda c: f"{c.reason}-{c.about}")
def test_no_paragraph_of_a_first_reply_comes_back_in_the_second(concern):
    first, again = wording.crisis_reply(concern), wording.crisis_again_reply(concern)
    assert not set(first.split("\n\n")) & set(again.split("\n\n"))
    assert wording.crisis_reply(concern, "sms") != wording.crisis_again_reply(concern, "sms")


def test_after_danger_we_say_that_we_are_here_and_go_on():
    assert wording.STILL_HERE.startswith("I am still here") and "999" in wording.STILL_HERE


def test_tone_is_plain():
    texts = [say(concern, channel) for say in URGENT_REPLIES for concern in CONCERNS for channel in ("web", "sms")]
    texts += [wording.crisis_again_reply(concern) for concern in CONCERNS]
    texts += [wording.distress_line(Concern("distress", reason)) for reason in ("hopeless", "tears")]
    texts.append(wording.frustration_line())
    for text in texts:
        assert "!" not in text and text.isascii(), text
