"""`python -m bench.growth`: how long search alone takes as the knowledge base grows, from 5,000 passages to 1,000,000.

Past today's size the passages are made up: real vectors with noise, and texts of real words at random, in real lengths.
One thread, as the action server runs. Beside search as it is: the nearest passages by faiss, by looking at all of them (flat)
and at a few cells (IVF), for what a far larger knowledge base would need.
"""

import argparse
import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import faiss
import numpy as np
import torch
from rich.console import Console

from bench.measure import Times, search_times
from bench.page import on_page, on_screen
from bench.report import machine
from bot.settings import read_settings
from knowledge_base.adapter import adapt
from knowledge_base.encoder import Encoder, encoder
from knowledge_base.entry import Entry, entries
from knowledge_base.index import Index
from knowledge_base.lexical import Lexical
from knowledge_base.passages import Passage
from knowledge_base.query import plain_words
from knowledge_base.ranker import Layout, features
from knowledge_base.search import Search, open_search
from knowledge_base.training_messages import stories

HERE = Path(__file__).parent
SIZES = (5_000, 0, 50_000, 200_000, 1_000_000)  # 0: today's
ASKED = 40  # lines, and as many stories, at each size
BAR, BAR_AT = 25, 5_000  # milliseconds, p95, and passages
NOISE = 0.75  # length of the noise beside a unit vector: the copy's cosine with it is 0.8, as a paraphrase's
NEAREST, PROBED = 25, 16  # passages that count for recall; IVF cells that are looked into, of about √passages
HEADINGS = ("passages", "search p50", "search p95", "a story p95", "reading it", "by meaning", "by words", "ranking",
            f"flat, nearest {NEAREST}", f"IVF, nearest {NEAREST}", f"recall@{NEAREST}", "made in")


@dataclass(frozen=True)
class Row:
    """One size: search as a whole over one-line questions and over stories, its parts, and faiss alone."""

    passages: int
    line: Times
    story: Times
    encoding: Times
    meaning: Times
    words: Times
    ranking: Times
    flat: Times
    ivf: Times
    recall: float
    made: float  # seconds to make the index by words and the cells, vectors given

    def cells(self) -> list[str]:
        parts = (self.line.p50, self.line.p95, self.story.p95, self.encoding.p95, self.meaning.p95, self.words.p95, self.ranking.p95,
                 self.flat.p95, self.ivf.p95)
        return [f"{self.passages:,}", *(f"{ms:.1f} ms" for ms in parts), f"{self.recall:.2f}", f"{self.made:.0f} s"]


def noisy(vectors: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Unit vectors near these."""
    near = vectors + random.standard_normal(vectors.shape, np.float32) * np.float32(NOISE / np.sqrt(vectors.shape[1]))
    return near / np.linalg.norm(near, axis=1, keepdims=True)


def jumbled(passages: list[Passage], random: np.random.Generator) -> list[Passage]:
    """The same passages with words drawn from all of them, so that common words stay common and lengths stay real."""
    words = [passage.text.split() for passage in passages]
    pool = np.array([w for text in words for w in text], dtype=object)
    drawn = iter(pool[random.integers(len(pool), size=len(pool))])
    return [replace(passage, text=" ".join(next(drawn) for _ in text)) for passage, text in zip(passages, words, strict=True)]


def grown(index: Index, size: int, random: np.random.Generator) -> Index:
    """An index of exactly `size` passages: the first ones of this, or all of them and made-up copies with entries of their own."""
    real = index.vectors.reconstruct_n(0, index.vectors.ntotal)
    copies = -(-size // len(real))
    passages, texts = list(index.passages), [p.text for p in index.passages]
    vectors = faiss.IndexFlatIP(real.shape[1])
    vectors.add(real[:size])
    for _ in range(1, copies):
        made = jumbled(index.passages, random)[:size - len(passages)]
        passages += made
        texts += [p.text for p in made]
        vectors.add(noisy(real, random)[:len(made)])
    old, entries_of_old = index.layout, index.layout.size
    entry_of = np.concatenate([old.entry_of + copy * entries_of_old for copy in range(copies)])[:size]
    layout = Layout(entry_of, np.tile(old.kind_of, copies)[:size], np.tile(old.topic_of, copies)[:entry_of.max() + 1],
                    int(entry_of.max()) + 1)
    ids = [f"{entry}#{copy}" for copy in range(copies) for entry in index.entry_ids][:layout.size]
    return replace(index, passages=passages[:size], vectors=vectors, lexical=Lexical(texts[:size]), layout=layout, entry_ids=ids)


def cells(vectors: faiss.Index) -> faiss.Index:
    """The same vectors in about √n cells."""
    every = vectors.reconstruct_n(0, vectors.ntotal)
    made = faiss.IndexIVFFlat(faiss.IndexFlatIP(vectors.d), vectors.d, int(np.sqrt(len(every))), faiss.METRIC_INNER_PRODUCT)
    made.train(every)
    made.add(every)
    made.nprobe = PROBED
    return made


def recall(found: np.ndarray, wanted: np.ndarray) -> float:
    """The share of the wanted passages that were found, row by row."""
    return float(np.mean([len(np.intersect1d(a, b)) / len(b) for a, b in zip(found, wanted, strict=True)]))


def measure(index: Index, size: int, known: dict[str, Entry], model: Encoder, lines: list[str], tales: list[str]) -> Row:
    """Everything at one size."""
    began = time.perf_counter()
    big = grown(index, size, np.random.default_rng(1))
    ivf = cells(big.vectors)
    made = time.perf_counter() - began
    search = Search(big, {name: known[name.split("#")[0]] for name in big.entry_ids}, model)
    asked = {text: adapt(model.encode([plain_words(text)]), big.weights.adapter) for text in lines}
    ready = {text: (big.similarities(asked[text]), big.lexical.scores(plain_words(text)), big.weights.topic_logs(asked[text][0]))
             for text in lines[:8]}  # a few: each is as long as the passages
    every = np.vstack(list(asked.values()))
    search.find("warm up")
    return Row(
        size, search_times(search.find, lines), search_times(search.find, tales),
        search_times(lambda text: model.encode([plain_words(text)]), lines),
        search_times(lambda text: big.similarities(asked[text]), lines),
        search_times(lambda text: big.lexical.scores(plain_words(text)), lines),
        search_times(lambda text: features(*ready[text], big.layout), list(ready) * (ASKED // len(ready))),
        search_times(lambda text: big.vectors.search(asked[text], NEAREST), lines),
        search_times(lambda text: ivf.search(asked[text], NEAREST), lines),
        recall(ivf.search(every, NEAREST)[1], big.vectors.search(every, NEAREST)[1]), made)


def verdict(rows: list[Row]) -> str:
    """Whether the bar is reached."""
    p95 = next(row.line.p95 for row in rows if row.passages == BAR_AT)
    return (f"Search alone over {BAR_AT:,} passages takes {p95:.1f} ms at p95; the bar is {BAR} ms, "
            f"{'reached' if p95 <= BAR else 'not reached'}.")


def draw(rows: list[Row], to: Path) -> None:
    """p95 by passages, both in powers of ten."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    parts = {
        "search, whole": ("line", "#0b6e4f", "o-"), "by meaning": ("meaning", "#9fd3c0", "o-"), "by words": ("words", "#c98b2b", "o-"),
        "ranking": ("ranking", "#7a7a7a", "o-"), f"flat, nearest {NEAREST}": ("flat", "#4a6fa5", "s--"),
        f"IVF, nearest {NEAREST}": ("ivf", "#a54a6f", "s--")}
    picture, axes = pyplot.subplots(figsize=(9.5, 5), layout="constrained")
    for name, (part, colour, line) in parts.items():
        axes.plot([row.passages for row in rows], [getattr(row, part).p95 for row in rows], line, color=colour, label=name)
    axes.plot([BAR_AT], [BAR], "v", color="black", label=f"bar: {BAR} ms at {BAR_AT:,}")
    axes.set(title="Search alone, one thread, as the knowledge base grows", xlabel="passages", ylabel="milliseconds, p95",
             xscale="log", yscale="log")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    axes.spines[["top", "right"]].set_visible(False)
    picture.savefig(to, dpi=120)
    pyplot.close(picture)


def main() -> None:
    chosen = argparse.ArgumentParser(description="Search alone as the knowledge base grows.")
    chosen.add_argument("--most", type=int, default=max(SIZES), help="leave out larger sizes (default: %(default)s)")
    most, screen, settings = chosen.parse_args().most, Console(width=180), read_settings()
    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    known, model = entries(), encoder(settings.encoder)
    index = open_search(settings.home / "index", known, model).index
    lines = [entry.questions[0] for entry in known.values()][::len(known) // ASKED][:ASKED]
    tales = [told[0] for told in stories().values()][::len(stories()) // ASKED][:ASKED]
    rows = []
    for size in sorted(size or len(index.passages) for size in SIZES if size <= most):
        with screen.status(f"{size:,} passages …"):
            rows.append(measure(index, size, known, model, lines, tales))
        screen.print(on_screen("Search alone", HEADINGS, [rows[-1].cells()]))
    table = [row.cells() for row in rows]
    draw(rows, HERE / "growth.png")
    (HERE / "growth.md").write_text("\n\n".join([
        "# Search alone, as the knowledge base grows",
        f"{date.today().isoformat()}. {machine()}, one thread, as the action server runs. {verdict(rows)} Parts and faiss are p95 too.",
        f"Today there are {len(index.passages):,} passages; more are made up: real vectors with noise, and texts of real words at random. "
        "*Search* is one question of one line from text to ranked entries; *a story* has up to six parts to read. *Flat* and *IVF* are "
        f"faiss alone for the nearest {NEAREST} passages, by looking at all of them or into {PROBED} of about √n cells.",
        "![The same figures as a picture](growth.png)", on_page(HEADINGS, table) + "\n"]), encoding="utf-8")
    screen.print(verdict(rows))


if __name__ == "__main__":
    main()
