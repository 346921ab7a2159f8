"""The translator's table as CSV, as spreadsheets write and read it."""

from __future__ import annotations

import io
from collections.abc import Iterator

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.translations import Row, Sheet
from tracker.formats import separated

_COLUMNS = (
    *("line", "language", "state", "version", "original", "original_then"),
    *("translation", "new_translation"),
)
_NEEDED = ("line", "language", "version", "translation", "new_translation")
_WRITTEN = "tracker export --stale ja -o FILE.csv writes one"


def write(sheet: Sheet) -> bytes:
    """Return a table as CSV."""
    written = io.BytesIO()
    separated.write(_lines(sheet), written)
    return written.getvalue()


def _lines(sheet: Sheet) -> Iterator[tuple[str, ...]]:
    yield _COLUMNS
    for row in sheet.rows:
        yield (
            *(" ".join(row.lines), sheet.language, row.state, " ".join(row.versions)),
            *(row.original, row.original_then, row.translation, row.new),
        )


def read(content: bytes, name: str) -> Sheet:
    """Return the rows of a table in which something was filled in.

    The cells may be parted by commas, semicolons or tabs. Raises BadInput for a file that is no
    such table, or that has rows of several languages.
    """
    rows = [row for row in separated.read(content, name) if row]
    if not rows:
        raise BadInput(f"{name} is empty", _WRITTEN)
    header = [cell.strip().lower() for cell in rows[0]]
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        raise BadInput(
            f"{name} is no table of translations: it has no column {', '.join(missing)}",
            _WRITTEN,
        )
    found = []
    languages = set()
    for number, cells in enumerate(rows[1:], 2):
        values = dict(zip(header, map(separated.unguarded, cells), strict=False))
        new = values.get("new_translation", "").strip()
        if not new:
            continue
        languages.add(values["language"].strip())
        found.append(_row(values, new, number, name))
    if len(languages) > 1:
        raise BadInput(
            f"{name} has rows of several languages: {', '.join(sorted(languages))}",
            "bring them in one at a time",
        )
    return Sheet(languages.pop() if languages else "", tuple(found))


def _row(values: dict[str, str], new: str, number: int, name: str) -> Row:
    lines = tuple(values["line"].split())
    for label in lines:
        wrong = rules.label_fault(label)
        if wrong is not None:
            raise BadInput(
                f"row {number} of {name}: {label!r} {wrong}",
                "leave the columns as they were written; only new_translation is to be filled in",
            )
    if not lines:
        raise BadInput(f"row {number} of {name} names no line", "leave the column line as it was")
    return Row(
        lines=lines,
        state=values.get("state", ""),
        versions=tuple(values["version"].split()),
        original=values.get("original", ""),
        original_then=values.get("original_then", ""),
        translation=values["translation"],
        new=new,
        number=number,
    )
