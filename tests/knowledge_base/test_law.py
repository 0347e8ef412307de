"""The register of what may be cited: what is not in it cannot be said."""

import pytest

from knowledge_base.law import BINDING, law, read_law


@pytest.mark.parametrize("cite, title, url", [
    ("CFA 2014 s.36(1)", "Children and Families Act 2014, section 36(1)", "https://www.legislation.gov.uk/ukpga/2014/6/section/36"),
    ("CFA 2014 s.51(2)(c)(iii)", "Children and Families Act 2014, section 51(2)(c)(iii)", "https://www.legislation.gov.uk/ukpga/2014/6/section/51"),
    ("CFA 2014", "Children and Families Act 2014", "https://www.legislation.gov.uk/ukpga/2014/6/contents"),
    ("CFA 2014 Part 3", "Children and Families Act 2014, Part 3", "https://www.legislation.gov.uk/ukpga/2014/6/contents"),
    ("CoP 2015 9.8", "SEND Code of Practice: 0 to 25 years (January 2015), paragraph 9.8",
     "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
    ("CoP 2015 6.27-6.28", "SEND Code of Practice: 0 to 25 years (January 2015), paragraphs 6.27-6.28",
     "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
    ("CoP 2015 ch.9", "SEND Code of Practice: 0 to 25 years (January 2015), chapter 9",
     "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"),
])
def test_a_registered_citation_has_a_title_and_an_address(cite, title, url):
    found = law().find(cite)
    assert (found.text, found.title, found.url) == (cite, title, url)


@pytest.mark.parametrize("cite", [
    "CFA 2014 s.999", "CFA 2014 s.36(99)", "CFA 2014 36", "CFA 2015 s.36", "CoP 2015 99.1", "Magic Act 2020 s.1", "", " ", "s.36",
    "CFA 2014s.36",
])
def test_an_unknown_law_or_part_is_refused(cite):
    assert law().find(cite) is None


def test_blanks_between_the_words_do_not_matter():
    assert law().find("  CFA  2014   s.36(1) ") == law().find("CFA 2014 s.36(1)")


def test_a_longer_name_is_never_read_as_a_part_of_a_shorter_one(tmp_path):
    register = tmp_path / "law.yaml"
    register.write_text("- {source: EA, title: Old Act, kind: act, url: null, refs: ['1996 s.7']}\n"
                        "- {source: EA 1996, title: Education Act 1996, kind: act, url: null, refs: [s.7]}\n")
    assert read_law(register).find("EA 1996 s.7").title == "Education Act 1996, section 7"


def test_a_source_named_twice_is_a_sentence(tmp_path):
    register = tmp_path / "law.yaml"
    register.write_text("- {source: X, title: X, kind: act, url: null, refs: []}\n" * 2)
    with pytest.raises(ValueError, match="names these sources twice: X"):
        read_law(register)


def test_everything_in_the_register_can_be_found_and_shown():
    for source in law().sources:
        assert source.kind in BINDING and (source.url or "").startswith(("https://", ""))
        for ref in source.refs:
            found = law().find(f"{source.source} {ref}")
            assert found and "{" not in (found.url or ""), (source.source, ref)
