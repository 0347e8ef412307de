"""`python -m bench.redaction`: how much of what says who somebody is `redact` finds, on messages marked by hand.

A marked detail counts as found when at least four fifths of its characters are gone; a redaction counts as right when at
least half of its characters were marked.
"""

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.privacy import find

SET = Path(__file__).parent.parent / "tests/evaluation/redaction.jsonl"
NAMES = ("name", "school")
_MARK = re.compile(r"\[\[(\w+):([^\]]+)\]\]")


@dataclass(frozen=True)
class Marked:
    """One message: its text, and what in it says who somebody is as (start, end, kind)."""

    half: str
    text: str
    spans: tuple[tuple[int, int, str], ...]


def unmark(half: str, marked: str) -> Marked:
    """A message read from text such as "my son [[name:Kayden]] is 7"."""
    text, spans, end = "", [], 0
    for found in _MARK.finditer(marked):
        text += marked[end:found.start()]
        spans.append((len(text), len(text) + len(found[2]), found[1]))
        text, end = text + found[2], found.end()
    return Marked(half, text + marked[end:], tuple(spans))


def messages(half: str) -> list[Marked]:
    """One half of the set: "development" or "holdout"."""
    rows = map(json.loads, SET.read_text(encoding="utf-8").splitlines())
    return [unmark(row["half"], row["text"]) for row in rows if row["half"] == half]


@dataclass(frozen=True)
class Score:
    """Found and marked details of each kind; right and all redactions; what was missed and taken wrongly."""

    found: Counter
    marked: Counter
    right: int
    redactions: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    def recall(self, names: bool) -> float:
        """Of names and schools, or of everything else."""
        kinds = [k for k in self.marked if (k in NAMES) == names]
        return sum(self.found[k] for k in kinds) / sum(self.marked[k] for k in kinds)

    @property
    def precision(self) -> float:
        return self.right / self.redactions


def score(marked: list[Marked]) -> Score:
    """How `find` does on these messages."""
    found, all_, missed, wrong, right, redactions = Counter(), Counter(), [], [], 0, 0
    for message in marked:
        gone = list(find(message.text))
        gone_at = {i for f in gone for i in range(f.start, f.end)}
        marked_at = {i for a, b, _ in message.spans for i in range(a, b)}
        for a, b, kind in message.spans:
            all_[kind] += 1
            if len(gone_at.intersection(range(a, b))) >= 0.8 * (b - a):
                found[kind] += 1
            else:
                missed.append(f"{kind}: {message.text[a:b]} | {message.text}")
        for f in gone:
            redactions += 1
            if len(marked_at.intersection(range(f.start, f.end))) >= 0.5 * (f.end - f.start):
                right += 1
            else:
                wrong.append(f"{f.kind}: {message.text[f.start:f.end]} | {message.text}")
    return Score(found, all_, right, redactions, tuple(missed), tuple(wrong))


def main(halves: list[str]) -> None:
    """Print the figures; with -v also what was missed and taken wrongly."""
    for half in [h for h in halves if not h.startswith("-")] or ["development", "holdout"]:
        result = score(messages(half))
        print(f"{half}: {len(messages(half))} messages")
        print(f"  patterned recall {result.recall(names=False):.3f}   names and schools recall {result.recall(names=True):.3f}"
              f"   precision {result.precision:.3f}")
        print("  " + ", ".join(f"{kind} {result.found[kind]}/{n}" for kind, n in sorted(result.marked.items())))
        if "-v" in halves:
            print(*("  missed " + line for line in result.missed), *("  wrong  " + line for line in result.wrong), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
