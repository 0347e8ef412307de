"""Messages with names in them: a child's, a school's, a council's or a town's in the place of "my son" and "the school".

Without these the second look takes a name that it has never seen for a foreign one.
"""

import random
import re
from functools import lru_cache

from bot.redaction.lexicon import word_list
from knowledge_base.councils import rows

_CHILD = re.compile(r"\bmy (?:\w+ )?(?:son|daughter|child|boy|girl|lad|kid|grandson|granddaughter)\b(?!')", re.I)
_SCHOOL = re.compile(r"\b(?:the|his|her|their|my|our) (?:current |new |old )?(?:school|skool|primary|college|nursery)\b(?!')", re.I)
_COUNCIL = re.compile(r"\b(?:the|my|our) (?:council|la|local authority|county)\b(?!')", re.I)
_HEADS = ("Academy", "Primary", "Primary School", "High School", "School", "Juniors", "Infants", "C of E Primary", "Community College",
          "Sixth Form", "Nursery", "Grange", "Park Academy", "RC Primary", "Special School", "PRU", "Lodge")
_ADDED = ("{text} We're in {town}.", "{text} Thanks, {parent}", "{text} ({town})", "We're in {town}. {text}", "from {town} - {text}",
          "{child}, {age}. {text}", "Its {parent} again. {text}", "{text} its {school} in {town}", "{child} goes to {school}. {text}",
          "{text} (thats {child}, at {school})")


@lru_cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(word_list("first_names") - word_list("words")))


@lru_cache
def _towns() -> tuple[str, ...]:
    return tuple(row["place"] for row in rows("places.csv") if row["common_word"] == "no")


@lru_cache
def _councils() -> tuple[str, ...]:
    return tuple(row["short_name"] for row in rows("local_authorities.csv"))


def _a_school(rng: random.Random) -> str:
    before = rng.choice((rng.choice(_towns()), f"St {rng.choice(_names()).title()}'s", rng.choice(_names()).title()))
    return f"{before} {rng.choice(_HEADS)}"


def with_names(text: str, rng: random.Random) -> str:
    """`text` with names where it spoke of a child, a school or a council; where of none, with names beside it."""
    child, parent = (rng.choice(_names()).title() for _ in range(2))
    school, town, age = _a_school(rng), rng.choice(_towns()), rng.randrange(3, 20)
    told = _CHILD.sub(child, text, count=1)
    told = _SCHOOL.sub(rng.choice((school, f"{school} in {town}", f"{school}, {town},")), told, count=1)
    told = _COUNCIL.sub(rng.choice((f"{rng.choice(_councils())} council", rng.choice(_councils()))), told, count=1)
    if told == text:
        told = rng.choice(_ADDED).format(text=text, town=town, child=child, school=school, parent=parent, age=age)
    return told.lower() if text.islower() else told
