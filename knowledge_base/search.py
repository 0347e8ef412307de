"""A message in, an answer out: one entry, one clarifying question, or an honest "I could not find this"."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge_base.calibrate import Thresholds
from knowledge_base.encoder import Encoder
from knowledge_base.entry import Entry
from knowledge_base.followup import LONGEST
from knowledge_base.index import Index, IndexDamaged, current, load_index

NEAREST = 3  # other topics that are shown


@dataclass(frozen=True)
class Candidate:
    """One entry that may answer, with its score from 0 to 1."""

    entry: str
    topic: str
    score: float


@dataclass(frozen=True)
class Found:
    """What search says: verdict is answer, clarify or unanswered; candidates are best first; sure: right in most such cases."""

    verdict: str
    candidates: tuple[Candidate, ...]
    sure: bool = False

    def others(self) -> tuple[Candidate, ...]:
        """The best candidate of each other topic, best first, then the runners-up of the same topic."""
        seen, fresh = {self.candidates[0].topic}, []
        for one in self.candidates[1:]:
            if one.topic not in seen:
                seen.add(one.topic)
                fresh.append(one)
        return tuple(fresh[:NEAREST])


class Search:
    """Search over one loaded index."""

    def __init__(self, index: Index, entries: dict[str, Entry], encoder: Encoder):
        self.index, self.entries, self.encoder = index, entries, encoder

    def find(self, text: str, shown: Sequence[Entry] = ()) -> Found:
        """The entries that answer `text` best, and whether the best is good enough; `shown` are those shown before it, newest last."""
        if not shown or len(text.split()) > LONGEST:
            return self._found(self.index.candidates(text, self.encoder), self.index.thresholds)
        context = self.index.in_context
        return self._found(context.ranked(self._scores, text, shown, self.entries), context.thresholds)

    def _scores(self, text: str) -> dict[str, float]:
        return dict(self.index.candidates(text, self.encoder))

    def _found(self, ranked: list[tuple[str, float]], thresholds: Thresholds) -> Found:
        listed = tuple(Candidate(e, self.entries[e].topic, round(s, 4)) for e, s in ranked)
        return Found(thresholds.verdict(listed[0].score), listed, listed[0].score >= thresholds.sure)


def open_search(folder: Path, entries: dict[str, Entry], encoder: Encoder) -> Search:
    """Search over the build in use. Raises IndexDamaged when there is none, it does not verify, or entries have gone since."""
    index = load_index(current(folder), encoder)
    if gone := set(index.entry_ids) - set(entries):
        raise IndexDamaged(f"The search index knows {len(gone)} entries that are no longer there. Run 'sendline kb build'.")
    return Search(index, entries, encoder)
