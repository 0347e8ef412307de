"""Which council a family belongs to, from its name, a place or a postcode.

Data: directory/ (its README says where each file is from). A place whose name is shared asks back; a name that is also a
common word or a first name counts only as an answer to "where do you live?".
"""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base import HOME

DIRECTORY = HOME / "directory"
SURE = 0.98  # share of an outward code's postcodes in one council, below which we ask
MOST_CHOICES = 4
_OUTCODE = re.compile(r"\b([A-Z]{1,2}\d{1,2}[A-Z]?)(?: ?\d[A-Z]{2})?\b", re.I)
_WORD = re.compile(r"[A-Za-z'&-]+")


@dataclass(frozen=True)
class Council:
    """A local authority that is responsible for SEND, and the advice service of its area where we know it."""

    code: str
    name: str
    website: str
    service: str
    service_website: str


def _rows(name: str) -> list[dict[str, str]]:
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def councils() -> dict[str, Council]:
    """Every council by its DfE number. A local service is named only where the directory is fairly sure of it."""
    services = {r["la_code"]: r for r in _rows("iass_services.csv") if r["confidence"] in ("high", "medium")}
    return {
        r["la_code"]: Council(r["la_code"], r["name"], r["council_website"], services.get(r["la_code"], {}).get("service_name", ""),
                              services.get(r["la_code"], {}).get("website", ""))
        for r in _rows("local_authorities.csv")
    }


@lru_cache
def _names() -> dict[str, tuple[list[str], bool]]:
    """Lower-case name -> (codes, only as an answer to "where do you live?")."""
    names: dict[str, tuple[list[str], bool]] = {}
    for r in _rows("places.csv"):
        only_asked = r["common_word"] == "yes" or r["first_name"] == "yes"
        codes = r["la_codes"].split("|")
        if (big := r["dominant_la"]) in codes:
            codes = [big, *(c for c in codes if c != big)]
        names[r["place"].lower()] = (codes, only_asked)
    for r in _rows("local_authorities.csv"):
        for alias in filter(None, r["aliases"].split("|")):
            names.setdefault(alias.lower(), ([r["la_code"]], False))
        for name in (r["name"], r["short_name"]):
            known = names.get(name.lower())
            names[name.lower()] = ([r["la_code"]], known[1] if known else False)
    return names


@lru_cache
def _outcodes() -> dict[str, list[tuple[str, float]]]:
    return {r["outcode"]: list(zip(r["la_codes"].split("|"), map(float, r["shares"].split("|")), strict=False))
            for r in _rows("postcode_areas.csv")}


def find_councils(text: str, asked: bool = False) -> list[Council]:
    """The councils that `text` may mean, likeliest first: one when it is clear, several to choose from, or none.

    `asked` says that the text answers "where do you live?", so that a town called Reading counts.
    """
    for found in _OUTCODE.finditer(text):
        shares = _outcodes().get(found[1].upper())
        if shares:
            codes = [shares[0][0]] if shares[0][1] >= SURE else [c for c, share in shares if share >= 0.01]
            return [councils()[c] for c in codes[:MOST_CHOICES]]
    words = _WORD.findall(text)
    for size in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            name = " ".join(words[start:start + size]).lower()
            codes, only_asked = _names().get(name, ([], False))
            if codes and (asked or not only_asked) and (size > 1 or len(name) > 3):
                return [councils()[c] for c in codes[:MOST_CHOICES]]
    return []
