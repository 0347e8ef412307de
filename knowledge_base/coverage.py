"""`sendline kb coverage`: what the entries leave uncovered, so that an editor sees what to write next."""

import re
from collections import Counter
from dataclasses import dataclass

from knowledge_base.code_of_practice import CHAPTERS, SOURCE
from knowledge_base.entry import Entry
from knowledge_base.topics import TOPICS

STAGES = ("early-years", "school", "post-16")
FEW = 4  # entries; a topic with fewer is thin


@dataclass(frozen=True)
class Coverage:
    """What is not covered; `chapters` counts, by chapter of the Code and journey stage, the entries that cite it."""

    facts_without_entry: list[str]
    facts_left_out: dict[str, str]
    entries_without_facts: list[str]
    thin_topics: dict[str, int]
    chapters: dict[int, dict[str, int]]


def coverage(entries: dict[str, Entry], facts: dict[str, dict]) -> Coverage:
    """Facts and entries laid side by side. Only a fact of high confidence may carry an entry."""
    high = {id for id, fact in facts.items() if fact["confidence"] == "high"}
    used = {fact for entry in entries.values() for fact in entry.facts}
    sizes = Counter(entry.topic for entry in entries.values())
    chapters = {chapter: dict.fromkeys(STAGES, 0) for chapter in CHAPTERS}
    for entry in entries.values():
        for chapter in {c for cite in entry.all_cites() if (c := chapter_of(cite)) is not None}:
            for stage in entry.stage:
                chapters[chapter][stage] += 1
    return Coverage(
        facts_without_entry=sorted(high - used),
        facts_left_out={id: fact["confidence"] for id, fact in facts.items() if id not in high},
        entries_without_facts=[entry.id for entry in entries.values() if not high & set(entry.facts)],
        thin_topics={topic: sizes[topic] for topic in TOPICS if sizes[topic] < FEW},
        chapters=chapters,
    )


def chapter_of(cite: str) -> int | None:
    """The chapter of the Code that a citation names ("CoP 2015 9.14" -> 9), 0 for its introduction and annexes, else None."""
    if not cite.startswith(SOURCE):
        return None
    found = re.match(r"(?:ch\.)?(\d+)", cite[len(SOURCE) + 1:])
    return int(found[1]) if found else 0
