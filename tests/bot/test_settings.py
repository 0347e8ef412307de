"""Every setting in one list; a value that makes no sense is a sentence; a secret does not print."""

from datetime import date
from pathlib import Path

import pytest

from bot.errors import SetupError
from bot.settings import SETTINGS, Secret, new_id, read_settings

README = Path(__file__).parents[2] / "README.md"


def test_the_defaults_work_alone(tmp_path):
    ours = read_settings({})
    assert ours.database == f"sqlite:///{ours.home / 'sendline.db'}" and ours.engine_url == "http://127.0.0.1:5005"
    assert ours.public_url == "http://127.0.0.1:8080" and ours.today is None and ours.sites == ()


def test_a_setting_comes_from_the_environment(tmp_path):
    ours = read_settings({"SENDLINE_HOME": str(tmp_path), "SENDLINE_TODAY": "2026-11-22", "SENDLINE_SITES": "https://a https://b"})
    assert (ours.home, ours.date_today(), ours.sites) == (tmp_path, date(2026, 11, 22), ("https://a", "https://b"))


def test_an_empty_value_means_the_default():
    assert read_settings({"SENDLINE_PORT": ""}).port == 8080


@pytest.mark.parametrize("name", [
    "PORT", "ENGINE_PORT", "ACTIONS_PORT", "ENGINE_BUDGET", "ACTION_BUDGET", "TALKERS", "MESSAGES_PER_MINUTE", "MESSAGES_PER_ADDRESS"])
def test_a_number_that_is_none_is_a_sentence(name):
    with pytest.raises(SetupError, match=f"SENDLINE_{name} is 'many', which is not a number. Set a number, or leave it out."):
        read_settings({f"SENDLINE_{name}": "many"})


def test_a_date_that_is_none_is_a_sentence():
    with pytest.raises(SetupError, match=r"SENDLINE_TODAY is 'tomorrow': write a date such as 2026-11-22\."):
        read_settings({"SENDLINE_TODAY": "tomorrow"})


def test_a_secret_never_prints():
    secret = Secret("hunter2")
    assert "hunter2" not in f"{secret} {secret!r} {[secret]} {read_settings({'SENDLINE_ADMIN_PASSWORD': 'hunter2'})}"
    assert secret.reveal() == "hunter2"


def test_every_setting_has_a_name_and_a_help_of_its_own():
    assert len({s.name for s in SETTINGS}) == len(SETTINGS)
    assert all(s.help and not s.help.endswith(".") for s in SETTINGS)
    assert {s.name for s in SETTINGS} == set(read_settings({}).__dataclass_fields__)


def test_every_setting_is_in_the_readme():
    written = README.read_text(encoding="utf-8")
    assert [s.name for s in SETTINGS if f"SENDLINE_{s.name.upper()}" not in written] == []


def test_ids_are_long_random_and_hexadecimal():
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000 and all(len(i) == 32 and int(i, 16) >= 0 for i in ids)
