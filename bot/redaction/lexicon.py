"""The words that finding a name rests on: names, ordinary words, places, and the cues around a name."""

from functools import lru_cache
from importlib.resources import files

import yaml

from knowledge_base.councils import rows

HERE = files("bot.redaction")


@lru_cache
def word_list(name: str) -> frozenset[str]:
    """The lines of <name>.txt, without its comments."""
    return frozenset(line for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#"))


@lru_cache
def cues() -> dict[str, frozenset[str]]:
    """Every cue of cues.yaml as a set; those for schools as "school heads" and so on."""
    read = yaml.safe_load((HERE / "cues.yaml").read_text(encoding="utf-8"))
    flat = {name: words for name, words in read.items() if isinstance(words, str)}
    flat |= {f"{group} {name}": words for group, rest in read.items() if isinstance(rest, dict) for name, words in rest.items()}
    return {name: frozenset(words.split()) for name, words in flat.items()}


@lru_cache
def councils() -> frozenset[str]:
    """Every name that a council goes by, lower case."""
    return frozenset(name.lower() for row in rows("local_authorities.csv")
                     for name in (row["name"], row["short_name"], *row["aliases"].split("|")) if name)


@lru_cache
def places() -> frozenset[str]:
    """Every place and council of the directory, lower case."""
    return councils() | {row["place"].lower() for row in rows("places.csv")}


@lru_cache
def place_words() -> frozenset[str]:
    """Each word of those names."""
    return frozenset(word for name in places() for word in name.split())


@lru_cache
def names() -> frozenset[str]:
    """Every first name and surname."""
    return word_list("first_names") | word_list("surnames")


def is_name(low: str) -> bool:
    """Whether a lower-case word is a first name or a surname; of a double one, whether a part is and is no other word."""
    return low in names() or ("-" in low and any(p in names() and p not in word_list("words") for p in low.split("-")))


def is_word(low: str) -> bool:
    """Whether a lower-case word is an ordinary one: itself, by its ending, or as a compound of ordinary words."""
    words = word_list("words")
    stems = (low.removesuffix(end) for end in _ENDINGS if low.endswith(end))
    return low in words or any(stem in words or f"{stem}e" in words for stem in stems) or (
        "-" in low and all(part in words or part == "non" for part in low.split("-")))


_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "'s", "n't", "'ve", "'ll", "'d", "'re", "'m")
