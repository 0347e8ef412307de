"""`sendline doctor`: what is wrong and what to do, one line each."""

from datetime import date, timedelta

import pytest

from bot import doctor, wording
from bot.errors import SetupError


@pytest.fixture
def found(settings, monkeypatch):
    """What the doctor says on a day, in a folder where nothing was set up."""
    monkeypatch.setattr(doctor, "check_port", lambda *_: None)
    monkeypatch.setattr(doctor, "check", lambda today: ([], {"entries": 120}))
    return lambda today=date(2026, 11, 23): list(doctor.findings(settings, today))


def test_what_is_missing_is_said_with_what_to_do(found):
    bad = [sentence for well, sentence in found() if not well]
    assert any("no trained dialogue model. Run 'make train'" in s for s in bad)
    assert any("no search index yet. Run 'sendline kb build'" in s for s in bad)


def test_what_is_in_order_is_said_too(found):
    good = [sentence for well, sentence in found() if well]
    assert "The database is in order." in good and "The knowledge base is in order: 120 answers." in good


def test_a_damaged_import_of_the_code_is_a_fault(found, settings):
    assert (True, "The Code of Practice is in order.") in found()
    (settings.home / "code").mkdir(parents=True)
    (settings.home / "code" / "manifest.json").write_text("{")
    assert (False, "The imported Code of Practice is damaged. Run 'sendline kb import-code' again.") in found()


def test_crisis_numbers_that_nobody_checked_for_three_months_are_a_fault(found):
    today = wording.NUMBERS_CHECKED + timedelta(days=wording.NUMBERS_MAX_AGE_DAYS)
    numbers = [[well for well, s in found(day) if "crisis numbers" in s] for day in (today, today + timedelta(days=1))]
    assert numbers == [[True], [False]]


def test_problems_of_the_knowledge_base_are_counted(found, monkeypatch):
    monkeypatch.setattr(doctor, "check", lambda today: (["one", "two"], {"entries": 120}))
    assert (False, "2 problems in the knowledge base. Run 'sendline kb check'.") in found()


def test_without_rasa_the_doctor_says_how_to_install_it(found, monkeypatch, tmp_path):
    monkeypatch.setattr(doctor, "RASA", tmp_path / "rasa")
    assert found()[0] == (False, "Rasa is not installed. Run 'make setup'.")


def test_a_port_in_use_is_said_but_is_no_fault(found, monkeypatch):
    def used(*_):
        raise SetupError("Port 8080 is in use.")

    monkeypatch.setattr(doctor, "check_port", used)
    assert found()[-1] == (True, "Port 8080 is in use. (This is fine when it is Sendline that is running.)")
