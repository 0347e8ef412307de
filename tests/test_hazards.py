"""The hazard log in docs/safety.md is whole, and every test that it leans on exists."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOG = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
COLUMNS = ("id", "hazard", "cause", "severity before", "after", "control", "tests", "residual risk", "owner")
HAZARDS = {
    "wrong deadline", "missed crisis", "false alarm", "stale law", "wrong nation", "handoff nobody sees", "transcript to the wrong adviser",
    "bot taken for a person", "silence", "planted law confirmed", "personal words in a log", "message lost", "bot talks over a person",
    "crisis numbers stale", "language not understood", "partner reads the phone", "redaction misses a name", "person promised but closed",
    "injection",
}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
FILE = re.compile(r"`((?:actions|bot|channels|knowledge_base|tuning)/[\w/.]*)`")


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows(after: str) -> list[list[str]]:
    """The rows of the first table after these words, its head first."""
    lines = LOG.split(after, 1)[1].split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith("|"))
    end = next(number for number, line in enumerate(lines[start:], start) if not line.startswith("|"))
    return [cells(line) for number, line in enumerate(lines[start:end]) if number != 1]


HEAD, *LINES = rows("<!-- hazards -->")
TABLE = [dict(zip(HEAD, line, strict=True)) for line in LINES]


@cache
def defined_in(path: str) -> frozenset[str]:
    """The tests that a file defines; none where there is no such file."""
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def missing(text: str) -> list[str]:
    """The tests named in a text that do not exist."""
    return [f"{path}::{name}" for path, name in TEST.findall(text) if name not in defined_in(path)]


def test_the_log_has_its_columns_and_every_hazard():
    assert tuple(HEAD) == COLUMNS and len(TABLE) >= 18
    assert HAZARDS - {row["hazard"] for row in TABLE} == set()


def test_each_row_has_an_id_of_its_own_in_order():
    assert [row["id"] for row in TABLE] == [f"H{number:02}" for number in range(1, len(TABLE) + 1)]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_a_row_is_filled_and_its_tests_exist(row):
    assert all(row.values()), "an empty cell"
    assert TEST.findall(row["tests"]), "a control without a test is a hope"
    assert missing(row["tests"]) == []
    assert len(TEST.sub("", row["tests"]).replace(",", "").strip()) == 0, "something that is no test"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_a_control_lowers_the_severity_and_its_files_exist(row):
    assert 1 <= int(row["after"]) < int(row["severity before"]) <= 5
    assert FILE.findall(row["control"]) and [f for f in FILE.findall(row["control"]) if not (ROOT / f).exists()] == []


def test_the_gravest_hazards_are_proved_by_more_than_one_test():
    assert [row["id"] for row in TABLE if row["severity before"] == "5" and len(TEST.findall(row["tests"])) < 2] == []


def test_a_test_that_does_not_exist_is_found():
    assert missing("`tests/test_hazards.py::test_no_such_thing`, `tests/no_such_file.py::test_it`") == [
        "tests/test_hazards.py::test_no_such_thing", "tests/no_such_file.py::test_it"]


def test_every_test_named_anywhere_in_the_document_exists():
    assert missing(LOG) == [] and len(TEST.findall(LOG)) > 60


def test_every_cell_of_the_outage_table_is_there():
    down = [line[0] for line in rows("## Crisis numbers whatever is down")[1:]]
    for what in ("nothing", "Rasa", "actions", "index", "Redis", "database", "limit", "host"):
        assert any(what in cell for cell in down), what
