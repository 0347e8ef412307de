"""Other nations: whose law a message is about, if not England's, and who helps there.

Where somebody lives decides, not where the school is. Moving into England or out of it is a question about the law here.
A town that may be somebody's name too ("Barry") counts only where somebody lives or learns there.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.councils import rows
from knowledge_base.patterns import patterns, words

_MOVING = words(
    r"mov(?:e|ed|ing) (?!up to )(?:\w+ )?(?:to|from|into|over|back|house|here|across|area|out)|relocat\w+|transferred|"
    r"coming (?:back )?to england|"
    r"(?:back )?to (?:the )?uk|(?:came|come|arrived|just arrived|here) .{0,15}from|english (?:council|la|authority|ehcp|ehc plan|plan)s?|"
    r"from england|posted|across the border|other parts of the uk|found a house|ehcp? .{0,20}transfer\w*|transfer\w* .{0,30}ehcp?|"
    r"keep .{0,15}ehcp|ehc\w* (?:\w+ )?(?:work|count|valid)|(?:off to|going to) live|(?:job|work|funeral) in|coming down from|"
    r"(?:holiday|trip|break|caravan|took .{0,25}week) (?:away )?in|from \w+ to \w+ (?:in|this|next|at) |"
    r"(?:dad|father|ex|husband) (?:now )?(?:lives|works|is) in")
_LIVES = re.compile(r"\bliv(?:e|es|ed|ing) (?:in|near|at|on) .{0,40}?(?=[,.;?!]| (?:and|but|his|her|my|school)\b|$)", re.I)
_FROM_TO = re.compile(r"\bfrom (.{2,30}?) to (.{2,30}?)(?=[,.;?!]| (?:in|at|and|he|she|his|her|my|next|this)\b|$)", re.I)
# What stands before "in Perth" where it is a town and not a family's name.
_THERE = (
    r"(?:live|lives|living|based|schools?|primary|secondary|nursery|college|council|ehcps?|we(?: are|'?re| r)?|i(?: am|'?m|m)|he'?s|"
    r"she'?s|here|him|her|home|now|son|daughter|child|nephew|niece|cousin|grand(?:son|daughter|child\w*)|kids?|overseas|serving|stationed|abroad)")
_WHERE = "in|on|near|from"
_STREET = r" (?:road|rd|street|avenue|lane|close|way|terrace|high school|academy trust)\b"


@dataclass(frozen=True)
class Nation:
    """Another nation: how messages name it, the same without what may be somebody's name, and who helps there."""

    names: re.Pattern
    says: str


@lru_cache
def nations() -> dict[str, Nation]:
    """Every nation by its id, in the order in which they are tried."""
    towns = defaultdict(lambda: defaultdict(list))
    for row in rows("towns_beyond.csv"):
        towns[row["nation"]][row["sure"]].append(re.escape(row["town"]))
    return {id: Nation(_named(row, towns[id]), row["says"]) for id, row in patterns("scope")["nations"].items()}


def _named(row: dict, towns: dict[str, list[str]]) -> re.Pattern:
    """How messages name a nation: by a name, by where somebody lives or learns, or at their very beginning ("Jersey here.")."""
    there, places = row.get("where", _WHERE), "|".join([row["places"], *towns.get("no", ())])
    names = "|".join([row["names"], *towns.get("yes", ())])
    lives = rf"(?:{_THERE} (?:\w+ )?(?:{there}) |^in )(?:{places})"
    opens = rf"^(?:{places})(?:,? (?:here|based|mum|mam|dad|family|parents?)|(?=[.:] ))"
    return words(rf"(?:{names}|{lives}|{opens})(?!{_STREET})")


def nation_of(text: str) -> str | None:
    """The other nation that a message is about, if any."""
    home = _LIVES.search(text)
    for id, nation in nations().items():
        if not nation.names.search(text):
            continue
        if home and not nation.names.search(home[0]):
            continue  # "we live in Chester, his school is in Wrexham"
        ends = _FROM_TO.search(text)
        inside = ends and all(nation.names.search(f"live in {end}") for end in ends.groups())
        if inside or not _MOVING.search(text):
            return id
    return None
