"""The command line, `sendline`. An error goes to standard error as one plain sentence, with a non-zero exit."""

import contextlib
import csv
import getpass
import json
import logging
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.errors import SendlineError
from bot.settings import Settings, read_settings

app = typer.Typer(
    no_args_is_help=True, add_completion=False,
    help="Sendline: checked answers about SEND in England, and a person when needed.")
kb = typer.Typer(no_args_is_help=True, help="The knowledge base.")
adviser = typer.Typer(no_args_is_help=True, help="The people who answer families.")
app.add_typer(kb, name="kb")
app.add_typer(adviser, name="adviser")
screen, errors = Console(), Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print what a program can read.")]


@app.command()
def serve() -> None:
    """Start everything, and end it on Ctrl-C."""
    from bot.serve import serve as run

    run(read_settings(), screen)


@app.command()
def train() -> None:
    """Train the dialogue model and build the index, where something changed."""
    from bot.serve import prepare

    prepare(read_settings(), screen)


@app.command()
def ask(question: Annotated[str, typer.Argument(help="A question; without one, a chat.")] = "", as_json: AsJson = False) -> None:
    """One answer, or a chat in the terminal."""
    from bot.batch import one_turn, pipeline

    with errors.status("Starting Rasa and the search …"), contextlib.ExitStack() as stack:
        gateway = stack.enter_context(pipeline(read_settings()))
        close = stack.pop_all()
    with close:
        talk = gateway.store.conversations.start("default", "terminal")
        turn = 0
        while text := question or _typed():
            turn += 1
            said = one_turn(gateway, talk, text, turn)
            if as_json:
                print(json.dumps({"id": talk.id, **said}, ensure_ascii=False))
            else:
                screen.print(f"\n{said['text']}\n", markup=False, highlight=False)
                if said["cites"]:
                    screen.print("[dim]Law: " + " · ".join(said["cites"]) + "[/dim]")
            if question:
                break


def _typed() -> str:
    try:
        return input("you> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


@app.command()
def batch(source: Path, out: Path) -> None:
    """The whole pipeline over a JSON Lines file; see docs/architecture.md for the format."""
    from bot.batch import pipeline, read_rows, run_rows

    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SendlineError(f"{source} cannot be read as UTF-8 text ({type(error).__name__}). Check the name.") from None
    rows = list(read_rows(lines, source.name))
    with pipeline(read_settings()) as gateway, out.open("w", encoding="utf-8") as file:
        for said in track(run_rows(gateway, rows), total=len(rows), console=errors, description="answering"):
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in said)


@app.command()
def unanswered(
    since: Annotated[str, typer.Option(help="From this day on, as 2026-11-01.")] = "",
    as_csv: Annotated[bool, typer.Option("--csv", help="One line a group, for a spreadsheet.")] = False,
    as_json: AsJson = False,
) -> None:
    """Questions that found no answer, grouped by meaning, the largest group first."""
    from bot.store import open_store
    from bot.unanswered_groups import group

    if since:
        with _sentence(f"'{since}' is not a date. Write it as 2026-11-01."):
            date.fromisoformat(since)
    groups = group(open_store(read_settings().database).unanswered.since(since))
    if as_json:
        print(json.dumps([vars(g) for g in groups], ensure_ascii=False))
    elif as_csv:
        table = csv.writer(sys.stdout)
        table.writerow(["size", "topic", "question", "reasons", "first", "last"])
        for g in groups:
            # A leading = + - @ would run as a formula in a spreadsheet.
            question = f"'{g.label}" if g.label[:1] in "=+-@\t" else g.label
            table.writerow([g.size, g.topic or "", question, "; ".join(g.reason_counts), g.first, g.last])
    elif not groups:
        screen.print("Every question so far was answered.")
    else:
        table = Table("times", "topic", "question", "why")
        for g in groups:
            table.add_row(str(g.size), g.topic or "", g.label, ", ".join(g.reason_counts))
        screen.print(table)


@app.command()
def doctor() -> None:
    """What is wrong and what to do."""
    from bot.doctor import findings

    settings = read_settings()
    well = True
    for good, sentence in findings(settings, settings.date_today()):
        screen.print(("[green]ok[/green]    " if good else "[red]mend[/red]  ") + sentence)
        well = well and good
    raise typer.Exit(0 if well else 1)


@kb.command("check")
def kb_check(as_json: AsJson = False) -> None:
    """Every problem of the knowledge base, and its figures."""
    from knowledge_base.check import check

    problems, figures = check(read_settings().date_today())
    if as_json:
        print(json.dumps({"problems": problems, "figures": figures}, ensure_ascii=False))
    else:
        for problem in problems:
            errors.print(problem, markup=False, highlight=False)
        for name, value in figures.items():
            screen.print(f"{name:20} {value}", highlight=False)
    raise typer.Exit(1 if problems else 0)


@kb.command("build")
def kb_build() -> None:
    """Build the search index, try it, and swap it in."""
    from knowledge_base.build import build
    from knowledge_base.encoder import encoder
    from knowledge_base.entry import entries

    settings = read_settings()
    figures = build(entries(), encoder(settings.encoder), settings.home / "index", lambda line: screen.print(line))
    for name, value in figures.items():
        screen.print(f"{name:30} {value}", highlight=False)


@kb.command("search")
def kb_search(question: str, as_json: AsJson = False) -> None:
    """What search finds for a question, with the scores and the verdict."""
    from knowledge_base.encoder import encoder
    from knowledge_base.entry import entries
    from knowledge_base.search import open_search

    settings = read_settings()
    found = open_search(settings.home / "index", entries(), encoder(settings.encoder)).find(question)
    if as_json:
        print(json.dumps({"verdict": found.verdict, "candidates": [vars(c) for c in found.candidates]}))
        return
    screen.print(f"verdict: {found.verdict}")
    for c in found.candidates[:10]:
        screen.print(f"{c.score:.3f}  {c.topic:28} {c.entry:45} {entries()[c.entry].title}", highlight=False)


@kb.command("import-code")
def kb_import_code(source: Annotated[str, typer.Argument(help="The official PDF or HTML page: a file, or an https address.")]) -> None:
    """Import the official SEND Code of Practice, so that its own words can be shown."""
    from knowledge_base.code_import import import_code

    settings = read_settings()
    with errors.status("Reading the Code …"):
        report = import_code(source, settings.home)
    screen.print(f"{report.paragraphs} paragraphs; {report.found} of the {report.found + len(report.missing)} that are cited were found.")
    for chapter, count in report.chapters.items():
        screen.print(f"chapter {chapter:<3} {count} paragraphs" if chapter else f"introduction and annexes: {count}", highlight=False)
    for name, refs in (("cited, but not found", report.missing), ("gaps in the numbering", report.gaps)):
        if refs:
            screen.print(f"{name}: {', '.join(refs)}", highlight=False)
    screen.print("Run 'sendline kb build' to search it too.")


@kb.command("coverage")
def kb_coverage(as_json: AsJson = False) -> None:
    """What the entries leave uncovered: facts, topics, and chapters of the Code by stage."""
    from knowledge_base.code_of_practice import CHAPTERS
    from knowledge_base.coverage import STAGES, coverage
    from knowledge_base.entry import entries
    from knowledge_base.facts import facts

    found = coverage(entries(), facts())
    if as_json:
        print(json.dumps(vars(found), ensure_ascii=False))
        return
    for name, rows in (
        ("facts without an entry", found.facts_without_entry),
        ("facts left out, of lower confidence", [f"{fact} ({how})" for fact, how in found.facts_left_out.items()]),
        ("entries without a checked fact", found.entries_without_facts),
        ("topics with few entries", [f"{topic} ({count})" for topic, count in found.thin_topics.items()]),
    ):
        screen.print(f"{name}: {len(rows)}", highlight=False)
        for row in rows:
            screen.print(f"  {row}", markup=False, highlight=False)
    table = Table("chapter of the Code", *STAGES, title="Entries that cite it, by stage")
    for chapter, counts in found.chapters.items():
        table.add_row(f"{chapter or ''} {CHAPTERS[chapter]}".strip(), *(str(counts[stage]) for stage in STAGES))
    screen.print(table)


@adviser.command("add")
def adviser_add(username: str, name: str, service: str = "default", admin: bool = False) -> None:
    """Add an adviser; the password is asked for, or read from standard input."""
    password = getpass.getpass("Password (at least 12 characters): ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    _advisers(read_settings()).add(username, name, password, service, admin)
    screen.print(f"{name} can sign in as '{username.lower()}'.")


@adviser.command("list")
def adviser_list() -> None:
    """Who there is."""
    for one in _advisers(read_settings()).list():
        screen.print(f"{one.username:20} {one.name:30} {one.service:12} {'disabled' if one.disabled else 'active'}", highlight=False)


@adviser.command("disable")
def adviser_disable(username: str) -> None:
    """Shut an adviser out at once."""
    _advisers(read_settings()).disable(username)
    screen.print(f"'{username}' can no longer sign in, and open sessions have ended.")


def _advisers(settings: Settings):
    from bot.store import open_store

    return open_store(settings.database).advisers


@contextlib.contextmanager
def _sentence(text: str):
    try:
        yield
    except ValueError:
        raise SendlineError(text) from None


def main() -> None:
    """Run a command. An error of ours is a sentence; anything else is a defect and shows where it is."""
    from knowledge_base.code_of_practice import CodeImportError
    from knowledge_base.encoder import EncoderError
    from knowledge_base.entry import EntryError
    from knowledge_base.index import IndexDamaged

    logging.basicConfig(level=logging.ERROR)
    try:
        app()
    except (SendlineError, CodeImportError, EncoderError, EntryError, IndexDamaged) as error:
        errors.print(str(error), markup=False, highlight=False, style="red")
        sys.exit(1)


if __name__ == "__main__":
    main()
