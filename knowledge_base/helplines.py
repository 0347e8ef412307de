"""National sources of help: who, for what, and when. Data: directory/helplines.yaml.

A number is given only where it was seen on the organisation's own page or an official one (confidence high). Opening hours
are given only where the source states them.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
import yaml

from knowledge_base.councils import DIRECTORY

LONDON = ZoneInfo("Europe/London")
ALWAYS = "always"


@dataclass(frozen=True)
class Helpline:
    """One organisation. `opens` is ALWAYS, the weekday span, or None where the hours are not settled."""

    id: str
    name: str
    what_for: str
    phone: str
    text: str
    hours: str
    opens: str | tuple[time, time] | None
    shut_on_bank_holidays: bool | None  # None: the source does not say
    url: str
    confidence: str
    topics: tuple[str, ...]
    words: re.Pattern | None

    def says(self) -> str:
        """Name, number or link, and hours, in a sentence or two."""
        if not self.phone and not self.text:
            return f"{self.name}: {self.url}."
        ways = " or ".join([*([f"ring {self.phone}"] if self.phone else []), *([f"text {self.text}"] if self.text else [])])
        return f"{self.name}: {ways}. {f'Open: {self.hours}.' if self.opens else 'Opening times are on its website:'} {self.url}"


def _read(row: dict) -> Helpline:
    sure, hours = row["confidence"] == "high", row.get("open")
    opens = hours
    if isinstance(hours, dict):
        start, end = hours["weekdays"].split("-")
        opens = (time.fromisoformat(start), time.fromisoformat(end))
    shut = True if isinstance(hours, dict) and hours.get("bank_holidays") == "closed" else None
    return Helpline(
        row["id"], row["name"], row["what_for"], (row["phone"] or "") if sure else "", (row["text"] or "") if sure else "",
        row["hours"] or "", opens if sure else None, shut, row["url"], row["confidence"], tuple(row.get("topics") or ()),
        re.compile(rf"\b(?:{row['words']})\b", re.I) if row.get("words") else None)


@lru_cache
def helplines() -> dict[str, Helpline]:
    """Every source of help by id, without those that rest on low confidence."""
    found = yaml.safe_load((DIRECTORY / "helplines.yaml").read_text(encoding="utf-8"))
    return {row["id"]: _read(row) for row in found if row["confidence"] != "low"}


def _letters(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def helpline(name: str) -> Helpline | None:
    """The helpline of this id or name, however it is spelt: "SOS!SEN", "sossen", "Contact", "NDCS"."""
    wanted = _letters(name)
    for one in helplines().values():
        if wanted and wanted in (_letters(one.id), _letters(one.name), _letters(one.name.split("(")[0])):
            return one
    return None


def for_need(need: str, most: int = 3) -> list[Helpline]:
    """Who helps with a topic (topics.py) or with what a message says: those with a sure number or link first."""
    found = [h for h in helplines().values() if need in h.topics or (h.words and h.words.search(need))]
    return sorted(found, key=lambda h: h.confidence != "high")[:most]


@lru_cache
def _bank_holidays():
    return holidays.country_holidays("GB", subdiv="ENG")


def open_now(one: Helpline, at: datetime) -> bool | None:
    """Whether it is open at that moment; None where its hours are not settled."""
    at = at.astimezone(LONDON)
    if one.opens is None or one.opens == ALWAYS:
        return one.opens and True
    opens, closes = one.opens
    if at.weekday() > 4 or not opens <= at.time() < closes:
        return False
    return (False if one.shut_on_bank_holidays else None) if at.date() in _bank_holidays() else True
