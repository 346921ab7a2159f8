"""Tables of a listing: as wide as the terminal, their cells wrapped between words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING

from tracker.cli.terminal import console, plain, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_GAP = 2
# Columns of the terminal: less is no place for a sentence, and a longer word may be broken.
_SENTENCE = 20
_WORD = 14


def write_table(columns: Sequence[str], rows: Iterable[Sequence[str | Text]]) -> None:
    """Print a table. Columns whose names end in ``*`` take the room that the others leave.

    Where they leave too little, each row is printed as a block with a line for each cell.
    """
    names = [name.rstrip("*") for name in columns]
    wide = {i for i, name in enumerate(columns) if name.endswith("*")}
    cells = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    target = console()
    widths = _widths(names, wide, cells, target.width - _GAP * (len(names) - 1))
    if widths is None:
        _write_blocks(target, names, cells)
    else:
        _write_columns(target, names, cells, widths)


def _widths(
    names: Sequence[str], wide: Set[int], rows: Sequence[Sequence[Text]], room: int
) -> list[int] | None:
    """Return the width of each column; none if they cannot all be read in that room."""
    columns = [[plain(name), *(row[i] for row in rows)] for i, name in enumerate(names)]
    natural = [max(_longest(cell.plain.split("\n")) for cell in column) for column in columns]
    least = [
        min(width, max(_SENTENCE if i in wide else _WORD, _longest([names[i]])))
        for i, width in enumerate(natural)
    ]
    if sum(least) > room:
        return None
    widths = [min(width, room) for width in natural]
    while sum(widths) > room:
        yielding = [i for i, width in enumerate(widths) if width > least[i]]
        widths[max(yielding, key=lambda i: widths[i])] -= 1
    return widths


def _longest(texts: Iterable[str]) -> int:
    from rich.cells import cell_len

    return max((cell_len(text) for text in texts), default=0)


def _write_columns(
    target: Console,
    names: Sequence[str],
    rows: Sequence[Sequence[Text]],
    widths: Sequence[int],
) -> None:
    from rich import box
    from rich.table import Table

    # The box itself has one blank between two columns.
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, _GAP - 1, 0, 0), show_edge=False)
    for name, width in zip(names, widths, strict=True):
        table.add_column(name, width=width, overflow="fold")
    for row in rows:
        table.add_row(*row)
    target.print(table)


def _write_blocks(target: Console, names: Sequence[str], rows: Sequence[Sequence[Text]]) -> None:
    from rich.text import Text

    for row in rows:
        for name, cell in zip(names, row, strict=True):
            if cell.plain:
                target.print(Text(f"{name}: ", style="dim").append_text(cell))
        target.print()


def say_rest(shown: int, total: int) -> None:
    """Say on stderr that a listing was cut, and how to see all of it."""
    if shown < total:
        say(f"{shown} of {total:,}; --limit 0 lists all")
