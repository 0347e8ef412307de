"""The 153 councils of England that are responsible for SEND, and the advice service of each where the directory knows it.

Data: directory/local_authorities.csv and iass_services.csv (directory/README.md says where each row is from).
"""

import csv
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base import HOME

DIRECTORY = HOME / "directory"
# The Council for Disabled Children's list of every local service.
FINDER = ("https://councilfordisabledchildren.org.uk/about-us-0/networks/information-advice-and-support-services-network/"
          "find-your-local-ias-service")
SURE = ("high", "medium")  # how sure the directory is of a service; a name it is less sure of is not said


@dataclass(frozen=True)
class Council:
    """A local authority. `service` is empty where we are not sure of it; `change` says what is planned for the council."""

    code: str
    name: str
    short: str
    website: str
    service: str = ""
    service_website: str = ""
    change: str = ""


def rows(name: str) -> list[dict[str, str]]:
    """One CSV file of the directory."""
    with (DIRECTORY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def councils() -> dict[str, Council]:
    """Every council by its DfE number. A phone of a local service is never given: each is as old as the page it was seen on."""
    services = {r["la_code"]: r for r in rows("iass_services.csv") if r["confidence"] in SURE}
    found = {}
    for r in rows("local_authorities.csv"):
        service = services.get(r["la_code"], {})
        found[r["la_code"]] = Council(
            r["la_code"], r["name"], r["short_name"], r["council_website"], service.get("service_name", ""), service.get("website", ""),
            r["future_change"])
    return found
