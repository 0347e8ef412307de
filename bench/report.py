"""The figures, for people: a table on the screen, a page to keep, and a picture."""

import os
import platform
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.measure import Times

BAR = 2.0  # a turn costs at most so many times the bare bot's


@dataclass(frozen=True)
class Figures:
    """Everything that was measured. Sides are "bare", "ours" and "our Rasa alone"."""

    turns: dict[str, dict[str, Times]]  # by what was said, then by side
    crowd: dict[int, dict[str, float]]  # turns a second by talkers, then by side
    memory: dict[str, float]  # megabytes by process
    search: Times
    busy: float  # the machine's load average at the start, per core

    def ratio(self, said: str) -> float:
        return self.turns[said]["ours"].p50 / self.turns[said]["bare"].p50

    def overhead(self, said: str) -> float:
        """What the gateway, its queue and its database add to our own Rasa, in milliseconds."""
        return self.turns[said]["ours"].p50 - self.turns[said]["our Rasa alone"].p50


def sections(figures: Figures) -> list[tuple[str, list[str], list[list[str]]]]:
    """Title, headings and rows of each table."""
    turns = [
        [said, side, f"{times.p50:.0f} ms", f"{times.p95:.0f} ms", f"{times.p50 / sides['bare'].p50:.2f}"]
        for said, sides in figures.turns.items() for side, times in sides.items()]
    crowd = [[str(talkers), *(f"{sides[side]:.1f}" for side in ("bare", "ours"))] for talkers, sides in figures.crowd.items()]
    return [
        ("One turn", ["said", "side", "p50", "p95", "times the bare bot's p50"], turns),
        ("What the gateway adds to our own Rasa", ["said", "p50"], [[said, f"{figures.overhead(said):.0f} ms"] for said in figures.turns]),
        ("Turns a second", ["parents writing at once", "bare", "ours"], crowd),
        ("Search alone", ["p50", "p95"], [[f"{figures.search.p50:.1f} ms", f"{figures.search.p95:.1f} ms"]]),
        ("Memory", ["process", "resident"], [[name, f"{size:.0f} MB"] for name, size in figures.memory.items()]),
    ]


def show(figures: Figures, screen: Console) -> None:
    for title, headings, rows in sections(figures):
        table = Table(*headings, title=title, title_justify="left")
        for row in rows:
            table.add_row(*row)
        screen.print(table)


def machine() -> str:
    """The processor and its cores; no names and no paths."""
    cpuinfo = Path("/proc/cpuinfo")
    models = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if line.startswith("model name")] \
        if cpuinfo.exists() else []
    return f"{models[0] if models else platform.processor() or platform.machine()}, {os.cpu_count()} cores"


def write(figures: Figures, folder: Path, today: date) -> Path:
    """report.md and report.png."""
    verdicts = [f"- {said}: {figures.ratio(said):.2f} times the bare bot's turn; the bar is {BAR:.0f}" for said in figures.turns]
    lines = [
        "# How fast Sendline is, beside a bare Rasa bot", "",
        f"{today.isoformat()}. {machine()}, shared with other work (load {figures.busy:.1f} a core at the start), so compare the "
        "sides, which took turns within one run, rather than the milliseconds.", "",
        "**bare** is what `rasa init` makes, trained with its own defaults, on its REST channel: it keeps nothing, searches nothing "
        "and screens nothing. **ours** is a message posted at the web door until its answer is on the page's event stream: screened, "
        "committed, queued, answered, committed again. **our Rasa alone** is the same message straight to our Rasa and its actions.",
        "", *verdicts, "", "![The same figures as a picture](report.png)", "",
    ]
    for title, headings, rows in sections(figures):
        lines += [f"## {title}", "", *("| " + " | ".join(row) + " |" for row in (headings, ["---"] * len(headings), *rows)), ""]
    page = folder / "report.md"
    page.write_text("\n".join(lines), encoding="utf-8")
    draw(figures, folder / "report.png")
    return page


def draw(figures: Figures, to: Path) -> None:
    """Turns on the left, crowds on the right."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    colours = {"bare": "#7a7a7a", "ours": "#0b6e4f", "our Rasa alone": "#9fd3c0"}
    picture, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4.6), layout="constrained")
    width = 0.26
    for place, side in enumerate(colours):
        p50, p95 = ([getattr(sides[side], part) for sides in figures.turns.values()] for part in ("p50", "p95"))
        at = [number + (place - 1) * width for number in range(len(figures.turns))]
        bars = left.bar(at, p50, width * 0.92, color=colours[side], label=side)
        left.bar_label(bars, fmt="%.0f", padding=2)
        left.plot(at, p95, "_", color="black", markersize=14, label="p95" if place == 0 else None)
    left.set_xticks(range(len(figures.turns)), list(figures.turns))
    left.set(title="One turn: median (bar) and 95th percentile (line)", ylabel="milliseconds")
    left.legend(frameon=False)
    for side in ("bare", "ours"):
        speeds = [sides[side] for sides in figures.crowd.values()]
        right.plot([str(n) for n in figures.crowd], speeds, "o-", color=colours[side], label=side)
    right.set(title="Turns a second", xlabel="parents writing at once", ylabel="turns a second", ylim=(0, None))
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(to, dpi=120)
    pyplot.close(picture)
