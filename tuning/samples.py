"""What the encoder is tuned on: questions beside their entries, and messages with the level of their concern.

A fifth of everything is kept back (by its words, so that it stays so) for choosing thresholds and for the figures.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, replace

from bot.second_look import INSIDE
from knowledge_base.entry import Entry
from knowledge_base.followup import joined
from knowledge_base.passages import QUESTION, kept_back, passages
from knowledge_base.query import plain_words
from knowledge_base.scope import NATION
from knowledge_base.text_speak import hasty
from knowledge_base.training_messages import DATA, leanings, rows, small_talk, stories, unanswerable
from tuning.names import with_names

DEVELOPMENT = DATA.parent / "tests" / "evaluation"
KINDS = {"chitchat": "chatter", "injection": "injection", "nonsense": "nonsense", "other-nation": "nation"}  # doors of labelled kinds
ANGRY = ("abuse", "prejudice")  # doors whose messages may be anger or none: nobody said
TO_TEXT = 0.35  # share of pairs that are a question and a text of its entry; the rest are two questions
IN_TALK = 0.3  # share of questions that are a message in the middle of a conversation, as search sees it: joined with the title before it
NAMED = 0.15  # share of messages that are shown with names in them
HASTY = 0.3  # share of questions that are shown as thumbs type them
SHARES = {"crisis": 0.24, "safeguarding": 0.17, "distress": 0.13, "frustration": 0.12, "calm": 0.34}  # of the levels among messages drawn
TOPICS_AT_ONCE = 8  # every other batch is drawn from so few topics, so that near neighbours have to be told apart


@dataclass(frozen=True)
class Labelled:
    """A message and what somebody said of it; None where nobody did.

    level: of its concern, "calm" for none. door: where it belongs, INSIDE for a question for us. about_safety: it was written to be
    danger, or to be hard to tell from danger.
    """

    text: str
    level: str | None
    needs_person: bool | None = None
    about_safety: bool = False
    door: str | None = None

    def with_names(self, rng: random.Random) -> "Labelled":
        """The same message with names in it; one from another nation stays as it is, since the names are from England."""
        return self if self.door == NATION else replace(self, text=with_names(self.text, rng))


def labelled(entries: dict[str, Entry]) -> list[Labelled]:
    """Every labelled message of the project; ordinary questions and small talk stand among them as calm."""
    found = []
    for row in (*rows(DATA / "safety", "*.jsonl"), *rows(DEVELOPMENT, "safety_dev*.jsonl")):
        # Danger gets a person anyway, and belongs with us; of the rest nobody said.
        found.append(Labelled(row["text"] if "text" in row else row["turns"][-1], row["level"], about_safety=True,
                              door=None if row["level"] in ("frustration", "calm") else INSIDE))
    found += [Labelled(row["text"], "calm", about_safety=True, door=KINDS.get(row["kind"]))
              for row in rows(DEVELOPMENT, "outofscope_dev*.jsonl") if row["kind"] != "abuse"]
    found += [Labelled(row["text"], None if row["door"] in ANGRY else "calm", False, door=row["door"])
              for row in rows(DATA / "scope", "outside*.jsonl")]
    found += [Labelled(row["text"], None, door=INSIDE) for row in rows(DATA / "scope", "inside*.jsonl")]
    found += [Labelled(row["text"], "calm", row["expect"] == "handoff", door=INSIDE) for row in rows(DEVELOPMENT, "questions_dev.jsonl")]
    found += [Labelled(row["text"], None, row["needs"], door=INSIDE) for row in rows(DATA / "complexity", "*.jsonl")]
    found += [Labelled(q, "calm", None if e.offer_person else False, door=INSIDE) for e in entries.values() for q in e.questions]
    found += [Labelled(text, "calm", door=INSIDE) for told in stories().values() for text in told]
    found += [Labelled(turn.text, "calm", door=INSIDE) for turn in leanings() if turn.entry]
    found += [Labelled(text, "calm", False) for text in (*small_talk(), *unanswerable())]
    return found


class Pairs:
    """Batches of (question, text or other question of the same entry), each entry once a batch."""

    def __init__(self, entries: dict[str, Entry], size: int, rng: random.Random):
        self.rng, self.size = rng, size
        self.questions, self.texts, self.topics = defaultdict(list), defaultdict(list), defaultdict(set)
        self.in_talk = defaultdict(list)
        for turn in leanings():
            if turn.entry and not kept_back(turn.text):
                self.in_talk[turn.entry].append(joined(plain_words(turn.text), entries[turn.shown[-1]]))
        for passage in passages(entries):
            if passage.kind != QUESTION:
                self.texts[passage.entry].append(passage.text)
            elif not kept_back(passage.text):
                self.questions[passage.entry].append(passage.text)
        for entry in self.questions:
            self.topics[entries[entry].topic].add(entry)

    def batch(self, number: int) -> tuple[list[str], list[str]]:
        """The batch of that number: questions, and what each belongs with."""
        pool = list(self.questions)
        if number % 2:
            pool = [e for topic in self.rng.sample(sorted(self.topics), TOPICS_AT_ONCE) for e in sorted(self.topics[topic])]
        chosen = self.rng.sample(pool, min(self.size, len(pool)))
        asked = [self.rng.choice((self.in_talk.get(e) if self.rng.random() < IN_TALK else None) or self.questions[e]) for e in chosen]
        beside = [self.rng.choice((self.texts if self.rng.random() < TO_TEXT else self.questions)[e]) for e in chosen]
        return [hasty(q, self.rng) if self.rng.random() < HASTY else q for q in asked], beside


class Messages:
    """Draws messages with every level in its share, and some that say whether a person is needed."""

    def __init__(self, taught: list[Labelled], rng: random.Random):
        self.rng, self.by_level = rng, {level: [m for m in taught if m.level == level] for level in SHARES}
        self.stories = [m for m in taught if m.level is None and m.needs_person is not None]
        self.outside = [m for m in taught if m.door not in (None, INSIDE)]

    def draw(self, size: int) -> list[Labelled]:
        chosen = [m for level, share in SHARES.items() for m in self.rng.choices(self.by_level[level], k=round(share * size))]
        chosen += self.rng.choices(self.stories, k=6) + self.rng.choices(self.outside, k=14)
        return [m.with_names(self.rng) if self.rng.random() < NAMED else m for m in chosen]
