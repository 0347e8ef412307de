"""The index that search uses: loaded only when every file's checksum is the one that the build wrote down.

    <folder>/current            the name of the build in use
    <folder>/<build>/           passages.jsonl  vectors.faiss  weights.npz  thresholds.json  manifest.json
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import faiss
import numpy as np

from knowledge_base.adapter import adapt
from knowledge_base.calibrate import Thresholds
from knowledge_base.encoder import Encoder, sha256
from knowledge_base.followup import InContext
from knowledge_base.lexical import Lexical
from knowledge_base.passages import QUESTION, TEXT, TITLE, Passage
from knowledge_base.query import parts, plain_words
from knowledge_base.ranker import Layout, Weights, features
from knowledge_base.spelling import Spelling
from knowledge_base.topics import TOPICS

FILES = ("passages.jsonl", "vectors.faiss", "weights.npz", "thresholds.json")
KINDS = (TITLE, QUESTION, TEXT)
TOPIC_LIST = list(TOPICS)


class IndexDamaged(RuntimeError):
    """The index cannot be used; the message says why and what to do."""


@dataclass
class Index:
    """A loaded index. `vectors` holds one unit vector a passage."""

    passages: list[Passage]
    spelling: Spelling
    vectors: faiss.Index
    lexical: Lexical
    layout: Layout
    weights: Weights
    thresholds: Thresholds
    entry_ids: list[str]
    in_context: InContext = field(default_factory=InContext)

    def candidates(self, text: str, encoder: Encoder) -> list[tuple[str, float]]:
        """The entries nearest to a message, best first, each with its score from 0 to 1."""
        pieces = parts(self.spelling.right(plain_words(text)))
        asked = adapt(encoder.read(pieces), self.weights.adapter)
        found, rows = features(
            self.similarities(asked), self.lexical.scores(pieces[0]), self.weights.topic_logs(asked[0]), self.layout)
        scores = self.weights.score(rows)
        return [(self.entry_ids[found[i]], float(scores[i])) for i in np.argsort(-scores)]

    def similarities(self, asked: np.ndarray) -> np.ndarray:
        """Cosine of each row of `asked` with every passage, in the order of the passages."""
        size = self.vectors.ntotal
        values, numbers = self.vectors.search(asked, size)
        out = np.empty((len(asked), size), np.float32)
        np.put_along_axis(out, numbers, values, axis=1)
        return out

    def save(self, folder: Path, facts: dict) -> None:
        """Write the files of this index and a manifest with their checksums and `facts` about the build."""
        folder.mkdir(parents=True)
        with (folder / "passages.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in self.passages)
        faiss.write_index(self.vectors, str(folder / "vectors.faiss"))
        w = self.weights
        np.savez(folder / "weights.npz", adapter=w.adapter, coef=w.coef, bias=w.bias, topic_coef=w.topic_coef, topic_bias=w.topic_bias,
                 topic_of=self.layout.topic_of, entry_ids=np.array(self.entry_ids))
        (folder / "thresholds.json").write_text(json.dumps({"alone": asdict(self.thresholds), "in context": asdict(self.in_context)}))
        manifest = {**facts, "files": {name: sha256(folder / name) for name in FILES}}
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))


def layout_of(found: list[Passage], topic_of: np.ndarray, entry_ids: list[str]) -> Layout:
    """Where each entry's passages lie."""
    number = {entry_id: i for i, entry_id in enumerate(entry_ids)}
    return Layout(np.array([number[p.entry] for p in found]), np.array([KINDS.index(p.kind) for p in found]), topic_of,
                  len(entry_ids))


def spelling_of(found: list[Passage]) -> Spelling:
    """Spelling by what we wrote: parents' questions hold mistakes of their own."""
    return Spelling(p.text for p in found if p.kind != QUESTION)


def current(folder: Path) -> Path:
    """The build in use. Raises IndexDamaged when there is none."""
    try:
        return folder / (folder / "current").read_text().strip()
    except OSError:
        raise IndexDamaged("There is no search index yet. Run 'sendline kb build', or 'make setup'.") from None


def read_manifest(build: Path) -> dict:
    """The manifest of a build. Raises IndexDamaged when it cannot be read."""
    try:
        return json.loads((build / "manifest.json").read_text())
    except (OSError, ValueError):
        raise IndexDamaged("The search index has no readable manifest. Run 'sendline kb build' again.") from None


def verify(build: Path) -> dict:
    """The manifest of a build whose every file has the checksum written in it. Raises IndexDamaged for any other."""
    manifest = read_manifest(build)
    for name in FILES:
        path = build / name
        if not path.exists() or sha256(path) != manifest["files"].get(name):
            raise IndexDamaged(f"The search index is damaged ({name}). Run 'sendline kb build' to make it again.")
    return manifest


def load_index(build: Path, encoder: Encoder) -> Index:
    """Load a verified build. Raises IndexDamaged when a file was changed or another model made its vectors."""
    manifest = verify(build)
    if manifest["weights"] != encoder.weights:
        raise IndexDamaged("The search index was made with another language model. Run 'sendline kb build' again.")
    found = [Passage(**json.loads(line)) for line in (build / "passages.jsonl").open(encoding="utf-8")]
    with np.load(build / "weights.npz", allow_pickle=False) as w:
        weights = Weights(w["adapter"], w["coef"], float(w["bias"]), w["topic_coef"], w["topic_bias"])
        topic_of, entry_ids = w["topic_of"], [str(i) for i in w["entry_ids"]]
    kept = json.loads((build / "thresholds.json").read_text())
    context = InContext(tuple(kept["in context"]["coef"]), kept["in context"]["bias"], Thresholds(**kept["in context"]["thresholds"]))
    return Index(found, spelling_of(found), faiss.read_index(str(build / "vectors.faiss")), Lexical([p.text for p in found]),
                 layout_of(found, topic_of, entry_ids), weights, Thresholds(**kept["alone"]), entry_ids, context)
