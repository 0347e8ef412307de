"""The parts that `redact` is made of, and its figures on messages marked by hand."""

import pytest
from presidio_analyzer import AnalyzerEngine

from bench.redaction import messages, score, unmark
from bot.redaction.analyser import analyse, analyser, pipeline
from bot.redaction.checks import is_nhs_number, is_upn


@pytest.fixture(scope="module")
def nlp():
    return pipeline()


def entities(nlp, text: str) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in nlp(text).ents]


# ------------------------------------------------------------------ check numbers


def test_an_nhs_number_has_a_right_last_digit():
    assert is_nhs_number("943 476 5919")
    assert not any(is_nhs_number(f"943476591{last}") for last in range(9))
    assert not is_nhs_number("0000000000")


def test_a_pupil_number_has_a_right_first_letter():
    assert is_upn("Y149374246925")
    assert not any(is_upn(f"{letter}149374246925") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXZ")


def test_a_wrong_number_is_taken_out_where_it_is_called_one():
    kinds = {kind for *_, kind in analyse("his nhs number is 943 476 5910 and his upn is A149374246925")}
    assert {"nhs number", "upn"} <= kinds


# ------------------------------------------------------------------ the pipeline


def test_the_pipeline_needs_no_model(nlp):
    assert nlp.pipe_names == ["schools", "people"]
    assert isinstance(analyser(), AnalyzerEngine)
    assert analyser() is analyser()


def test_the_pipeline_forgets_what_it_read():
    words = analyser().nlp_engine.nlp["en"].vocab.strings
    analyse("Zorblegrommet goes to Flimflamtown Academy")
    assert "Zorblegrommet" not in words and "Flimflamtown" not in words


@pytest.mark.parametrize("text", ["Ellie-Mae can't go", "it’s Jack's  \n\n tab\there", " Łukasz, O'Neill… 3½", ""])
def test_no_character_is_lost_between_words(nlp, text):
    assert nlp(text).text == text


@pytest.mark.parametrize("text, people", [
    ("Ellie-Mae and Jean-Luc Picard", ["Ellie-Mae", "Jean-Luc Picard"]), ("Kayden S. is 7", ["Kayden S"]),
    ("our youngest, Elsie, is 3", ["Elsie"]), ("my son K cannot cope", ["K"]), ("Mrs Pemberton-Hale", ["Pemberton-Hale"]),
    ("I miss school and miss walker", ["walker"]), ("Thi Mai does not eat", ["Thi Mai"]),
    ("MY SON JAKE IS NOT SAFE", ["JAKE"]), ("Thanks\nShell", ["Shell"]), ("Martha's rule and Rett syndrome", []),
])
def test_people(nlp, text, people):
    assert [words for words, kind in entities(nlp, text) if kind == "name"] == people


@pytest.mark.parametrize("text, schools", [
    ("he goes to meadow view school", ["meadow view school"]), ("Kayden's school is Highfields", ["Highfields"]),
    ("I asked King Edward VI Grammar School", ["King Edward VI Grammar School"]), ("at all saints c of e", ["all saints c of e"]),
    ("a primary school in Leeds", []), ("he wants to leave school", []), ("She started at FE college", []),
    ("Are academy trusts bound", []),
])
def test_schools(nlp, text, schools):
    assert [words for words, kind in entities(nlp, text) if kind == "school"] == schools


# ------------------------------------------------------------------ figures


def test_a_mark_is_read_where_it_stands():
    message = unmark("development", "my son [[name:Kayden]] is 7")
    assert (message.text, message.spans) == ("my son Kayden is 7", ((7, 13, "name"),))


def test_the_set_is_large_and_has_messages_that_name_nobody():
    every = messages("development") + messages("holdout")
    assert len(every) >= 420
    assert sum(not m.spans for m in every) >= 100


def test_a_miss_and_a_false_redaction_are_counted():
    result = score([unmark("development", "[[name:wholly ordinary words]] and Kayden"), unmark("development", "[[email:a@b.example]]")])
    assert (result.recall(names=True), result.recall(names=False), result.precision) == (0, 1, 0.5)


def test_the_bars_hold():
    result = score(messages("development") + messages("holdout"))
    assert result.recall(names=False) >= 0.99, result.missed
    assert result.recall(names=True) >= 0.95, result.missed
    assert result.precision >= 0.90, result.wrong
