"""`make eval`: the whole pipeline over every labelled set that is here, counted, each figure beside its bar.

`python -m bench.answers questions sms` takes only the sets of those kinds. What was counted is kept in var/eval/<kind>.json, what was
said in var/eval/<set>.jsonl.
"""

import argparse
import json
from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.progress import track

from bench import bars
from bench.labelled import ROOT, sets
from bench.page import on_screen
from bench.scoring import score_conversations, score_outofscope, score_questions, score_safety, score_sms
from bot.batch import Row, pipeline, run_rows
from bot.gateway import Gateway
from bot.settings import read_settings

Said = dict[str, dict[str, Any]]  # the last turn of each conversation by its id, and every turn by id and number: "c01", "c01 2"
KINDS: dict[str, Callable[[list[dict], Said], dict[str, Any]]] = {
    "questions": score_questions, "outofscope": score_outofscope, "safety": score_safety, "sms": score_sms,
    "conversations": score_conversations}


def asked(rows: list[dict]) -> list[Row]:
    """The conversations of labelled rows: a row with a wording for text messages is two, one by each channel."""
    out = []
    for row in rows:
        out.append(Row(row["id"], tuple(row.get("turns") or [row["text"]]), "web"))
        if "sms" in row:
            out.append(Row(f"{row['id']} sms", (row["sms"],), "sms"))
    return out


def answers(gateway: Gateway, rows: list[dict], title: str) -> Said:
    """What the pipeline says to labelled rows."""
    talks, said = asked(rows), {}
    for lines in track(run_rows(gateway, talks), total=len(talks), description=title):
        said |= {f"{line['id']} {line['turn']}": line for line in lines} | {lines[-1]["id"]: lines[-1]}
    return said


def main() -> None:
    chosen = argparse.ArgumentParser(description="How good the answers are.")
    chosen.add_argument("kinds", nargs="*", help=f"only these: {', '.join(KINDS)}")
    kinds = chosen.parse_args().kinds or list(KINDS)
    if unknown := set(kinds) - set(KINDS):
        chosen.error(f"There is no set called {', '.join(sorted(unknown))}. There are {', '.join(KINDS)}.")
    screen, kept = Console(width=130), ROOT / "var" / "eval"
    kept.mkdir(parents=True, exist_ok=True)
    with pipeline(read_settings()) as gateway:
        for kind in kinds:
            report = {}
            for one in sets(kind):
                rows = one.rows()
                said = answers(gateway, rows, one.path.stem)
                turns = [json.dumps(line) + "\n" for key, line in said.items() if key != line["id"]]
                (kept / f"{one.path.stem}.jsonl").write_text("".join(turns), encoding="utf-8")
                report[one.name] = KINDS[kind](rows, said)
            (kept / f"{kind}.json").write_text(json.dumps(report, indent=1))
            table = [row for name, figures in report.items() for row in bars.rows(name, figures)]
            screen.print(on_screen(kind, ["set", "figure", "value", "bar", "reached"], table))


if __name__ == "__main__":
    main()
