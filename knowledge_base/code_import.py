"""`sendline kb import-code`: the official SEND Code of Practice, cut into paragraphs and kept beside the digest.

Everything is read, cut and compared with the register first. The new file is written beside the old one, and the manifest, replaced in
one step, says which is in use. A file that is wrong in any way changes nothing.
"""

import json
import os
import re
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import httpx

from knowledge_base.code_html import read_html
from knowledge_base.code_layout import Cut, Line, cut
from knowledge_base.code_of_practice import OFFICIAL, SOURCE, CodeImportError, Paragraph, digest
from knowledge_base.code_pdf import read_pdf
from knowledge_base.law import Law, law

LARGEST = 40 * 1024 * 1024  # bytes
TIMEOUT = httpx.Timeout(30, connect=10)
ENOUGH = 0.9  # share of the registered paragraphs that the Code holds; a file with fewer is another edition, or cut short
EDITION = "January 2015"  # the one that every citation here names


@dataclass(frozen=True)
class Report:
    """What an import found: paragraphs by chapter, numbers missing in between, and the register's references."""

    paragraphs: int
    chapters: dict[int, int]
    gaps: list[str]
    found: int
    missing: list[str]


def registered(register: Law | None = None) -> list[str]:
    """The single paragraphs, ends of ranges, and annexes of the Code that law.yaml registers, in order."""
    refs = next(source.refs for source in (register or law()).sources if source.source == SOURCE)
    ends = {end for ref in refs for end in ref.split("-") if re.fullmatch(r"\d+\.\d+|Introduction [ivxl]+|Annex \d+", end)}
    return sorted(ends, key=lambda ref: ([int(n) for n in re.findall(r"\d+", ref)] if ref[0].isdigit() else [0], ref))


def import_code(source: str, home: Path, wanted: list[str] | None = None, transport: httpx.BaseTransport | None = None) -> Report:
    """Import the Code from a file or an https address into <home>/code/. Raises CodeImportError and changes nothing otherwise.

    `wanted` are the references that have to be there (the register's); `transport` stands in for the network.
    """
    content = fetched(source, transport) if re.match(r"[a-z]+://", source, re.IGNORECASE) else _file(Path(source))
    lines, text = _lines(content)
    if not re.search(r"special educational needs", text, re.IGNORECASE) or not re.search(r"code of practice", text, re.IGNORECASE):
        raise CodeImportError("This is not the SEND Code of Practice: its name is nowhere in it. Nothing was changed.")
    if EDITION not in text:
        raise CodeImportError(f"This is not the edition of {EDITION}, which every citation here names. Nothing was changed.")
    cuts = cut(lines)
    report = _report(cuts, registered() if wanted is None else wanted)
    total = report.found + len(report.missing)
    if not cuts or report.found < ENOUGH * total:
        raise CodeImportError(
            f"Only {report.found} of the {total} paragraphs that Sendline cites are in this file: it is cut short, or not the whole "
            "Code. Nothing was changed.")
    _write([_paragraph(one) for one in cuts], home / "code", source, content, report)
    return report


def fetched(url: str, transport: httpx.BaseTransport | None = None) -> bytes:
    """The document at an https address, redirects included. Raises CodeImportError for anything else, or more than LARGEST."""

    def only_https(request: httpx.Request) -> None:
        if request.url.scheme != "https":
            raise CodeImportError(f"{request.url} is not an https address. Nothing was changed.")

    try:
        with (
            httpx.Client(transport=transport, timeout=TIMEOUT, follow_redirects=True, event_hooks={"request": [only_https]}) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != 200:
                raise CodeImportError(f"The address answered {response.status_code}, not the document. Nothing was changed.")
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                _check_size(len(content))
            return bytes(content)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise CodeImportError(f"The address could not be read ({type(error).__name__}). Nothing was changed.") from None


def _file(path: Path) -> bytes:
    try:
        _check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise CodeImportError(f"{path} cannot be read ({type(error).__name__}). Check the name. Nothing was changed.") from None


def _check_size(size: int) -> None:
    if size > LARGEST:
        raise CodeImportError(f"The document is larger than {LARGEST >> 20} MB: it is not the Code. Nothing was changed.")


def _lines(content: bytes) -> tuple[list[Line], str]:
    """The lines of a PDF or of an HTML page, told apart by how they begin, and all that stands in it, its title included."""
    if not content.strip():
        raise CodeImportError("The document is empty. Nothing was changed.")
    if b"%PDF-" in content[:1024]:
        lines = read_pdf(content)
        return lines, " ".join(line.text for line in lines)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if not re.search(r"<(?:!doctype|html|body|article|main|div|h1|p)\b", text[:20_000], re.IGNORECASE):
        raise CodeImportError("This is neither a PDF nor an HTML page. Nothing was changed.")
    return read_html(text), text


def _report(cuts: list[Cut], wanted: list[str]) -> Report:
    refs = {one.ref for one in cuts}
    chapters = dict(sorted(Counter(one.chapter for one in cuts).items()))
    gaps = []
    for chapter in chapters:
        numbers = {int(ref.split(".")[1]) for ref in refs if ref.startswith(f"{chapter}.")}
        gaps += [f"{chapter}.{n}" for n in range(1, max(numbers, default=0)) if n not in numbers]
    missing = [ref for ref in wanted if ref not in refs]
    return Report(len(cuts), chapters, gaps, len(wanted) - len(missing), missing)


def _paragraph(one: Cut) -> Paragraph:
    strength = next((word for word in ("must", "should") if re.search(rf"\b{word}\b", one.text)), "info")
    known = digest().get(one.ref)
    return Paragraph(one.ref, one.chapter, one.heading, one.text, strength, known.who if known else "", OFFICIAL)


def _write(found: list[Paragraph], folder: Path, source: str, content: bytes, report: Report) -> None:
    """The paragraphs under a name of their own, then the manifest that names them, in one step; then the old file goes."""
    lines = "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found).encode()
    checksum = sha256(lines).hexdigest()
    name = f"paragraphs-{checksum[:12]}.jsonl"
    manifest = {"file": name, "sha256": checksum, "source": source, "source_sha256": sha256(content).hexdigest(),
                "imported": datetime.now(UTC).isoformat(timespec="seconds"), **asdict(report)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in ((name, lines), ("manifest.json", json.dumps(manifest, indent=1).encode())):
            _replace(folder / file, data)
    except OSError as error:
        raise CodeImportError(f"{folder} cannot be written ({type(error).__name__}). The old text stays in use.") from None
    for old in folder.glob("paragraphs-*.jsonl"):
        if old.name != name:
            old.unlink(missing_ok=True)


def _replace(path: Path, data: bytes) -> None:
    new = path.with_name(path.name + ".new")
    with new.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
