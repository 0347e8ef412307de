"""`sendline`: what it prints, and that every error is one plain sentence on standard error with a non-zero exit."""

import json

import pytest

from bot import __main__ as command_line
from bot import unanswered_groups
from bot.conversation import Inbound, Outcome
from bot.unanswered_groups import Group


@pytest.fixture
def one_unanswered(store, settings):
    """A question in the home of the test that found no answer."""
    talk = store.conversations.start("default", "web").id
    store.turns.receive(Inbound(talk, "web", "1", "=HYPERLINK(1) can he have a pony"), None)
    store.turns.finish(store.turns.claim("a"), Outcome("unanswered", unanswered="below threshold", topic="other", score=0.1), 5)


@pytest.fixture
def grouped(monkeypatch):
    """Grouping without the language model: all questions are one group."""
    monkeypatch.setattr(unanswered_groups, "group", lambda questions: [
        Group(questions[0].text, len(questions), (), {"below threshold": len(questions)}, "other", "2026-11-23", "2026-11-23"),
    ] if questions else [])


def test_help_names_the_commands(sendline):
    code, out, _ = sendline("--help")
    assert code == 0 and all(name in out for name in ("serve", "train", "ask", "batch", "unanswered", "doctor", "kb", "adviser"))


def test_the_same_is_python_dash_m_bot():
    assert command_line.main.__module__ == "bot.__main__"


@pytest.mark.parametrize("setting, value, says", [
    ("SENDLINE_PORT", "many", "SENDLINE_PORT is 'many', which is not a number."), ("SENDLINE_TODAY", "soon", "SENDLINE_TODAY is 'soon'"),
])
def test_a_setting_that_makes_no_sense_is_a_sentence(sendline, monkeypatch, setting, value, says):
    monkeypatch.setenv(setting, value)
    code, out, err = sendline("unanswered")
    assert code == 1 and err.startswith(says) and "Traceback" not in err and out == ""


def test_an_unknown_command_is_refused(sendline):
    code, _, err = sendline("frobnicate")
    assert code == 2 and "No such command" in err


# ------------------------------------------------------------------ batch


@pytest.mark.parametrize("content, says", [
    (None, "cannot be read as UTF-8 text (FileNotFoundError). Check the name."),
    (b"\xff\xfe\x00", "cannot be read as UTF-8 text (UnicodeDecodeError)."),
    (b'{"id": "1", "text": "fine"}\nnot json\n', "in.jsonl, line 2: write one object a line"),
])
def test_a_file_that_cannot_be_read_is_a_sentence_before_anything_starts(sendline, tmp_path, content, says):
    source = tmp_path / "in.jsonl"
    if content is not None:
        source.write_bytes(content)
    code, _, err = sendline("batch", str(source), str(tmp_path / "out.jsonl"))
    assert code == 1 and says in err and not (tmp_path / "out.jsonl").exists()


def test_without_rasa_batch_and_ask_say_how_to_install_it(sendline, tmp_path, monkeypatch):
    monkeypatch.setattr("bot.training.RASA", tmp_path / "rasa")
    (tmp_path / "in.jsonl").write_text('{"id": "1", "text": "hello"}\n')
    for words in (("batch", str(tmp_path / "in.jsonl"), str(tmp_path / "out.jsonl")), ("ask", "hello")):
        code, _, err = sendline(*words)
        assert code == 1 and "Rasa is not installed. Run 'make setup'." in err


# ------------------------------------------------------------------ unanswered


def test_with_nothing_unanswered_it_says_so(sendline):
    assert sendline("unanswered") == (0, "Every question so far was answered.\n", "")


def test_a_day_that_is_none_is_a_sentence(sendline):
    code, _, err = sendline("unanswered", "--since", "last week")
    assert (code, err) == (1, "'last week' is not a date. Write it as 2026-11-01.\n")


def test_groups_are_listed_for_people_programs_and_spreadsheets(sendline, one_unanswered, grouped):
    assert "can he have a pony" in sendline("unanswered")[1]
    (group,) = json.loads(sendline("unanswered", "--json")[1])
    assert group["size"] == 1 and group["label"].endswith("can he have a pony")
    header, row = sendline("unanswered", "--csv")[1].splitlines()
    assert header == "size,topic,question,reasons,first,last" and row.startswith("1,other,'=HYPERLINK")


def test_since_leaves_out_what_is_older(sendline, one_unanswered, grouped):
    assert "Every question" in sendline("unanswered", "--since", "2999-01-01")[1]


# ------------------------------------------------------------------ advisers


def test_an_adviser_is_added_listed_and_shut_out(sendline):
    added = sendline("adviser", "add", "Amina", "Amina Yusuf", typed="a long enough password\n")
    assert added[1] == "Amina Yusuf can sign in as 'amina'.\n"
    assert "active" in sendline("adviser", "list")[1]
    assert sendline("adviser", "disable", "amina")[0] == 0
    assert "disabled" in sendline("adviser", "list")[1]


@pytest.mark.parametrize("words, typed, says", [
    (("adviser", "add", "amina", "Amina"), "short\n", "at least 12 characters"),
    (("adviser", "add", "amina", "Amina", "--service", "nowhere"), "a long enough password\n", "no service 'nowhere'"),
    (("adviser", "disable", "nobody"), "", "There is no adviser 'nobody'."),
])
def test_what_cannot_be_done_is_a_sentence(sendline, words, typed, says):
    code, out, err = sendline(*words, typed=typed)
    assert code == 1 and says in err and "Traceback" not in err and out == ""


def test_a_password_is_never_printed(sendline):
    code, out, err = sendline("adviser", "add", "amina", "Amina", typed="correct horse battery\n")
    assert code == 0 and "correct horse" not in out + err


# ------------------------------------------------------------------ the knowledge base and the doctor


@pytest.fixture
def checked(monkeypatch):
    """Makes the check find what a test wants."""
    return lambda *problems: monkeypatch.setattr("knowledge_base.check.check", lambda today: (list(problems), {"entries": 3}))


def test_kb_check_names_every_problem_and_fails(sendline, checked):
    checked("taxi: one.", "taxi: two.")
    code, out, err = sendline("kb", "check")
    assert code == 1 and err.splitlines() == ["taxi: one.", "taxi: two."] and "entries" in out
    assert json.loads(sendline("kb", "check", "--json")[1]) == {"problems": ["taxi: one.", "taxi: two."], "figures": {"entries": 3}}


def test_kb_check_of_a_sound_base_succeeds(sendline, checked):
    checked()
    assert sendline("kb", "check")[0] == 0


def test_doctor_fails_when_something_is_to_be_mended(sendline, monkeypatch):
    monkeypatch.setattr("bot.doctor.findings", lambda settings, today: iter([(True, "fine"), (False, "broken. Run this.")]))
    code, out, _ = sendline("doctor")
    assert code == 1 and "ok    fine" in out and "mend  broken. Run this." in out
    monkeypatch.setattr("bot.doctor.findings", lambda settings, today: iter([(True, "fine")]))
    assert sendline("doctor")[0] == 0
