"""What one local service adds to the national answers: its own contacts, and entries that stand in for national ones.

knowledge_base/services/<name>/service.yaml may list `councils` (the DfE numbers it serves) and `contacts`. An entry in
services/<name>/entries/ says in its fields either `instead_of: <national id>` or `adds: true`.
"""

import re
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path

import yaml

from knowledge_base import HOME
from knowledge_base.entry import Entry, EntryError, read_entry

SERVICES = HOME / "services"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Contact:
    """One way to reach local help. `access`: other ways in, such as Relay UK, SignVideo or an interpreter."""

    name: str
    what_for: str = ""
    phone: str = ""
    text: str = ""
    email: str = ""
    url: str = ""
    hours: str = ""
    access: str = ""

    def says(self) -> str:
        """The contact in one line."""
        ways = [f"ring {self.phone}" if self.phone else "", f"text {self.text}" if self.text else "",
                f"email {self.email}" if self.email else "", self.url]
        what = f" ({self.what_for})" if self.what_for else ""
        return f"{self.name}{what}: " + ". ".join(
            filter(None, (", ".join(filter(None, ways)), f"Open {self.hours}" if self.hours else "", self.access))) + "."


def _folder(service: str, home: Path) -> Path:
    if not _NAME.fullmatch(service):
        raise ValueError(f"'{service}' is no name of a service: use small letters, numbers and hyphens.")
    return home / service


@lru_cache
def _row(service: str, home: Path) -> dict:
    return yaml.safe_load((_folder(service, home) / "service.yaml").read_text(encoding="utf-8"))


def serves(service: str, council: str, home: Path = SERVICES) -> bool:
    """Whether the service is the one of this council (a DfE number)."""
    return council in map(str, _row(service, home).get("councils") or ())


def contacts(service: str, home: Path = SERVICES) -> tuple[Contact, ...]:
    """The service's own contacts. Raises EntryError for a field that is not one of a contact's."""
    known, found = {f.name for f in fields(Contact)}, []
    for row in _row(service, home).get("contacts") or ():
        if "name" not in row or (strange := set(row) - known):
            problem = "needs a name" if "name" not in row else f"has unknown fields {', '.join(sorted(strange))}"
            raise EntryError(f"{service}/service.yaml: a contact {problem}. Its fields are {', '.join(sorted(known))}.")
        found.append(Contact(**{name: str(value) for name, value in row.items()}))
    return tuple(found)


def entries_for(service: str, national: dict[str, Entry], home: Path = SERVICES) -> dict[str, Entry]:
    """The national entries as this service's families read them.

    A local entry that stands in for a national one takes its id, so that search, links and the log go on as they were. One
    that adds is offered first among what comes next, under every entry of its topic. Raises EntryError.
    """
    merged = dict(national)
    for path in sorted((_folder(service, home) / "entries").glob("*.md")):
        local = read_entry(path)
        if bool(local.instead_of) == local.adds:
            raise EntryError(f"{path.name}: say either 'instead_of: <national id>' or 'adds: true'.")
        if local.instead_of:
            if local.instead_of not in national:
                raise EntryError(f"{path.name}: there is no national entry {local.instead_of} to stand in for.")
            merged[local.instead_of] = replace(local, id=local.instead_of)
            continue
        if local.id in merged:
            raise EntryError(f"{path.name}: the id {local.id} is already used. Choose another.")
        for entry in [e for e in merged.values() if e.topic == local.topic]:
            merged[entry.id] = replace(entry, next=(local.id, *entry.next))
        merged[local.id] = local
    return merged
