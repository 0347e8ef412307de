"""`sendline kb build`: a new index beside the old one, tried on its own questions, then swapped in.

Four of five of the entries' own questions teach the adapter and the topics; the fifth, which those have never seen, is asked
to learn the ranking and to calibrate the thresholds. Messages that no entry answers (data/nlu/out_of_scope.yml and its
neighbours) are divided likewise: four of five teach what lies outside every topic.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import faiss
import numpy as np

from knowledge_base import HOME
from knowledge_base.adapter import adapt, learn_adapter
from knowledge_base.calibrate import Thresholds, calibrate
from knowledge_base.code_of_practice import Paragraph, in_use
from knowledge_base.encoder import Encoder
from knowledge_base.entry import Entry
from knowledge_base.followup import LONGEST, learn_in_context
from knowledge_base.index import KINDS, TOPIC_LIST, Index, IndexDamaged, current, layout_of, load_index, read_manifest, spelling_of
from knowledge_base.lexical import Lexical
from knowledge_base.passages import QUESTION, kept_back, passages
from knowledge_base.query import parts, plain_words
from knowledge_base.ranker import Weights, features, learn_topics, learn_weights
from knowledge_base.training_messages import DATA, NLU, Leaning, elsewhere, leanings, unanswerable

OUTSIDE = len(TOPIC_LIST)  # the topic of what no entry answers
FRESH, STRANGE = 200, 150  # turns of each kind that teach, beside those which lean, what a message means after the one before
SMOKE = 0.4  # share of its own questions whose topic a sane index finds; far under what it really does


def fingerprint(code: Iterable[Paragraph]) -> str:
    """What an index is built from: entries, the Code, messages and what ranks. A build is reused while it is the same."""
    total = sha256("".join(f"{p.ref}{p.text}" for p in code).encode())
    for path in sorted([*HOME.glob("entries/*/*.md"), *HOME.glob("*.py"), *NLU.glob("*.yml"),
                        *(DATA / "search").rglob("*.jsonl"), *(DATA / "scope").glob("*.jsonl")]):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def learn(entries: dict[str, Entry], encoder: Encoder, outside: list[str], code: Iterable[Paragraph] = ()) -> tuple[Index, dict]:
    """An index in memory, and figures about how well it finds the questions that were kept back."""
    found, ids = passages(entries, code), list(entries)
    layout = layout_of(found, np.array([TOPIC_LIST.index(entries[i].topic) for i in ids]), ids)
    question = layout.kind_of == KINDS.index(QUESTION)
    back = question & np.array([kept_back(p.text) for p in found])
    spelling = spelling_of(found)
    found = [replace(p, text=spelling.right(p.text)) for p in found]
    raw = encoder.encode([p.text for p in found])
    taught = question & ~back
    adapter = learn_adapter(raw[taught], layout.entry_of[taught], raw[~question], layout.entry_of[~question])
    vectors = adapt(raw, adapter)
    lexical = Lexical([p.text for p in found])
    topics = layout.topic_of[layout.entry_of]
    outside = [spelling.right(plain_words(text)) for text in outside]
    strange = [text for text in outside if kept_back(text)]
    none_of_ours = adapt(encoder.encode([text for text in outside if not kept_back(text)]), adapter)
    weights = Weights(adapter, np.zeros(0), 0.0, *learn_topics(
        np.vstack([vectors[taught], none_of_ours]), np.append(topics[taught], [OUTSIDE] * len(none_of_ours)), OUTSIDE + 1))

    def seen(pieces: list[str], asked: np.ndarray, hidden: np.ndarray | slice = slice(0)) -> tuple[np.ndarray, np.ndarray]:
        sims, words = asked @ vectors.T, lexical.scores(pieces[0]).copy()
        sims[:, hidden], words[hidden] = -1, 0
        return features(sims, words, weights.topic_logs(asked[0]), layout)

    rows, right, on_topic = [], [], []
    for passage in np.flatnonzero(back):
        pieces = parts(found[passage].text)
        candidates, values = seen(pieces, vectors[[passage]] if len(pieces) == 1 else adapt(encoder.read(pieces), adapter), back)
        rows.append(values)
        right.append(candidates == layout.entry_of[passage])
        on_topic.append(layout.topic_of[candidates] == topics[passage])
    wrong = [seen(pieces, adapt(encoder.read(pieces), adapter))[1] for pieces in map(parts, strange)]
    none = np.zeros(sum(map(len, wrong)), bool)
    weights = replace(weights, **learn_weights(
        np.vstack([*rows, *wrong]), np.concatenate([*right, none]), np.concatenate([*on_topic, none])))
    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(vectors)
    index = Index(found, spelling, store, lexical, layout, weights, Thresholds(), ids)

    inside, entry_first = [], []
    for values, ok, same in zip(rows, right, on_topic, strict=True):
        scores = weights.score(values)
        inside.append((float(scores.max()), bool(same[scores.argmax()])))
        entry_first.append(bool(ok[scores.argmax()]))
    index.thresholds = calibrate(inside, [float(weights.score(values).max()) for values in wrong])
    in_context = float("nan")
    if told := turns(entries, strange):
        index.in_context, in_context = learn_in_context(lambda text: dict(index.candidates(text, encoder)), entries, told)
    answered = np.mean([score >= index.thresholds.answer for score, _ in inside])
    return index, {
        "entries": len(ids), "passages": len(found), "questions": int(question.sum()), "kept back": int(back.sum()),
        "kept back, entry first": round(float(np.mean(entry_first)), 3),
        "kept back, topic first": round(float(np.mean([ok for _, ok in inside])), 3),
        "kept back, answered": round(float(answered), 3), **asdict(index.thresholds),
        "turns in context, topic first": round(in_context, 3),
    }


def turns(entries: dict[str, Entry], strange: list[str]) -> list[Leaning]:
    """Turns that teach what a message means in the middle of a conversation, mixed; always the same ones.

    Those that the encoder was not tuned on; beside them questions that were kept back and messages that no entry answers, each
    after an entry drawn at random.
    """
    rng = Random(0)
    leaning = [turn for turn in leanings() if kept_back(turn.text) and {*turn.shown, turn.entry or turn.shown[0]} <= entries.keys()]
    fresh = [(q, e.id) for e in entries.values() for q in e.questions if kept_back(q) and len(q.split()) <= LONGEST]
    after, drawn = list(entries), []
    for pool, size in ((fresh, FRESH), ([(text, None) for text in strange], STRANGE)):
        drawn += [Leaning(text, (rng.choice(after),), entry) for text, entry in rng.sample(pool, min(size, len(pool)))]
    return rng.sample([*leaning, *drawn], len(leaning) + len(drawn)) if leaning else []


def build(entries: dict[str, Entry], encoder: Encoder, folder: Path, progress: Callable[[str], None] = print) -> dict:
    """Build, try and swap in a new index; gives the figures. Raises IndexDamaged when the new one fails its trial."""
    code = in_use(folder.parent)
    mark = fingerprint(code.values())
    try:
        manifest = read_manifest(current(folder))
        if manifest["made_from"] == mark and manifest["weights"] == encoder.weights:
            return manifest["figures"]
    except (IndexDamaged, KeyError):
        pass
    progress(f"reading {len(entries)} entries, learning the ranking, calibrating")
    index, figures = learn(entries, encoder, [*unanswerable(), *elsewhere()], code.values())
    made = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    index.save(made, {"made_from": mark, "weights": encoder.weights, "figures": figures})
    load_index(made, encoder)
    if figures["kept back, topic first"] < SMOKE:
        shutil.rmtree(made)
        raise IndexDamaged("The new index does not find its own questions, so the old one stays. Run 'sendline kb check'.")
    swap = folder / "current.new"
    swap.write_text(made.name)
    swap.replace(folder / "current")
    for old in sorted(p for p in folder.iterdir() if p.is_dir())[:-2]:  # keep the one before, for going back
        shutil.rmtree(old, ignore_errors=True)
    return figures
