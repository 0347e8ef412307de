"""The labelled sets, and which of them are still blind. What a row holds is in docs/evaluation.md."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BLIND, DEVELOPMENT = "blind", "development"


@dataclass(frozen=True)
class Labelled:
    """One file of labelled messages. Development sets were seen while things were mended."""

    kind: str
    seen: str
    path: Path

    @property
    def name(self) -> str:
        return f"{self.kind}, {self.seen} ({self.path.stem})"

    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.path.read_text(encoding="utf-8").splitlines() if line.strip()]


SETS = tuple(Labelled(kind, seen, ROOT / path) for kind, seen, path in (
    ("questions", BLIND, "tests/evaluation/questions_blind_3.jsonl"),
    ("questions", BLIND, "tests/evaluation/questions_blind_2.jsonl"),
    ("questions", DEVELOPMENT, "tests/evaluation/questions_dev.jsonl"),
    ("questions", DEVELOPMENT, "../shared/eval/questions.jsonl"),
    ("outofscope", BLIND, "tests/evaluation/outofscope_blind_5.jsonl"),
    ("outofscope", BLIND, "tests/evaluation/outofscope_blind_6.jsonl"),
    ("outofscope", DEVELOPMENT, "tests/evaluation/outofscope_dev.jsonl"),
    ("outofscope", DEVELOPMENT, "tests/evaluation/outofscope_dev_2.jsonl"),
    ("outofscope", DEVELOPMENT, "tests/evaluation/outofscope_dev_3.jsonl"),
    ("outofscope", DEVELOPMENT, "tests/evaluation/outofscope_dev_4.jsonl"),
    ("outofscope", DEVELOPMENT, "../shared/eval/outofscope.jsonl"),
    ("safety", BLIND, "tests/evaluation/safety_blind_5.jsonl"),
    ("safety", BLIND, "tests/evaluation/safety_blind_6.jsonl"),
    ("safety", DEVELOPMENT, "tests/evaluation/safety_dev.jsonl"),
    ("safety", DEVELOPMENT, "tests/evaluation/safety_dev_2.jsonl"),
    ("safety", DEVELOPMENT, "tests/evaluation/safety_dev_3.jsonl"),
    ("safety", DEVELOPMENT, "tests/evaluation/safety_dev_4.jsonl"),
    ("safety", DEVELOPMENT, "../shared/eval/distress.jsonl"),
    ("sms", BLIND, "tests/evaluation/sms_pairs_blind_4.jsonl"),
    ("sms", DEVELOPMENT, "tests/evaluation/sms_pairs_dev.jsonl"),
    ("sms", DEVELOPMENT, "tests/evaluation/sms_pairs_dev_2.jsonl"),
    ("conversations", BLIND, "tests/evaluation/conversations_blind.jsonl"),
    ("conversations", DEVELOPMENT, "tests/evaluation/conversations_dev.jsonl"),
))


def sets(*kinds: str) -> list[Labelled]:
    """The sets of these kinds that are on this machine."""
    return [one for one in SETS if one.kind in kinds and one.path.exists()]
