"""What search looks through: each entry's title, each way that parents ask it, its short answer and its paragraphs.

A paragraph of the Code belongs to the entry that rests on it most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from knowledge_base.check import plain
from knowledge_base.code_of_practice import Paragraph, entry_for
from knowledge_base.entry import Entry
from knowledge_base.query import plain_words
from knowledge_base.training_messages import stories

TITLE, QUESTION, TEXT = "title", "question", "text"


@dataclass(frozen=True)
class Passage:
    """One piece of text of one entry."""

    entry: str
    kind: str
    text: str


def passages(entries: dict[str, Entry], code: Iterable[Paragraph] = ()) -> list[Passage]:
    """Every passage of every entry, in a fixed order."""
    found = []
    for entry in entries.values():
        found.append(Passage(entry.id, TITLE, entry.title))
        found += [Passage(entry.id, QUESTION, plain_words(q)) for q in (*entry.questions, *stories().get(entry.id, ()))]
        found.append(Passage(entry.id, TEXT, plain(entry.short)))
        found += [Passage(entry.id, TEXT, plain(p)) for p in entry.more.split("\n\n") if len(p.split()) > 5]
    for paragraph in code:
        if entry_id := entry_for(paragraph.ref, entries):
            found.append(Passage(entry_id, TEXT, f"{paragraph.heading}. {paragraph.text}"))
    return found


def kept_back(question: str) -> bool:
    """Whether a question is one of the fifth that is asked, not learnt from. By its words, so that it stays so."""
    return sha256(question.encode()).digest()[0] % 5 == 0
