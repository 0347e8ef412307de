"""Questions that lean on the one before: "and how long does that take?", "what if they say no?"."""

import re

from knowledge_base.entry import Entry
from knowledge_base.search import Candidate, Found, Search

LONGEST = 14  # words; a longer message says itself what it is about
RELATED = 0.05  # added to an entry that the last one names as a likely next question
# Not a follow-up where the message names its own subject.
_LEANS = re.compile(
    r"^(and|but|so|ok so|what if|what about|how about|then|also|or|what happens (then|next|if)|why|how long|how much|when|who|do i|"
    r"does (it|that|this)|is (it|that|this)|can (they|i|we|it)|will (they|it)|what then)\b"
    r"|\b(that|it|this|they|them|those|there|one|either|instead)\b", re.I)
_TURNS = re.compile(r"\b(different (thing|question)|another (thing|question)|something else|new question|change of subject|separate)\b", re.I)


def is_follow_up(text: str) -> bool:
    """Whether a message is short and leans on what was said before."""
    return len(text.split()) <= LONGEST and bool(_LEANS.search(text)) and not _TURNS.search(text)


def with_subject(search: Search, text: str, last: Entry, alone: Found) -> Found:
    """Search again with the subject of the last answer; the surer of the two readings wins, and nothing is added to what was said.

    An entry counts in the second reading only where the message makes it likelier than the bare subject does: else every
    follow-up would find the last answer again.
    """
    joined, subject = search.find(f"{text} {last.title}"), search.find(last.title)
    scores = {c.entry: c.score for c in alone.candidates}
    bare = {c.entry: c.score for c in subject.candidates}
    for c in joined.candidates:
        if c.entry != last.id and c.score > bare.get(c.entry, 0):
            scores[c.entry] = max(scores.get(c.entry, 0), c.score + (RELATED if c.entry in last.next else 0))
    ranked = sorted(scores, key=scores.get, reverse=True)
    return Found(search.index.thresholds.verdict(scores[ranked[0]]), tuple(Candidate(e, search.entries[e].topic, round(min(scores[e], 1), 4)) for e in ranked))
