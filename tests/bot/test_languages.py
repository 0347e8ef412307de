"""Messages in other languages are known, English ones never are, and the sentences for danger carry the numbers."""

import re
from pathlib import Path

import pytest
import yaml

from bot.languages import asks_person, crisis_in, detect, fold, languages
from bot.wording import CRISIS_NUMBERS

SAID = yaml.safe_load((Path(__file__).parent / "other_languages.yaml").read_text(encoding="utf-8"))
MESSAGES = [(code, text) for code, texts in SAID["messages"].items() for text in texts]
DANGER = [(code, text) for code, texts in SAID["danger"].items() for text in texts]
ENGLISH = (Path(__file__).parent / "english.txt").read_text(encoding="utf-8").splitlines()
CODES = sorted(languages())
RTL = {"ar", "ur", "pnb", "fa", "ckb"}


@pytest.mark.parametrize("code, text", MESSAGES)
def test_a_message_in_another_language_is_known(code, text):
    assert detect(text) == code


@pytest.mark.parametrize("text", ENGLISH)
def test_an_english_message_is_never_taken_for_another_language(text):
    assert detect(text) is None and crisis_in(text) is None and asks_person(text) is None


def test_there_are_enough_of_both():
    assert len(ENGLISH) >= 120 and len(set(ENGLISH)) == len(ENGLISH)
    assert set(SAID["messages"]) == set(SAID["danger"]) == set(CODES)
    assert {code: len(set(texts)) for code, texts in SAID["messages"].items() if len(set(texts)) < 8} == {}


@pytest.mark.parametrize("code, text", DANGER)
def test_danger_is_found_in_every_language(code, text):
    assert crisis_in(text) == code


@pytest.mark.parametrize("code, text", MESSAGES)
def test_an_ordinary_message_is_no_danger(code, text):
    assert crisis_in(text) is None or text == "救命"  # "save my life"


def test_danger_is_found_inside_an_english_message_too():
    assert crisis_in("my english not good. my husband he bije mnie every day") == "pl"
    assert crisis_in("he told his teacher хочу умереть and they sent him home with a letter") == "ru"


@pytest.mark.parametrize("text", ["", "?", "123", "👍", "да", "我", "por favor", "bonjour", "merci", "adiós amigos", "shukran", "inshallah",
                                  "dziękuję", "EHCP", "asdf qwer zxcv"])
def test_a_word_is_too_little_to_tell(text):
    assert detect(text) is None


@pytest.mark.parametrize("text", ["زه انګلیسي نه پوهېږم، زما زوی ښوونځي ته نه ځي", "息子は学校に行きたくありません", "ฉันพูดภาษาอังกฤษไม่ได้",
                                  "אני לא מדבר אנגלית", "Мој син не иде у школу, љубазно помозите"])
def test_a_language_that_we_do_not_have_is_not_taken_for_its_neighbour(text):
    assert detect(text) is None


def test_hidden_joiners_and_accents_make_no_difference():
    assert detect("من نمی\u200cتوانم انگلیسی صحبت کنم") == detect("من نمیتوانم انگلیسی صحبت کنم") == "fa"
    assert fold("MÓWIĘ ŁÓDŹ İstanbul ğışç") == "mowie lodz istanbul gisc"


# ------------------------------------------------------------------ the sentences


@pytest.mark.parametrize("code", CODES)
def test_the_numbers_are_those_of_the_english_sentence(code):
    joined = re.sub(r"(?<=\d) (?=\d)", "", languages()[code].crisis)
    assert [h.name for h in CRISIS_NUMBERS if not re.search(rf"(?<!\d){h.number.replace(' ', '')}(?!\d)", joined)] == []
    assert set(re.findall(r"\d{3,}", joined)) == {h.number.replace(" ", "") for h in CRISIS_NUMBERS}
    assert "SHOUT" in joined and re.search(r"111\D{1,40}2", joined)


@pytest.mark.parametrize("code", sorted(RTL))
def test_numbers_written_from_right_to_left_have_no_space_to_turn_them_round(code):
    assert not re.search(r"\d \d", languages()[code].crisis + languages()[code].help)


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_is_in_its_own_language(code):
    one = languages()[code]
    assert [detect(text) for text in (one.help, one.asked, one.crisis)] == [code] * 3


@pytest.mark.parametrize("code", CODES)
def test_help_names_a_word_that_asks_for_a_person_and_the_number_for_danger(code):
    one = languages()[code]
    assert one.person[0] in fold(one.help) and "999" in one.help and crisis_in(one.help) is None
    assert [asks_person(word, code) for word in one.person] == [code] * len(one.person)


@pytest.mark.parametrize("code", CODES)
def test_every_language_says_who_answers_for_it_and_whether_it_was_checked(code):
    one = languages()[code]
    assert one.owner and one.written and one.direction == ("rtl" if code in RTL else "ltr")
    assert (one.status == "not yet checked by a native speaker") is (one.checked_by is None) is (one.checked is None)


@pytest.mark.parametrize("text, last, code", [
    ("OSOBA", "pl", "pl"), ("osoba", None, "pl"), ("persona", "it", "it"), ("человек", None, "ru"), ("真人", "zh-Hant", "zh-Hant"),
    ("شخص", "fa", "fa"), ("i want a person", None, None), ("osoba nie przyszła na spotkanie w szkole", "pl", None), ("", "pl", None),
])
def test_the_word_that_asks_for_a_person_is_known(text, last, code):
    assert asks_person(text, last) == code
