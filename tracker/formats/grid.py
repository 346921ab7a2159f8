"""A table as a spreadsheet holds it: rows of cells, each cell as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class GridRow(NamedTuple):
    """A row, ``number`` as the spreadsheet counts it; ``cells`` by their column, from 0.

    ``faults`` is why a cell has no text that could be taken.
    """

    number: int
    cells: Mapping[int, str]
    faults: Mapping[int, str] = {}
    hidden: bool = False


class Grid(NamedTuple):
    """A sheet, or a whole CSV file, whose ``name`` is empty. Rows without text are left out."""

    name: str
    rows: Sequence[GridRow]


def letters(column: int) -> str:
    """Return how a spreadsheet calls a column: A, B, … AA."""
    name = ""
    column += 1
    while column:
        column, last = divmod(column - 1, 26)
        name = chr(ord("A") + last) + name
    return name
