"""Importing the official Code: what is cut out of it, and that a wrong file changes nothing."""

import json

import code_document
import httpx
import pytest

from knowledge_base import code_import
from knowledge_base.code_html import read_html
from knowledge_base.code_import import Report, fetched, import_code, registered
from knowledge_base.code_layout import ITEM, LABEL, TEXT, TITLE, Line, cut, roman
from knowledge_base.code_of_practice import OFFICIAL, CodeImportError, imported, paragraph
from knowledge_base.code_pdf import read_pdf

REFS = code_document.expected_refs()
URL = "https://example.org/code"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return code_document.as_pdf()


@pytest.fixture(scope="module")
def html() -> bytes:
    return code_document.as_html().encode()


@pytest.fixture(scope="module", params=["pdf", "html"])
def cuts(request, pdf, html):
    """The paragraphs of the same document, read from each of its two forms."""
    lines = read_pdf(pdf) if request.param == "pdf" else read_html(html.decode())
    return {one.ref: one for one in cut(lines)}


@pytest.fixture
def bring(tmp_path):
    """`bring(content, wanted=…)`: import a file of that content into a home of the test's own."""

    def run(content: bytes, wanted=REFS) -> Report:
        source = tmp_path / "the code"
        source.write_bytes(content)
        return import_code(str(source), tmp_path / "home", wanted)

    return run


def files(home):
    return {path.name: path.read_bytes() for path in (home / "home/code").glob("*")}


# ------------------------------------------------------------------ cutting


def test_exactly_the_numbered_paragraphs_come_out_in_order(cuts):
    assert list(cuts) == REFS and len(REFS) == 75


@pytest.mark.parametrize("ref", code_document.EXACT)
def test_hard_places_come_out_word_for_word(cuts, ref):
    assert cuts[ref].text == code_document.EXACT[ref]


def test_every_ordinary_paragraph_comes_out_whole(cuts):
    assert [ref for ref in REFS if "." in ref and cuts[ref].text != code_document.expected_text(ref)] == []


def test_the_introduction_is_numbered_in_roman(cuts):
    assert cuts["Introduction iv"].text == "Fruit in season is the subject of part iv of this introduction, and you may skip it."
    assert cuts["Introduction iv"].chapter == 0


def test_an_annex_is_one_paragraph_and_the_glossary_none(cuts):
    assert cuts["Annex 1"].text == "A young person may decide for themselves which apple to eat.\nWho helps\nA friend."
    assert cuts["Annex 1"].heading == "Minds of their own"


def test_headings_are_of_the_paragraphs_under_them(cuts):
    assert {ref: cuts[ref].heading for ref in code_document.HEADINGS} == code_document.HEADINGS
    assert cuts["1.5"].heading == "Lists that are kept" and cuts["2.10"].heading == "Plans"


def test_nothing_of_the_page_itself_is_in_a_paragraph(cuts):
    text = " ".join(one.text for one in cuts.values())
    strangers = ("SEND code", "Statutory guidance", "Ladders Act", "Orchards Act", "site", "twenty rules", "people with trees", "Apple: a")
    assert [words for words in strangers if words in text] == []


def lines(*texts, **more):
    return [Line(text, **more) for text in texts]


def test_a_number_out_of_order_begins_nothing():
    found = cut(lines("1.1 One.", "1.2 Two.", "3.14 Is about a circle.", "1.9 Too far ahead.", "1.1 Again.", "1.3 Three."))
    assert [one.ref for one in found] == ["1.1", "1.2", "1.3"]


def test_a_missed_paragraph_does_not_lose_the_rest_of_the_chapter():
    assert [one.ref for one in cut(lines("1.1 One.", "1.4 Four.", "2.1 Next."))] == ["1.1", "1.4", "2.1"]


def test_a_number_in_an_item_or_off_the_margin_begins_nothing():
    found = cut([Line("1.1 One."), Line("1.2 In a list.", ITEM), Line("1.2 Indented.", margin=False), Line("1.2 Two.")])
    assert [one.text for one in found] == ["One.\n• 1.2 In a list.\n1.2 Indented.", "Two."]


def test_a_number_alone_on_its_line_begins_the_next_paragraph():
    assert [(one.ref, one.text) for one in cut(lines("1.1", "One.", "1.2", "Two."))] == [("1.1", "One."), ("1.2", "Two.")]


def test_a_number_that_the_words_before_refer_to_begins_nothing():
    found = cut(lines("1.1 For hats see paragraph", "1.2 Baskets are for apples. See also paragraphs 1.4 and", "1.2 Pears.", "1.2 Two."))
    assert [one.ref for one in found] == ["1.1", "1.2"] and found[1].text == "Two."


def test_a_line_of_contents_is_known_by_its_dots_wherever_it_stands():
    found = cut(lines("1.1 Rules ......... 4", "1.2 More rules . . . . . 5", "1.1 One.", "1.2 Two."))
    assert [one.text for one in found] == ["One.", "Two."]


def test_a_bold_line_is_a_heading_only_where_a_number_follows():
    found = cut([Line("1.1 One."), Line("Bold words", LABEL), Line("go on.", TEXT), Line("Heading", LABEL), Line("1.2 Two.")])
    assert [(one.heading, one.text) for one in found] == [("", "One.\nBold words\ngo on."), ("Heading", "Two.")]


def test_the_contents_end_at_the_first_title_without_a_page_number():
    contents = [Line("Contents", TITLE), Line("1.1 Rules 4"), Line("Rules 4", TITLE), Line("1.2 More")]
    found = cut([*contents, Line("Rules", TITLE), Line("1.1 One.")])
    assert [(one.ref, one.text) for one in found] == [("1.1", "One.")]


@pytest.mark.parametrize("numeral, value", [("i", 1), ("iv", 4), ("ix", 9), ("xiii", 13), ("xix", 19), ("xxxiv", 34), ("xl", 40)])
def test_roman_numerals(numeral, value):
    assert roman(numeral) == value


def test_a_legislative_list_of_gov_uk_is_numbered_text():
    page = '<div class="govspeak"><ol class="legislative-list"><li>1.1 One.<ul><li>a<li>b</ul></li><li>1.2 Two &amp; more.</li></ol></div>'
    assert [(one.ref, one.text) for one in cut(read_html(page))] == [("1.1", "One.\n• a\n• b"), ("1.2", "Two & more.")]


# ------------------------------------------------------------------ importing


def test_an_import_reports_what_it_found_and_can_be_read(bring, tmp_path, pdf):
    report = bring(pdf, [*REFS, "3.21"])
    assert report == Report(75, {0: 15, 1: 20, 2: 20, 3: 20}, [], 75, ["3.21"])
    one = imported(tmp_path / "home")["1.4"]
    assert (one.text, one.origin, one.strength, one.heading) == (code_document.EXACT["1.4"], OFFICIAL, "must", "Lists that are kept")
    assert paragraph("1.4", tmp_path / "home") == one


def test_gaps_in_the_numbering_are_reported(bring, html):
    assert bring(html.replace(b"<p>2.11 Rule", b"<p>Rule")).gaps == ["2.11"]


def test_a_new_import_replaces_the_old_one_and_leaves_nothing_behind(bring, tmp_path, html):
    bring(html)
    bring(html.replace(b"A friend.", b"Two friends."))
    assert imported(tmp_path / "home")["Annex 1"].text.endswith("Two friends.")
    assert len(files(tmp_path)) == 2


def test_a_crash_between_the_two_files_leaves_the_old_text_in_use(bring, tmp_path, html, monkeypatch):
    bring(html)
    original = code_import._replace

    def crash(path, data):
        if path.name == "manifest.json":
            raise OSError("the power went")
        original(path, data)

    monkeypatch.setattr(code_import, "_replace", crash)
    with pytest.raises(CodeImportError, match="stays in use"):
        bring(html.replace(b"A friend.", b"Two friends."))
    assert imported(tmp_path / "home")["Annex 1"].text.endswith("A friend.")


def wrong_files(pdf: bytes, html: bytes) -> dict[str, tuple[bytes, str]]:
    """Files that are not the Code, each with what the error says."""
    from reportlab.lib.pdfencrypt import StandardEncryption

    middle = len(pdf) // 2
    return {
        "empty": (b"", "empty"),
        "only spaces": (b" \n ", "empty"),
        "a picture": (b"\x89PNG\r\n\x1a\n\x00\xff" * 40, "neither a PDF nor an HTML"),
        "plain text": (b"1.1 The special educational needs code of practice, January 2015.", "neither a PDF nor an HTML"),
        "truncated pdf": (pdf[:middle], "cut short"),
        "pdf in name only": (b"%PDF-1.4\nnothing here\n%%EOF\n", "damaged|nowhere in it"),
        "damaged pdf": (pdf[: middle // 2].replace(b"obj", b"jbo") + b"\x00" * 4000 + b"\n%%EOF\n", "damaged|nowhere in it"),
        "locked pdf": (code_document.as_pdf(StandardEncryption("secret", strength=128)), "locked with a password"),
        "another pdf": (code_document.as_pdf(parts=[code_document.loose("A letter about apples.")]), "cut short, or not the whole"),
        "another edition": (code_document.as_pdf(edition="March 2029"), "not the edition of January 2015"),
        "another page": (b"<!DOCTYPE html><p>1.1 Something else</p>", "its name is nowhere"),
        "half a page": (html[: len(html) // 2], "Only .* cut short"),
    }


@pytest.fixture(scope="module")
def wrong(pdf, html):
    return wrong_files(pdf, html)


@pytest.mark.parametrize("name", [
    "empty", "only spaces", "a picture", "plain text", "truncated pdf", "pdf in name only", "damaged pdf", "locked pdf", "another pdf",
    "another edition", "another page", "half a page",
])
def test_a_wrong_file_is_refused_in_a_sentence_and_changes_nothing(bring, tmp_path, html, wrong, name):
    bring(html)
    before = files(tmp_path)
    content, says = wrong[name]
    with pytest.raises(CodeImportError, match=says) as error:
        bring(content)
    assert str(error.value).endswith("Nothing was changed.")
    assert files(tmp_path) == before


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path, monkeypatch, bring):
    with pytest.raises(CodeImportError, match="cannot be read"):
        import_code(str(tmp_path / "nothing.pdf"), tmp_path)
    monkeypatch.setattr(code_import, "LARGEST", 1 << 20)
    with pytest.raises(CodeImportError, match="larger than 1 MB"):
        bring(b"%PDF-" + b"x" * (1 << 20))
    assert not (tmp_path / "home").exists()


def test_a_truncated_file_is_refused_against_the_whole_register(bring, html):
    with pytest.raises(CodeImportError, match="paragraphs that Sendline cites"):
        bring(html, registered())


def test_the_register_names_single_paragraphs_and_the_ends_of_ranges_in_order():
    refs = registered()
    assert {"9.14", "9.131", "9.136", "10.150", "Introduction xiii", "Annex 1"} <= set(refs)
    assert not [ref for ref in refs if "-" in ref or ref.startswith("ch.")]
    assert refs.index("9.9") < refs.index("9.11") < refs.index("10.30")


# ------------------------------------------------------------------ from an address


def test_an_https_address_is_followed_and_imported(tmp_path, pdf):
    def site(request):
        return httpx.Response(200, content=pdf) if request.url.path == "/the.pdf" else httpx.Response(302, headers={"location": "/the.pdf"})

    assert import_code(URL, tmp_path, REFS, httpx.MockTransport(site)).found == 75
    assert json.loads((tmp_path / "code/manifest.json").read_text())["source"] == URL


@pytest.mark.parametrize("url", ["http://example.org/code", "ftp://example.org/code", "file:///etc/hosts"])
def test_only_https_is_read(url, tmp_path):
    with pytest.raises(CodeImportError, match="not an https address"):
        import_code(url, tmp_path, REFS, httpx.MockTransport(lambda request: httpx.Response(200, content=b"x")))


def test_a_redirect_away_from_https_is_refused():
    away = httpx.MockTransport(lambda request: httpx.Response(302, headers={"location": "http://example.org/"}))
    with pytest.raises(CodeImportError, match="not an https address"):
        fetched(URL, away)


def test_an_endless_document_is_given_up(monkeypatch):
    monkeypatch.setattr(code_import, "LARGEST", 1000)
    sent = []

    def stream():
        while True:
            sent.append(1)
            yield b"x" * 100

    with pytest.raises(CodeImportError, match="larger than"):
        fetched(URL, httpx.MockTransport(lambda request: httpx.Response(200, content=stream())))
    assert len(sent) < 20


def silent(request):
    raise httpx.ReadTimeout("too late")


@pytest.mark.parametrize("site, says", [(lambda request: httpx.Response(404), "answered 404"), (silent, "ReadTimeout")])
def test_an_address_that_fails_is_one_sentence(site, says):
    with pytest.raises(CodeImportError, match=says):
        fetched(URL, httpx.MockTransport(site))
