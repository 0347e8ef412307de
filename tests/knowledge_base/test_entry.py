"""An entry that cannot be read is a sentence that names the file and what to mend."""

from datetime import date

import pytest

from knowledge_base.entry import EntryError, read_entries, read_entry

GOOD = """---
id: taxi
topic: transport
title: A taxi to school
questions: [can he have a taxi]
duties:
  - {who: local authority, strength: must, what: "arrange travel", cites: ["EA 1996 s.508B", "CFA 2014 s.42"]}
cites: ["CFA 2014 s.42"]
facts: [some-fact]
stage: [school]
status: in-force
reviewed: 2026-11-22
review_by: 2027-05-22
sms: "Ask the council."
---
Yes, sometimes.

## More
The detail.
"""


@pytest.fixture
def file(tmp_path):
    """Writes an entry file and gives its path."""
    def write(text, name="taxi.md"):
        path = tmp_path / "transport" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_entry_is_read_whole(file):
    entry = read_entry(file(GOOD))
    assert (entry.id, entry.short, entry.more, entry.review_by) == ("taxi", "Yes, sometimes.", "The detail.", date(2027, 5, 22))
    assert entry.duties[0].strength == "must" and entry.next == () and not entry.offer_person


def test_its_citations_are_its_own_first_then_those_of_its_duties_once_each(file):
    assert read_entry(file(GOOD)).all_cites() == ["CFA 2014 s.42", "EA 1996 s.508B"]


@pytest.mark.parametrize("old, new, says", [
    ("---\nid", "id", "must start with '---'"),
    ("title: A taxi to school", "title: [unclosed", "not valid YAML"),
    ("title: A taxi to school\n", "", "add the missing field title"),
    ('sms: "Ask the council."\n', "", "add the missing field sms"),
    ("questions: [can he have a taxi]\nd", "questions: []\nd", "add the missing field questions"),
    ("id: taxi\ntopic: transport\n", "", "add the missing fields id, topic"),
    ("reviewed: 2026-11-22", "reviewed: last week", "reviewed must be a date such as 2026-11-22"),
    ("review_by: 2027-05-22", "review_by: soon", "review_by must be a date such as 2026-11-22"),
    ("strength: must, ", "", "a duty lacks strength"),
    ("## More", "More", "then a line '## More'"),
    ("The detail.\n", "", "then a line '## More'"),
    ("Yes, sometimes.\n", "", "write a short answer"),
])
def test_what_is_wrong_is_a_sentence_with_the_name_of_the_file(file, old, new, says):
    assert old in GOOD
    with pytest.raises(EntryError, match=r"taxi\.md: ") as wrong:
        read_entry(file(GOOD.replace(old, new)))
    assert says in str(wrong.value)


def test_fields_that_are_a_list_are_refused(file):
    with pytest.raises(EntryError, match="must be 'name: value' fields"):
        read_entry(file("---\n- a\n---\nshort\n## More\nmore\n"))


def test_an_id_used_twice_is_refused(file):
    file(GOOD)
    path = file(GOOD, "taxi2.md")
    with pytest.raises(EntryError, match=r"taxi2\.md: the id taxi is already used"):
        read_entries(path.parent.parent)
