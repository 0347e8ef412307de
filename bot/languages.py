"""Knows a message in another language when it sees one, and has a fixed sentence for it.

    >>> detect("Nie mówię po angielsku"), detect("My son Mateusz is not at school")
    ('pl', None)
    >>> crisis_in("мій син не хоче жити")
    'uk'

The script of the letters decides where one language has it; where several do, and among Latin letters, short lists of
frequent words count. No model: messages are short, and an English message must never be taken for another language.
The sentences and lists are in languages.yaml.
"""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base.scope import is_other_script

SHARE, MANY = 0.25, 4  # a quarter of the words, or four: below that a message in Latin letters is English with some foreign words in it
DANGER_COUNTS = 2  # words that a phrase about danger counts for: nobody writes it by chance
FEWEST_LETTERS = {"CJK": 2}  # one Chinese sign is nearly a word
UNKNOWN = "unknown"  # a language that we have no sentence in
REASON = "language-"  # a concern found here is named by this and the language's code
PERSON_WORDS = 4  # the longest message that can be just a request for a person
_OWN_WORDS = ("frequent", "help", "asked", "crisis")
_WHOLE_WORDS = ("LATIN", "CYRILLIC", "GREEK")  # in the other scripts a piece of a word is enough
_PLAIN = str.maketrans("łıøđß’‘`ʼيىكہۀی", "liods''''ییکههی")
_OURS = re.compile(r"[A-Z]{2,5}")  # EHCP and the like stand in messages of every language
_WORD = re.compile(r"[^\s\d.,;:!?()\"“”«»„…।،؛؟۔、。！？¿¡*/|-]+")  # Indian vowel signs are no letters to Python, so by what parts words


@dataclass(frozen=True)
class Language:
    """One language: what we say in it, and how messages in it are known. `status` says who has checked it."""

    code: str  # BCP 47, for the lang attribute
    name: str
    own: str
    help: str
    asked: str
    crisis: str
    person: tuple[str, ...]
    owner: str
    written: date
    status: str
    checked: date | None
    checked_by: str | None
    direction: str = "ltr"
    script: str = "LATIN"
    frequent: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    alone: frozenset[str] = frozenset()
    danger: re.Pattern = re.compile(r"(?!)")


@lru_cache
def languages() -> dict[str, Language]:
    """Every language that we have sentences in, by its code."""
    ours = _list("english") | _list("shared")
    return {
        code: Language(**{
            **row, "code": code, "person": tuple(map(fold, row["person"])), "letters": frozenset(row.get("letters", "")),
            "frequent": frozenset(_words(fold(" ".join(row.get(name, "") for name in _OWN_WORDS)))) - ours,
            "alone": frozenset(map(fold, row.get("alone", ()))), "danger": _danger(row["danger"], row.get("script", "LATIN")),
        })
        for code, row in _data()["languages"].items()
    }


def detect(text: str) -> str | None:
    """The code of the language that a message is in; None for English, for too little to tell, and for one we do not have."""
    script, plain = _script(text), fold(text)
    if script is None or not set(_data()["unknown-letters"]).isdisjoint(text):
        return None
    rivals = [language for language in languages().values() if language.script == script]
    if script != "LATIN" and len(rivals) < 2:
        return rivals[0].code if rivals else None
    words = _words(plain)
    scores = {language.code: _score(language, words, plain) for language in rivals}
    if script == "CJK":
        scores = dict.fromkeys(scores, 1)  # every sign is Chinese: only which of the two is in question
    elif script == "LATIN":
        enough = max(2, min(MANY, SHARE * len(words)), sum(word in _list("english") for word in words))
        scores = {code: score for code, score in scores.items() if score >= enough}
    lowered = text.lower()
    close = {code: score + sum(map(lowered.count, languages()[code].letters)) / 10 for code, score in scores.items() if score}
    return max(close, key=close.get) if close else None


def language_of(text: str) -> str | None:
    """The code of the language that a message is in, UNKNOWN where only its letters say that it is another; None for English."""
    return detect(text) or (UNKNOWN if is_other_script(text) else None)


def crisis_in(text: str) -> str | None:
    """The language in which a message tells of danger to life or of harm, whatever else is in it."""
    plain, code = fold(text), detect(text)
    if code:
        return code if languages()[code].danger.search(plain) else None
    return next((one.code for one in languages().values() if one.danger.search(plain)), None)


def asks_person(text: str, last: str | None = None) -> str | None:
    """The language in which a short message asks for a person, with a word that `help` names; `last` is the one used so far."""
    said = _words(fold(text))
    if not 0 < len(said) <= PERSON_WORDS:
        return None
    fits = [one.code for one in languages().values() if said in [_words(words) for words in one.person]]
    return next((code for code in (last, detect(text), *fits) if code in fits), None)


def fold(text: str) -> str:
    """`text` in lower case without accents and hidden joiners, with letters that keyboards mix up made one."""
    text = unicodedata.normalize("NFC", text).replace("İ", "i").casefold().translate(_PLAIN)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not _is_accent(c))
    return unicodedata.normalize("NFC", bare)


def _is_accent(char: str) -> bool:
    """Marks of Latin, Greek, Cyrillic and Arabic letters; the vowel signs of Indian scripts are letters in their own right."""
    return unicodedata.category(char) == "Cf" or "\u0300" <= char <= "\u036f" or "\u064b" <= char <= "\u065f"


def _words(plain: str) -> list[str]:
    return _WORD.findall(plain)


def _score(language: Language, words: list[str], plain: str) -> int:
    """How many words are the language's own. One word again and again is not enough, unless it is a cry for help."""
    if plain.strip(" .!?…") in language.alone:
        return len(words) + 1
    own = [word for word in words if word in language.frequent]
    danger = DANGER_COUNTS * bool(language.danger.search(plain))
    return len(own) + danger if len(set(own)) > 1 or danger or language.script != "LATIN" else 0


def _script(text: str) -> str | None:
    """The script of more than half of the letters, or None where there are too few."""
    names = Counter(unicodedata.name(c, "?").split()[0] for c in _OURS.sub("", text) if c.isalpha())
    script, most = max(names.items(), key=lambda item: item[1], default=("", 0))
    return script if most > sum(names.values()) / 2 and most >= FEWEST_LETTERS.get(script, 4) else None


def _danger(phrases: list[str], script: str) -> re.Pattern:
    """A pattern that finds any phrase; a star stands for any ending."""
    folded = [re.escape(fold(phrase)).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for phrase in phrases]
    return re.compile(rf"(?<!\w)(?:{'|'.join(folded)})(?!\w)" if script in _WHOLE_WORDS else "|".join(folded))


@lru_cache
def _list(name: str) -> frozenset[str]:
    return frozenset(_data()[name].split())


@lru_cache
def _data() -> dict:
    return yaml.safe_load((Path(__file__).parent / "languages.yaml").read_text(encoding="utf-8"))
