"""Where our answers end: other kinds of trouble get the right door, and what nobody can read is said to be that.

Names of bodies only, no telephone numbers. The words are in scope.yaml; another nation's law is in nations.py.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.patterns import patterns, words

_WORD = re.compile(r"[a-z]+")
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz")
# With these alone nothing is said.
_JOINTS = {"the", "of", "and", "to", "a", "an", "if", "but", "so", "or", "at", "by", "as", "than", "then", "for", "in", "on"}
_NEVER = re.compile(r"(?!)")
NATION = "nation"  # the door of another nation
INJECTION = "injection"  # the door of orders to the bot
OTHER = "other"  # the door of what is none of ours, and of none of the others for sure
_STORY = 35  # words; in a longer message a landlord or a visa is seldom what it is about


@dataclass(frozen=True)
class Door:
    """One kind of message that is not for us: the words that show it, if any do; those that show the opposite; and where to go.

    `need` is what helplines.for_need is asked for; empty where none of them fits.
    """

    id: str
    names: re.Pattern
    unless: re.Pattern
    says: str
    route: str = "signpost"
    even_ours: bool = False
    need: str = ""

    @property
    def is_talk(self) -> bool:
        """Whether it is for talk that asks nobody anything, rather than for another kind of trouble."""
        return self.route in ("smalltalk", "clarify")


@lru_cache
def doors() -> tuple[Door, ...]:
    """Every door, in the order in which they are tried."""
    return tuple(
        Door(row["id"], _maybe(row, "names"), _maybe(row, "unless"), row["says"], row.get("route", "signpost"),
             row.get("even-ours", False), row.get("need", ""))
        for row in patterns("scope")["doors"]
    )


def _maybe(row: dict, name: str) -> re.Pattern:
    return words(row[name]) if name in row else _NEVER


def named(id: str) -> Door | None:
    """The door of that id."""
    return next((d for d in doors() if d.id == id), None)


@lru_cache
def _ours() -> re.Pattern:
    return words(patterns("scope")["ours"])


def is_ours(text: str) -> bool:
    """Whether a message names something of a child's education or care."""
    return bool(_ours().search(text))


def door(text: str) -> Door | None:
    """Where to go with a question that is not about SEND, if the words show that it is one."""
    if len(text.split()) > _STORY:
        return None
    ours = is_ours(text)
    return next((d for d in doors() if (d.even_ours or not ours) and d.names.search(text) and not d.unless.search(text)), None)


@lru_cache
def _filler() -> re.Pattern:
    return re.compile(rf"(?:\W*{words(patterns('scope')['filler']).pattern})+\W*", re.I)


def is_filler(text: str) -> bool:
    """Whether a message is only "ok", "lol", "ta love, bye x" and the like, which asks nothing."""
    return bool(_filler().fullmatch(text))


def breaks_off(text: str) -> bool:
    """Whether a short message ends in the middle of its sentence, as when somebody sends it piece by piece."""
    found = _WORD.findall(text.lower())
    return 0 < len(found) < 9 and found[-1] in _JOINTS


def is_nonsense(text: str) -> bool:
    """Whether nobody could read a message: marks or pictures only, or fingers run over the keys."""
    found = _WORD.findall(text.lower())
    if found[:2] == ["lorem", "ipsum"]:
        return True
    if not found:
        digits = [c for c in text if c.isalnum()]
        return not digits or (len(digits) > 3 and (len(set(digits)) == 1 or "".join(digits) in "1234567890")) or len(text.split()) > 4
    if len(found) > 3 and (_JOINTS.issuperset(found) or all(len(word) == 1 for word in found)):
        return True
    long = [word for word in found if len(word) > 3]
    return sum(map(_mashed, long)) > len(long) / 2 and not is_ours(text)


def _mashed(word: str) -> bool:
    along_the_keys = any(word[:4] in row or word[:4] in row[::-1] for row in _ROWS)
    few_letters = len(re.sub(r"(.)\1+", r"\1", word)) < 3
    no_vowel = len(word) > 4 and not re.search("[aeiouy]", word)
    return along_the_keys or few_letters or no_vowel or bool(re.search("[bcdfghjklmnpqrstvwxz]{6}", word))


def is_other_script(text: str) -> bool:
    """Whether most letters are not Latin: Arabic, Cyrillic, Chinese and so on."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 3 and sum("LATIN" not in unicodedata.name(c, "") for c in letters) > len(letters) / 2
