"""Training the dialogue model with Rasa in its own environment; done again only when something it is made from changed."""

import json
import os
import random
import subprocess
from hashlib import sha256
from pathlib import Path

import yaml

from bot.errors import SetupError
from knowledge_base.encoder import sha256 as file_sha256
from knowledge_base.entry import entries
from knowledge_base.text_speak import hasty
from knowledge_base.training_messages import leanings

ROOT = Path(__file__).parent.parent
RASA = ROOT / ".venv-rasa" / "bin" / "rasa"
MODEL = "dialogue.tar.gz"
HASTY_EVERY = 3  # every third question is also taught in text-speak
# Rasa reads nothing from the internet here, and TensorFlow's chatter is not for the person who waits.
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1", "PYTHONWARNINGS": "ignore",
         "TF_ENABLE_ONEDNN_OPTS": "0"}


def entry_questions() -> str:
    """The entries' own questions and what people ask after them, some also as thumbs type them, as training data for `question`.

    So a new entry teaches Rasa too.
    """
    after = [turn.text for turn in leanings() if turn.entry and entries()[turn.entry].topic != "iass-help"]  # those often ask for a person
    told = [*(q for e in entries().values() for q in e.questions), *after]
    asked = [" ".join(q.split()).replace("[", "(").replace("]", ")") for q in told]
    rng = random.Random(0)
    lines = asked + [hasty(q, rng) for q in asked[::HASTY_EVERY]]
    examples = "\n".join(f"- {line}" for line in lines) + "\n"
    data = {"version": "3.1", "nlu": [{"intent": "question", "examples": _Block(examples)}]}
    return yaml.safe_dump(data, allow_unicode=True, width=10_000)


class _Block(str):
    """A text that YAML writes as a block, as Rasa's format wants it."""


yaml.SafeDumper.add_representer(_Block, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|"))


def fingerprint() -> str:
    """What the model is made from."""
    total = sha256(entry_questions().encode())
    for path in sorted([*(ROOT / "data").rglob("*.yml"), ROOT / "bot/rasa/config.yml", *(ROOT / "bot/rasa/domain").glob("*.yml"),
                        ROOT / "bot/rasa/requirements.lock"]):
        total.update(path.read_bytes())
    return total.hexdigest()


def train(home: Path) -> bool:
    """Train the model into <home>/model; False when it was up to date. Raises SetupError with Rasa's last words."""
    folder = home / "model"
    manifest = folder / "manifest.json"
    mark = fingerprint()
    if manifest.exists() and json.loads(manifest.read_text()).get("made_from") == mark and (folder / MODEL).exists():
        return False
    if not RASA.exists():
        raise SetupError("Rasa is not installed. Run 'make setup'.")
    extra = folder / "nlu"
    extra.mkdir(parents=True, exist_ok=True)
    (extra / "entry_questions.yml").write_text(entry_questions(), encoding="utf-8")
    done = subprocess.run(
        [RASA, "train", "--config", "bot/rasa/config.yml", "--domain", "bot/rasa/domain", "--data", "data", str(extra),
         "--out", str(folder), "--fixed-model-name", "dialogue"],
        cwd=ROOT, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        reasons = [line for line in lines if "UserWarning" in line or "Error" in line]
        raise SetupError("Rasa could not train the dialogue model. It said: " + " ".join((reasons or lines)[-3:]))
    manifest.write_text(json.dumps({"made_from": mark, "sha256": file_sha256(folder / MODEL)}, indent=1))
    return True


def trusted_model(home: Path) -> Path:
    """The trained model, its checksum verified. Raises SetupError for a missing or changed one."""
    path, manifest = home / "model" / MODEL, home / "model" / "manifest.json"
    if not path.exists() or not manifest.exists():
        raise SetupError("There is no trained dialogue model. Run 'make train'.")
    if file_sha256(path) != json.loads(manifest.read_text())["sha256"]:
        raise SetupError("The dialogue model is not the one that was trained here (wrong checksum). Delete var/model and run 'make train'.")
    return path
