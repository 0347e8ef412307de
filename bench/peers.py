"""`python -m bench.peers`: Sendline's search beside other ways to find the answer, on the same questions and passages.

BM25 and MiniLM as it comes take the entry of the best passage. Rasa's ResponseSelector learns the passages in its own
environment. Every side gets the whole message with parents' short words spelt out, as the passages have them, and every
side has to name an entry for every question.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import numpy as np
from rich.console import Console

from bench import rasa_peer
from bench.labelled import ROOT, Labelled, sets
from bench.page import on_page, on_screen
from bench.scoring import on_topic, share
from bot.settings import read_settings
from knowledge_base.encoder import Encoder, encoder
from knowledge_base.entry import entries
from knowledge_base.lexical import Lexical
from knowledge_base.passages import Passage
from knowledge_base.query import plain_words
from knowledge_base.search import open_search

HERE = Path(__file__).parent
OURS = "Sendline"
AHEAD = 0.10  # how far ahead of the best other side Sendline is to be
HEADINGS = ("set", "side", "questions", "topic first", "among three")
Side = Callable[[list[str]], list[list[str]]]  # messages to entries, best first
Figures = dict[str, dict[str, tuple[int, float, float]]]  # by set, then side: questions, topic first, among three


def in_order(passages: list[Passage], scores: np.ndarray) -> list[str]:
    """Entries by their best passage, best first."""
    return list(dict.fromkeys(passages[i].entry for i in np.argsort(-scores, kind="stable")))


def by_words(passages: list[Passage]) -> Side:
    """BM25 over the passages."""
    lexical = Lexical([p.text for p in passages])
    return lambda texts: [in_order(passages, lexical.scores(plain_words(text))) for text in texts]


def by_meaning(passages: list[Passage]) -> Side:
    """MiniLM as it comes: the nearest passage by cosine."""
    plain = Encoder(change=None)
    vectors = plain.encode([p.text for p in passages])
    return lambda texts: [in_order(passages, scores) for scores in plain.encode([plain_words(text) for text in texts]) @ vectors.T]


def by_rasa(passages: list[Passage], folder: Path, epochs: int) -> Side:
    """A ResponseSelector, trained in `folder`: minutes."""
    model = rasa_peer.train(passages, folder, epochs)
    return lambda texts: rasa_peer.ask(model, [plain_words(text) for text in texts])


def topics(found: Iterable[str], topic_of: dict[str, str]) -> list[str]:
    """The topics of entries, each once."""
    return list(dict.fromkeys(topic_of[entry] for entry in found))


def score(rows: list[dict], found: list[list[str]], topic_of: dict[str, str]) -> tuple[int, float, float]:
    """How many questions, topic first, topic among three."""
    named = [topics(one, topic_of) for one in found]
    return len(rows), *(share([on_topic(row, one, among) for row, one in zip(rows, named, strict=True)]) for among in (1, 3))


def lead(sides: dict[str, tuple[int, float, float]]) -> tuple[str, float]:
    """The best of the others by topic first, and how far Sendline is ahead of it."""
    best = max((side for side in sides if side != OURS), key=lambda side: sides[side][1])
    return best, round(sides[OURS][1] - sides[best][1], 6)


def table(figures: Figures) -> list[list[str]]:
    """The rows under HEADINGS."""
    return [[name, side, str(n), f"{first:.3f}", f"{three:.3f}"]
            for name, sides in figures.items() for side, (n, first, three) in sides.items()]


def verdicts(figures: Figures) -> list[str]:
    """One sentence for each set."""
    return [f"{name}: {ahead:+.3f} topic first against the best other side, {best}; the bar is {AHEAD:+.2f}, "
            f"{'reached' if ahead >= AHEAD else 'not reached'}" for name, (best, ahead) in ((n, lead(s)) for n, s in figures.items())]


def draw(figures: Figures, to: Path) -> None:
    """Bars for topic first, a line above each for among three."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    colours = {"BM25": "#c9c9c9", "MiniLM as it comes": "#a0a0a0", "Rasa ResponseSelector": "#707070", OURS: "#0b6e4f"}
    picture, axes = pyplot.subplots(figsize=(3 + 3 * len(figures), 4.6), layout="constrained")
    width = 0.2
    for place, (side, colour) in enumerate(colours.items()):
        at = [number + (place - 1.5) * width for number in range(len(figures))]
        first, three = ([sides[side][part] for sides in figures.values()] for part in (1, 2))
        axes.bar_label(axes.bar(at, first, width * 0.92, color=colour, label=side), fmt="%.2f", padding=2, fontsize=8)
        axes.plot(at, three, "_", color="black", markersize=16, label="among three" if side == OURS else None)
    axes.set_xticks(range(len(figures)), [name.replace(" (", "\n(") for name in figures])
    axes.set(title="The right topic first (bar) and among three (line)", ylabel="share of questions", ylim=(0, 1.05))
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(to, dpi=120)
    pyplot.close(picture)


def measure(screen: Console, labelled: list[Labelled], epochs: int) -> Figures:
    """Ask every side every question."""
    settings = read_settings()
    search = open_search(settings.home / "index", entries(), encoder(settings.encoder))
    passages, topic_of = search.index.passages, {entry.id: entry.topic for entry in entries().values()}
    figures: Figures = {one.name: {} for one in labelled}
    with tempfile.TemporaryDirectory() as folder:
        sides: dict[str, Callable[[], Side]] = {
            "BM25": lambda: by_words(passages), "MiniLM as it comes": lambda: by_meaning(passages),
            "Rasa ResponseSelector": lambda: by_rasa(passages, Path(folder), epochs),
            OURS: lambda: lambda texts: [[c.entry for c in search.find(text).candidates] for text in texts],
        }
        for name, make in sides.items():
            with screen.status(f"{name} …"):
                side = make()
                for one in labelled:
                    rows = [row for row in one.rows() if row["expect"] == "answer"]
                    figures[one.name][name] = score(rows, side([row["text"] for row in rows]), topic_of)
    return figures


def main() -> None:
    chosen = argparse.ArgumentParser(description="Sendline's search beside BM25, plain MiniLM and Rasa's ResponseSelector.")
    chosen.add_argument("--epochs", type=int, default=rasa_peer.EPOCHS, help="of the ResponseSelector (default: %(default)s)")
    epochs, screen = chosen.parse_args().epochs, Console(width=130)
    figures = measure(screen, sets("questions"), epochs)
    screen.print(on_screen("Finding the topic", HEADINGS, table(figures)), *verdicts(figures), sep="\n")
    (ROOT / "var" / "peers.json").write_text(json.dumps(figures, indent=1))
    draw(figures, HERE / "peers.png")
    (HERE / "peers.md").write_text("\n\n".join([
        "# Sendline's search beside other ways to find the answer",
        f"{date.today().isoformat()}. The same questions, the same passages, one run; search alone, and every side must name an entry. "
        f"Rasa's ResponseSelector was trained for {epochs} epochs on titles and questions.",
        "\n".join(f"- {line}" for line in verdicts(figures)),
        "![The same figures as a picture](peers.png)", on_page(HEADINGS, table(figures)) + "\n"]), encoding="utf-8")


if __name__ == "__main__":
    main()
