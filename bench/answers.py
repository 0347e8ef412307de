"""`make eval`: the whole pipeline over every labelled set that is here, counted.

The sets in tests/evaluation/ named *_blind were written without sight of the entries and the patterns. The development
sets beside the project, where there are any, were seen while the answers were written: read their figures so.
"""

import json
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.scoring import score_outofscope, score_questions, score_safety
from bot.batch import Row, pipeline, run_rows
from bot.settings import read_settings

ROOT = Path(__file__).parent.parent
SETS = (
    ("questions", score_questions, ("tests/evaluation/questions_blind.jsonl", "../shared/eval/questions.jsonl")),
    ("out of scope", score_outofscope, ("tests/evaluation/outofscope_blind.jsonl", "../shared/eval/outofscope.jsonl")),
    ("safety", score_safety, ("tests/evaluation/safety_blind.jsonl", "../shared/eval/distress.jsonl")),
)


def read(path: Path) -> list[dict]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    screen, report = Console(width=130), {}
    with pipeline(read_settings()) as gateway:
        for kind, score, paths in SETS:
            for path in (ROOT / p for p in paths):
                if not path.exists():
                    continue
                rows = read(path)
                inputs = [Row(r["id"], tuple(r.get("turns") or [r["text"]]), "web") for r in rows]
                said = {lines[-1]["id"]: lines[-1] for lines in track(run_rows(gateway, inputs), total=len(rows), description=path.stem)}
                scored = [r for r in rows if score is not score_outofscope or r.get("route_ok")]
                report[f"{kind}: {'development' if 'shared' in path.parts else 'blind'}"] = score(scored, said)
    table = Table("set", "figure", "value")
    for name, figures in report.items():
        for figure, value in figures.items():
            table.add_row(name, figure, str(value))
        table.add_section()
    screen.print(table)
    (ROOT / "var" / "eval.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
