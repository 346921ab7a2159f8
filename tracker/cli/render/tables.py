"""Tables of a listing: as wide as the terminal, their cells wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tracker.cli.terminal import console, plain, say

if TYPE_CHECKING:
    from rich.text import Text


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print a table. A column whose name ends in ``*`` takes the room that the others leave."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0), show_edge=False)
    for name in columns:
        wide = name.endswith("*")
        table.add_column(
            name.rstrip("*"), ratio=1 if wide else None, overflow="fold", no_wrap=False
        )
    table.expand = any(name.endswith("*") for name in columns)
    for row in rows:
        table.add_row(*(plain(cell) if isinstance(cell, str) else cell for cell in row))
    console().print(table)


def say_rest(shown: int, total: int) -> None:
    """Say on stderr that a listing was cut, and how to see all of it."""
    if shown < total:
        say(f"{shown} of {total:,}; --limit 0 lists all")
