"""A local service: its own contacts, and entries that stand in for national ones."""

from datetime import date

import pytest

from knowledge_base.check import check_entry, glossary_letters
from knowledge_base.entry import EntryError, entries
from knowledge_base.law import law
from knowledge_base.overlay import SERVICES, contacts, entries_for, serves

EXAMPLE = SERVICES / "example" / "entries" / "exampleshire-local-offer.md"


@pytest.fixture
def home(tmp_path):
    """`home(service_yaml, name=text, …)`: a folder of services with one in it."""
    def make(service="name: x\n", **local):
        folder = tmp_path / "own" / "entries"
        folder.mkdir(parents=True)
        (folder.parent / "service.yaml").write_text(service, encoding="utf-8")
        for name, text in local.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        return tmp_path

    return make


def test_the_default_service_changes_nothing():
    assert entries_for("default", entries()) == entries() and contacts("default") == () and not serves("default", "383")


def test_the_example_stands_in_for_a_national_entry_under_its_id():
    merged = entries_for("example", entries())
    local = merged["local-offer-what-is-it"]
    assert local.id == "local-offer-what-is-it" and "example.org" in local.short and set(merged) == set(entries())
    assert "example.org" not in entries()["local-offer-what-is-it"].short, "the national entry is left as it was"


def test_the_example_passes_the_editorial_check():
    (local,) = [e for e in entries_for("example", entries()).values() if e.instead_of]
    assert check_entry(local, law(), set(entries()), glossary_letters(), date(2026, 11, 24)) == []


def test_the_examples_contacts_say_how_to_reach_them_and_how_deaf_people_can():
    line = contacts("example")[0].says()
    assert line.startswith("Exampleshire SEND advice line") and "ring 01632 960123" in line and "Relay UK, SignVideo" in line
    assert "Open Monday to Thursday" in line


def test_an_addition_is_offered_first_under_the_entries_of_its_topic(home):
    text = EXAMPLE.read_text(encoding="utf-8").replace("instead_of: local-offer-what-is-it", "adds: true")
    merged = entries_for("own", entries(), home(own=text))
    assert merged["exampleshire-local-offer"].adds and len(merged) == len(entries()) + 1
    assert merged["local-offer-feedback"].next[0] == "exampleshire-local-offer"
    assert merged["mediation-time-limit"] == entries()["mediation-time-limit"]
    assert "exampleshire-local-offer" not in merged["exampleshire-local-offer"].next


@pytest.mark.parametrize("change, problem", [
    (("instead_of: local-offer-what-is-it\n", ""), "say either 'instead_of"),
    (("instead_of: local-offer-what-is-it\n", "instead_of: local-offer-what-is-it\nadds: true\n"), "say either 'instead_of"),
    (("instead_of: local-offer-what-is-it", "instead_of: no-such-entry"), "no national entry no-such-entry"),
    (("id: exampleshire-local-offer\ninstead_of: local-offer-what-is-it", "id: local-offer-feedback\nadds: true"), "already used"),
])
def test_a_local_entry_that_does_not_fit_is_refused_with_a_sentence(home, change, problem):
    folder = home(own=EXAMPLE.read_text(encoding="utf-8").replace(*change))
    with pytest.raises(EntryError, match=problem):
        entries_for("own", entries(), folder)


@pytest.mark.parametrize("row, problem", [("phone: '1'", "needs a name"), ("{name: x, fax: '1'}", "unknown fields fax")])
def test_a_contact_that_cannot_be_read_is_refused_with_a_sentence(home, row, problem):
    with pytest.raises(EntryError, match=problem):
        contacts("own", home(f"name: x\ncontacts:\n  - {row}\n"))


def test_a_service_serves_the_councils_it_lists(home):
    folder = home("name: x\ncouncils: ['383', 380]\n")
    assert serves("own", "383", folder) and serves("own", "380", folder) and not serves("own", "381", folder)


@pytest.mark.parametrize("name", ["../default", "", "a/b", "Default"])
def test_a_service_is_only_ever_a_folder_of_that_name(name):
    with pytest.raises(ValueError, match="no name of a service"):
        contacts(name)
