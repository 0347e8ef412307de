"""`sendline kb`: the commands about the Code of Practice and about what the entries leave uncovered."""

import json

from code_document import as_html


def test_kb_import_code_refuses_half_a_document_in_one_sentence_and_changes_nothing(sendline, tmp_path, settings):
    (tmp_path / "code.html").write_bytes(as_html().encode())
    code, out, err = sendline("kb", "import-code", str(tmp_path / "code.html"))
    assert code == 1 and not out
    assert "it is cut short, or not the whole Code. Nothing was changed." in err and not (settings.home / "code").exists()


def test_kb_coverage_counts_facts_topics_and_chapters(sendline):
    code, out, _ = sendline("kb", "coverage")
    assert code == 0 and "topics with few entries: 0" in out and "9 EHC assessments and plans" in out
    found = json.loads(sendline("kb", "coverage", "--json")[1])
    assert found["facts_without_entry"] == [] and found["facts_left_out"]
