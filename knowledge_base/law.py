"""The register of everything that may be cited, read from law.yaml.

A citation is a string such as "CFA 2014 s.36(1)": a source, then a part of it. A citation that is not in the
register cannot be said: `sendline kb check` refuses it in an entry, the gateway blocks it in a reply.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base import HOME

BINDING = {"act": "law", "regulations": "law", "case": "case law", "code": "statutory guidance", "guidance": "guidance"}
UNITS = [("s.", "section "), ("reg ", "regulation "), ("Sch ", "Schedule "), ("ch.", "chapter "), ("art ", "article ")]


@dataclass(frozen=True)
class Citation:
    """One citation, ready to show: `text` is "CFA 2014 s.36(1)", `title` what a parent reads."""

    text: str
    title: str
    kind: str
    url: str | None


@dataclass(frozen=True)
class Source:
    """One Act, set of regulations, code, case or piece of guidance, and the parts of it that may be cited."""

    source: str
    title: str
    kind: str
    url: str | None
    refs: frozenset[str]

    def cite(self, ref: str) -> Citation | None:
        """The citation of `ref` ("s.36(1)"), or of the whole source for ""; None when that part may not be cited."""
        if ref and ref not in self.refs:
            return None
        number = re.search(r"\d+[A-Z]*", ref)
        url = self.url
        if url and "{number}" in url:
            # A schedule has no page under /section/: send the reader to the contents.
            url = url.format(number=number[0]) if number and not ref.startswith(("Sch", "Part")) else \
                url[: url.rindex("/", 0, url.index("{number}") - 1)] + "/contents"
        return Citation(f"{self.source} {ref}".strip(), f"{self.title}{_spell(self.kind, ref)}", self.kind, url)


def _spell(kind: str, ref: str) -> str:
    if not ref:
        return ""
    if kind == "code" and ref[0].isdigit():
        return f", paragraph{'s' if '-' in ref else ''} {ref}"
    for short, long in UNITS:
        if ref.startswith(short):
            return ", " + long + ref[len(short):]
    return ", " + ref


class Law:
    """The register. `law.find("CFA 2014 s.36(1)")` is a Citation, or None for anything not registered."""

    def __init__(self, sources: list[Source]):
        # Longest name first: "Education Act 1996" must not be read as a part of a shorter name.
        self.sources = sorted(sources, key=lambda s: -len(s.source))

    def find(self, text: str) -> Citation | None:
        text = " ".join(text.split())
        for source in self.sources:
            if text == source.source:
                return source.cite("")
            if text.startswith(source.source + " "):
                return source.cite(text[len(source.source) + 1:])
        return None


def read_law(path: Path = HOME / "law.yaml") -> Law:
    """Read the register. Raises ValueError when a source is named twice."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = [row["source"] for row in rows]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{path.name} names these sources twice: {', '.join(sorted(twice))}. Keep one of each.")
    return Law([Source(r["source"], r["title"], r["kind"], r["url"], frozenset(map(str, r["refs"]))) for r in rows])


@lru_cache
def law() -> Law:
    """The register that ships with the project, read once."""
    return read_law()
