"""One table, on the screen and on a page."""

from collections.abc import Sequence

from rich.table import Table

Rows = Sequence[Sequence[str]]


def on_screen(title: str, headings: Sequence[str], rows: Rows) -> Table:
    """A table for rich, with a line before each change of the first column."""
    table = Table(*headings, title=title, title_justify="left")
    for before, row in zip([None, *rows], rows, strict=False):
        if before and before[0] != row[0]:
            table.add_section()
        table.add_row(*row)
    return table


def on_page(headings: Sequence[str], rows: Rows) -> str:
    """The same in Markdown."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (headings, ["---"] * len(headings), *rows))
