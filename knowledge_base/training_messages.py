"""Messages of the training data in data/ that stand for something here too."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base import HOME

DATA = HOME.parent / "data"
NLU = DATA / "nlu"
UNANSWERABLE = ("out_of_scope", "abuse", "greet", "thank", "goodbye", "bot_challenge")


def examples(intent: str) -> list[str]:
    """The examples of one intent."""
    blocks = yaml.safe_load((NLU / f"{intent}.yml").read_text(encoding="utf-8"))["nlu"]
    return [line[2:].strip() for block in blocks for line in block["examples"].splitlines() if line.startswith("- ")]


def unanswerable() -> list[str]:
    """Messages that no entry answers."""
    return [text for intent in UNANSWERABLE for text in examples(intent)]


def small_talk() -> list[str]:
    """Messages that mean no danger: every intent but distress and the questions."""
    return [text for path in sorted(NLU.glob("*.yml")) if path.stem not in ("distress", "question") for text in examples(path.stem)]


def rows(folder: Path, pattern: str) -> Iterator[dict[str, Any]]:
    """Every row of the JSON Lines files of a folder, in the order of their names."""
    for path in sorted(folder.glob(pattern)):
        yield from (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


@lru_cache
def stories() -> dict[str, list[str]]:
    """Parents' long messages by the entry that answers each: more ways of asking, too long for the entries' own files."""
    found = defaultdict(list)
    for row in rows(DATA / "search", "*.jsonl"):
        found[row["entry"]].append(row["text"])
    return found


@dataclass(frozen=True)
class Leaning:
    """A message in the middle of a conversation: the entries shown before it, newest last, and the one that answers it, if any."""

    text: str
    shown: tuple[str, ...]
    entry: str | None


@lru_cache
def leanings() -> tuple[Leaning, ...]:
    """Follow-ups written to one answer, and the later turns of whole conversations."""
    found = [Leaning(row["text"], (row["after"],), row["entry"]) for row in rows(DATA / "search" / "follow_ups", "*.jsonl")]
    for talk in rows(DATA / "search" / "conversations", "*.jsonl"):
        shown: tuple[str, ...] = ()
        for turn in talk["turns"]:
            if shown:
                found.append(Leaning(turn["text"], shown, turn["entry"]))
            shown += (turn["entry"],) if turn["entry"] else ()
    return tuple(found)


@lru_cache
def elsewhere() -> tuple[str, ...]:
    """Messages that belong to another door than ours."""
    return tuple(row["text"] for row in rows(DATA / "scope", "outside*.jsonl"))
