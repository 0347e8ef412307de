"""Rasa's own way to answer questions: a ResponseSelector, taught the same passages in Rasa's own environment.

The pipeline is the one of Rasa's page on questions and answers (rasa.com/docs/rasa/chitchat-faqs) without the parts that
have nothing to do here: with one intent there is no intent to tell apart, and there are no entities.
"""

import json
import os
import subprocess
from collections import defaultdict
from pathlib import Path

from bot.errors import SetupError
from bot.training import QUIET, RASA
from knowledge_base.passages import TEXT, Passage

EPOCHS = 100  # as on Rasa's page
PIPELINE = (
    {"name": "WhitespaceTokenizer"}, {"name": "RegexFeaturizer"}, {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"}, {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
)


def one_line(text: str) -> str:
    """A text as an example of Rasa's format, in which square brackets would mark an entity."""
    return " ".join(text.split()).replace("[", "(").replace("]", ")")


def project(passages: list[Passage], epochs: int) -> dict[str, str]:
    """The files of a Rasa project: titles and questions are its examples, the short answers its responses."""
    asked, said = defaultdict(list), {}
    for passage in passages:
        if passage.kind == TEXT:
            said.setdefault(passage.entry, passage.text)
        else:
            asked[passage.entry].append(one_line(passage.text))
    selector = {"name": "ResponseSelector", "retrieval_intent": "faq", "epochs": epochs, "ranking_length": 0, "random_seed": 1}
    examples = "".join(
        f"- intent: faq/{entry}\n  examples: |\n" + "".join(f"    - {line}\n" for line in lines) for entry, lines in asked.items())
    return {  # JSON is YAML
        "config.yml": json.dumps({"recipe": "default.v1", "assistant_id": "peer", "language": "en", "pipeline": [*PIPELINE, selector]}),
        "domain.yml": json.dumps({"version": "3.1", "intents": ["faq"], "responses": {
            f"utter_faq/{entry}": [{"text": text}] for entry, text in said.items()}}),
        "nlu.yml": f'version: "3.1"\nnlu:\n{examples}',
    }


def train(passages: list[Passage], folder: Path, epochs: int = EPOCHS) -> Path:
    """A trained model in `folder`. Raises SetupError with Rasa's last words."""
    for name, text in project(passages, epochs).items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        [RASA, "train", "nlu", "--config", "config.yml", "--domain", "domain.yml", "--nlu", "nlu.yml", "--out", ".",
         "--fixed-model-name", "peer"],
        cwd=folder, env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    return _worked(done, folder / "peer.tar.gz")


def ask(model: Path, texts: list[str]) -> list[list[str]]:
    """The entries for each text, best first."""
    done = subprocess.run(
        [RASA.with_name("python"), Path(__file__).with_name("rasa_says.py"), model], input="".join(json.dumps(t) + "\n" for t in texts),
        env={**os.environ, **QUIET}, capture_output=True, text=True, check=False)
    _worked(done, model)
    return [[key.removeprefix("faq/") for key in json.loads(line)] for line in done.stdout.splitlines() if line.startswith("[")]


def _worked(done: subprocess.CompletedProcess, model: Path) -> Path:
    if done.returncode or not model.exists():
        last = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()][-3:]
        raise SetupError("Rasa could not take part. It said: " + " ".join(last))
    return model
