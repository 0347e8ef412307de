"""The Code, paragraph by paragraph: the digest in our own words, the imported text, and who asks to see it."""

import json
from dataclasses import asdict, replace
from hashlib import sha256

import pytest
import yaml

from knowledge_base import HOME
from knowledge_base.check import SENTENCE_WORDS, sentences
from knowledge_base.code_of_practice import (
    CHAPTERS,
    DIGEST,
    OFFICIAL,
    CodeImportError,
    Paragraph,
    asks_for_code,
    digest,
    entry_for,
    imported,
    paragraph,
)
from knowledge_base.entry import entries
from knowledge_base.facts import facts
from knowledge_base.law import law


@pytest.fixture
def home(tmp_path):
    """A home with one imported paragraph."""
    (tmp_path / "code").mkdir()
    one = Paragraph("9.14", 9, "A heading", "The official words.", "must", "local authority", OFFICIAL)
    line = json.dumps(asdict(one)).encode() + b"\n"
    (tmp_path / "code/paragraphs-1.jsonl").write_bytes(line)
    (tmp_path / "code/manifest.json").write_text(json.dumps({"file": "paragraphs-1.jsonl", "sha256": sha256(line).hexdigest()}))
    return tmp_path


@pytest.fixture(scope="module")
def digest_rows():
    """The rows of the digest as they are written, with their facts."""
    return yaml.safe_load((HOME / "code/digest.yaml").read_text(encoding="utf-8"))


# ------------------------------------------------------------------ the digest


def test_every_row_of_the_digest_may_be_cited_and_is_in_its_chapter():
    wrong = [p.ref for p in digest().values() if not law().find(p.cite) or (p.chapter and not p.ref.startswith(f"{p.chapter}."))]
    assert wrong == [] and len(digest()) > 80 and {p.chapter for p in digest().values()} == set(CHAPTERS)


def test_every_row_rests_on_checked_facts_that_cite_that_paragraph(digest_rows):
    wrong = []
    for row in digest_rows:
        for fact in row["facts"]:
            cited = " ".join(str(c["ref"]) for c in facts()[fact]["cites"] if c["source"] == "CoP 2015")
            if facts()[fact]["confidence"] != "high" or row["ref"] not in cited.replace("Introduction, ", "Introduction "):
                wrong.append((row["ref"], fact))
    assert wrong == [] and all(row["facts"] for row in digest_rows)


def test_the_digest_is_in_short_sentences_and_says_must_only_where_its_strength_is_must(digest_rows):
    long = [s for row in digest_rows for s in sentences(row["says"]) if len(s.split()) > SENTENCE_WORDS]
    assert long == []
    assert [row["ref"] for row in digest_rows if ("must" in row["says"]) != (row["strength"] == "must")] == []
    assert {row["strength"] for row in digest_rows} == {"must", "should", "may", "info"}


# ------------------------------------------------------------------ which words are shown


def test_the_official_words_come_before_ours(home):
    assert paragraph("9.14", home).text == "The official words."
    assert paragraph("9.69", home).origin == DIGEST


def test_without_an_import_the_digest_is_all_there_is(tmp_path):
    assert imported(tmp_path) == {} and paragraph("9.14", tmp_path) == digest()["9.14"]


def test_a_paragraph_inside_a_range_is_answered_by_the_narrowest_range(tmp_path):
    assert paragraph("9.133", tmp_path).ref == "9.131-9.136"
    assert paragraph("6.53", tmp_path).ref == "6.53-6.54"
    assert paragraph("6.47", tmp_path).ref == "6.44-6.56"


@pytest.mark.parametrize("ref", ["9.999", "12.1", "Annex 7", "Introduction l", "", "nonsense"])
def test_a_paragraph_that_nothing_is_known_of_is_none(ref, tmp_path):
    assert paragraph(ref, tmp_path) is None


@pytest.mark.parametrize("name", ["code/paragraphs-1.jsonl", "code/manifest.json"])
@pytest.mark.parametrize("content", ["", "{}", "not json", "[1]"])
def test_a_damaged_import_says_so_and_the_digest_still_answers(home, name, content):
    (home / name).write_text(content)
    with pytest.raises(CodeImportError, match="damaged"):
        imported(home)
    assert paragraph("9.14", home).origin == DIGEST


# ------------------------------------------------------------------ which entry it belongs to


def test_a_paragraph_belongs_to_the_entry_that_names_it_earliest(few):
    known = dict(few)
    known["taxi"] = replace(few["taxi"], cites=("CFA 2014 s.42", "CoP 2015 9.14"))
    known["bus"] = replace(few["bus"], cites=("CoP 2015 9.14", "CoP 2015 6.44-6.56"))
    assert entry_for("9.14", known) == "bus"
    assert entry_for("6.50", known) == "bus"
    assert entry_for("9.15", known) is None


def test_every_numbered_row_of_the_digest_belongs_to_an_entry():
    assert [ref for ref in digest() if ref[0].isdigit() and entry_for(ref, entries()) is None] == []


# ------------------------------------------------------------------ who asks to see it


@pytest.mark.parametrize("text, ref", [
    ("show me what the Code says at 9.14", "9.14"),
    ("Show me what the code says about 9.14 please", "9.14"),
    ("what does paragraph 6.44 say", "6.44"),
    ("what dose para 6.17 say", "6.17"),
    ("Whats 6.23 of cop say", "6.23"),
    ("quote 9.2 of the code", "9.2"),
    ("ok so can you give me the words of 9.69 in the SEND code of practice", "9.69"),
    ("What does the Code say at paragraph 11.45.", "11.45"),
    ("what is 9.14 in the code of practice", "9.14"),
    ("what’s paragraph 9.14?", "9.14"),
    ("what does 9.131 to 9.136 say", "9.131-9.136"),
    ("read me para 9.131–9.136 of the SEND code", "9.131-9.136"),
    ("cop 9.14", "9.14"), ("SEND code 6.44", "6.44"), ("9.14 of the code please", "9.14"), ("paragraph 10.150?", "10.150"),
    ("what does paragraph xiii of the introduction say", "Introduction xiii"), ("show me annex 1", "Annex 1"),
])
def test_who_asks_for_a_paragraph_gets_its_reference(text, ref):
    assert asks_for_code(text) == ref


@pytest.mark.parametrize("text", [
    "The council quoted 9.14 and refused to assess, what can we do?",
    "they tell me 9.14 of the code lets them refuse, is that right?",
    "the council tell us paragraph 9.14 lets them refuse",
    "what can I do when they quote paragraph 9.14 of the code at me",
    "what is the law when the council use para 9.14 to refuse",
    "what does the SEND code say about 5 year olds", "what does the code say about exclusion", "what does section F say",
    "his reading age is 6.44", "her score was 6.2 what does that mean", "school finishes at 3.15 and the taxi comes at 4.10",
    "show me how to get £6.50 back from the code", "what does reg 5.1 say", "what is a section 19", "our introduction visit is at 9.30", "",
])
def test_who_only_mentions_a_number_asks_something_else(text):
    assert asks_for_code(text) is None


@pytest.mark.parametrize("ref", [ref for ref in digest() if ref[0].isdigit()])
def test_every_reference_of_the_digest_can_be_asked_for(ref):
    assert asks_for_code(f"what does paragraph {ref} say") == ref
