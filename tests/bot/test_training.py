"""The dialogue model is used only when it is the one that was trained here."""

import json

import pytest
import yaml

from bot.errors import SetupError
from bot.training import MODEL, entry_questions, trusted_model
from knowledge_base.encoder import sha256


@pytest.fixture
def home(tmp_path):
    """A home with a model and its manifest."""
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / MODEL).write_bytes(b"a trained model")
    (folder / "manifest.json").write_text(json.dumps({"sha256": sha256(folder / MODEL)}))
    return tmp_path


def test_a_model_that_was_trained_here_is_trusted(home):
    assert trusted_model(home) == home / "model" / MODEL


def test_one_changed_byte_is_refused(home):
    (home / "model" / MODEL).write_bytes(b"a trained modeL")
    with pytest.raises(SetupError, match="wrong checksum"):
        trusted_model(home)


@pytest.mark.parametrize("missing", [MODEL, "manifest.json"])
def test_a_missing_model_says_how_to_train_it(home, missing):
    (home / "model" / missing).unlink()
    with pytest.raises(SetupError, match="make train"):
        trusted_model(home)


def test_a_new_entry_teaches_the_dialogue_model_too():
    made = yaml.safe_load(entry_questions())["nlu"]
    assert [block["intent"] for block in made] == ["question"]
    lines = made[0]["examples"].splitlines()
    assert len(lines) > 900 and all(line.startswith("- ") and "[" not in line for line in lines)
