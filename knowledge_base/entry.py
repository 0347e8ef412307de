"""An entry: one checked answer, one Markdown file under entries/<topic>/.

The front matter says what the answer rests on and who owes what; the text before "## More" is the short answer,
the text after it the detail. The format is described in docs/architecture.md and enforced by `check.py`.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base import HOME

ENTRIES = HOME / "entries"


class EntryError(ValueError):
    """An entry that cannot be read; the message names the file and what to mend."""


@dataclass(frozen=True)
class Duty:
    """Who owes what, how strongly (must, should or may), and where it says so."""

    who: str
    strength: str
    what: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One checked answer. `short` and `more` are Markdown."""

    id: str
    topic: str
    title: str
    questions: tuple[str, ...]
    duties: tuple[Duty, ...]
    cites: tuple[str, ...]
    facts: tuple[str, ...]
    stage: tuple[str, ...]
    status: str
    reviewed: date
    review_by: date
    next: tuple[str, ...]
    sms: str
    short: str
    more: str
    offer_person: bool = False
    signpost: bool = False
    instead_of: str = ""  # of a local entry: the national one it stands in for; overlay.py
    adds: bool = False  # of a local entry: it stands beside the national ones

    def all_cites(self) -> list[str]:
        """Every citation that the reply shows: the entry's own before those of its duties, each law before its finer parts."""
        listed = list(dict.fromkeys([*self.cites, *(c for duty in self.duties for c in duty.cites)]))
        laws = {_without_part(c): c for c in reversed(listed)}
        return sorted(listed, key=lambda c: laws[_without_part(c)] != c)


def _without_part(cite: str) -> str:
    """ "CFA 2014 s.36(8)" without its "(8)"."""
    return re.sub(r"(?:\((?:\d+[A-Z]*|[a-z]+)\)-?)+$", "", cite)


REQUIRED = ("id", "topic", "title", "questions", "cites", "facts", "stage", "status", "reviewed", "review_by", "sms")


def read_entry(path: Path) -> Entry:
    """Read one file. Raises EntryError for missing fields, bad dates or missing text."""
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise EntryError(f"{path.name}: the file must start with '---', the fields, and '---' on a line of its own.")
    try:
        fields = yaml.safe_load(parts[1])
    except yaml.YAMLError as error:
        raise EntryError(f"{path.name}: the fields are not valid YAML. {str(error).splitlines()[-1].strip()}") from None
    if not isinstance(fields, dict):
        raise EntryError(f"{path.name}: the part between the '---' lines must be 'name: value' fields.")
    if missing := [name for name in REQUIRED if not fields.get(name)]:
        raise EntryError(f"{path.name}: add the missing field{'s' if len(missing) > 1 else ''} {', '.join(missing)}.")
    for name in ("reviewed", "review_by"):
        if not isinstance(fields[name], date):
            raise EntryError(f"{path.name}: {name} must be a date such as 2026-11-22.")
    duties = []
    for duty in fields.get("duties") or []:
        if absent := [k for k in ("who", "strength", "what", "cites") if not duty.get(k)]:
            raise EntryError(f"{path.name}: a duty lacks {', '.join(absent)}: say who owes it and how strongly.")
        duties.append(Duty(duty["who"], duty["strength"], duty["what"], tuple(map(str, duty["cites"]))))
    short, found, more = parts[2].partition("## More\n")
    if not short.strip() or not found or not more.strip():
        raise EntryError(f"{path.name}: write a short answer, then a line '## More', then the detail.")
    strings = {name: tuple(map(str, fields.get(name) or ())) for name in ("questions", "cites", "facts", "stage", "next")}
    return Entry(
        id=str(fields["id"]), topic=str(fields["topic"]), title=str(fields["title"]), duties=tuple(duties),
        status=str(fields["status"]), reviewed=fields["reviewed"], review_by=fields["review_by"], sms=str(fields["sms"]),
        short=short.strip(), more=more.strip(), offer_person=bool(fields.get("offer_person")),
        signpost=bool(fields.get("signpost")),
        instead_of=str(fields.get("instead_of") or ""), adds=bool(fields.get("adds")), **strings,
    )


def read_entries(folder: Path = ENTRIES) -> dict[str, Entry]:
    """Every entry by id, in order of topic and file name. Raises EntryError for the first one that cannot be read."""
    found: dict[str, Entry] = {}
    for path in sorted(folder.glob("*/*.md")):
        entry = read_entry(path)
        if entry.id in found:
            raise EntryError(f"{path.name}: the id {entry.id} is already used by another file. Choose another.")
        found[entry.id] = entry
    return found


@lru_cache
def entries() -> dict[str, Entry]:
    """The entries that ship with the project, read once."""
    return read_entries()
