"""A matrix that comes home, or any form with the columns of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.matrix import Returned, Row, Stamp, Told
from tracker.formats import separated
from tracker.formats.grid import Grid, GridRow, letters
from tracker.formats.matrix import words
from tracker.formats.matrix.columns import STAMP, Heads, heads

# Forms have a title, a date and a project above their columns.
_ABOVE = 30
_WORDS = {
    "type": words.type_,
    "kind": words.kind,
    "relation": words.relation,
    "outcome": words.outcome,
    "on": words.date,
}
_NAMES = ("id", "number", "member", "speaker", "line", "reply_to", "by", "meeting", "topic")
_STAMPED = re.compile(r"([^\s@]{1,64})\s*@([1-9][0-9]{0,14})")
_NEEDED = (
    "it needs a row of headings with Comment, or with ID and Disposition; "
    "tracker export --format xlsx writes one"
)


def is_matrix(content: bytes, name: str, encoding: str | None = None) -> bool:
    """Return whether a CSV file has the columns of a matrix. Raises BadInput if it is no CSV."""
    return _header(_separated(content, name, encoding)) is not None


def read(content: bytes, name: str, encoding: str | None = None) -> Returned:
    """Return the rows of a matrix, an Excel workbook or CSV.

    A row or a cell that cannot be taken is told, and the rest is read. Raises BadInput for a file
    that is none, or has no such columns.
    """
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from tracker.formats import xlsx

        grids = xlsx.read(content, name)
    else:
        grids = (_separated(content, name, encoding),)
    found = [(grid, header) for grid in grids if (header := _header(grid)) is not None]
    if not found:
        raise BadInput(f"{name} has no comment matrix in it", _NEEDED)
    rows: list[Row] = []
    told: list[Told] = []
    stamps = {stamp for grid in grids for stamp in _stamps(grid)}
    for grid, header in found:
        sheet = f"{grid.name}, " if len(found) > 1 else ""
        reading = _Reading(sheet, header[1], grid.rows[header[0]])
        told += reading.unread()
        for row in grid.rows[header[0] + 1 :]:
            rows += reading.row(row)
            told += reading.told()
        stamps |= reading.stamps
        told += reading.hidden()
    if len(stamps) > 1:
        both = " and ".join(sorted(map(str, stamps)))
        raise BadInput(
            f"{name} has rows of several matrices: {both}", "bring them in one at a time"
        )
    columns = frozenset(field for _, header in found for field in header[1].fields.values())
    return Returned(tuple(rows), columns - {STAMP}, stamps.pop() if stamps else None, tuple(told))


def _separated(content: bytes, name: str, encoding: str | None = None) -> Grid:
    rows = [
        GridRow(
            number, {place: separated.unguarded(cell) for place, cell in enumerate(cells) if cell}
        )
        for number, cells in enumerate(separated.read(content, name, encoding), 1)
    ]
    return Grid("", [row for row in rows if row.cells])


def _header(grid: Grid) -> tuple[int, Heads] | None:
    """Return which row of a sheet has the headings, and these; None if there is none."""
    for place, row in enumerate(islice(grid.rows, _ABOVE)):
        found = heads(row.cells)
        if found.is_matrix:
            return place, found
    return None


def _stamps(grid: Grid) -> Iterator[Stamp]:
    """Yield what a sheet about a matrix says it was written from."""
    for row in islice(grid.rows, _ABOVE):
        first, *others = [cell.strip() for cell in row.cells.values()] or [""]
        if first.casefold() == STAMP:
            yield from (stamp for cell in others if (stamp := _stamp(cell)))


def _stamp(cell: str) -> Stamp | None:
    found = _STAMPED.fullmatch(cell.strip())
    return Stamp(found[1], int(found[2])) if found else None


class _Reading:
    """The rows of one sheet on their way in."""

    def __init__(self, sheet: str, header: Heads, headings: GridRow) -> None:
        self._sheet, self._header, self._headings = sheet, header, headings
        self._told: list[Told] = []
        self._hidden = 0
        self.stamps: set[Stamp] = set()

    def unread(self) -> Iterator[Told]:
        """Yield the columns that are not read."""
        if self._header.unknown:
            listed = ", ".join(repr(heading) for heading in self._header.unknown)
            yield Told(self._sheet.rstrip(", "), f"columns that are not read: {listed}")

    def hidden(self) -> Iterator[Told]:
        """Yield how many rows were hidden, or filtered away."""
        if self._hidden:
            were = "row was" if self._hidden == 1 else "rows were"
            yield Told(self._sheet.rstrip(", "), f"{self._hidden} hidden {were} read, too")

    def told(self) -> list[Told]:
        """Return what was wrong in the last row."""
        told, self._told = self._told, []
        return told

    def row(self, row: GridRow) -> Iterator[Row]:
        """Yield the comment of a row, if it has one that can be read."""
        place = f"{self._sheet}row {row.number}"
        raw = {
            field: row.cells[column]
            for column, field in self._header.fields.items()
            if column in row.cells
        }
        for column, wrong in row.faults.items():
            if column in self._header.fields:
                self._told.append(_lost(place, f"{letters(column)}{row.number} holds {wrong}"))
        stamp = _stamp(raw.pop(STAMP, ""))
        if stamp is not None:
            self.stamps.add(stamp)
        if not any(cell.strip() for cell in raw.values()) or row.cells == self._headings.cells:
            return
        self._hidden += row.hidden
        unfit = _unfit(raw)
        if unfit is not None:
            self._told.append(_lost(place, f"{unfit}; the row is left out"))
            return
        yield Row(place=place, **self._in_our_words(raw))

    def _in_our_words(self, raw: Mapping[str, str]) -> dict[str, str]:
        """Return the fields of a row; a word that none of ours is stays as it is."""
        fields = {name: text.strip() if name in _NAMES else text for name, text in raw.items()}
        for name, ours in _WORDS.items():
            if name in fields:
                fields[name] = ours(fields[name]) or fields[name].strip()
        if "outcome" not in self._header.fields.values() and "reason" in fields:
            found = words.outcome_before(fields["reason"])
            if found is not None:
                fields["outcome"], fields["reason"] = found
        return fields


def _lost(place: str, message: str) -> Told:
    return Told(place, message, left_out=True)


def _unfit(raw: Mapping[str, str]) -> str | None:
    """Return which cell of a row holds what no store can."""
    for name, text in raw.items():
        wrong = rules.text_fault(text) if text.strip() else rules.characters_fault(text)
        if wrong is not None:
            return f"the cell for {name} {wrong}"
    return None
