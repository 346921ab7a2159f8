"""CSV as spreadsheets write and read it.

UTF-8 with the mark by which Excel knows it. A cell that a spreadsheet would take for a formula has
an apostrophe before it, which reading takes away again (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from tracker.errors import BadInput
from tracker.formats.encodings import read_file

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_LARGEST_CELL = 1_000_000
_SAID = re.compile('"?sep=(.)"?\r?\n', re.IGNORECASE)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write(rows: Iterable[Sequence[str]], file: BinaryIO) -> None:
    """Write rows, every cell guarded. What cannot be UTF-8 raises BadInput."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    try:
        csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    except UnicodeEncodeError as fault:
        raise BadInput(
            f"utf-8 has no {fault.object[fault.start]!r}, which is in the text",
            "tracker search finds where it stands",
        ) from None
    finally:
        text.detach()


def read(content: bytes, name: str, encoding: str | None = None) -> list[list[str]]:
    """Return the rows of a file, empty ones too, as they stand in it: nothing is unguarded.

    The cells may be parted by commas, semicolons or tabs, or by what a first row ``sep=;`` says;
    of that one nothing is left. Raises BadInput for what is no CSV.
    """
    text, _ = read_file(content, name, encoding)
    said = _SAID.match(text)
    first = text.split("\n", 1)[0]
    parted = said[1] if said else max(",;\t", key=first.count)
    limit = csv.field_size_limit(_LARGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=parted))
    except csv.Error as fault:
        raise BadInput(f"{name} is no CSV: {fault}", "save it as CSV, in UTF-8") from None
    finally:
        csv.field_size_limit(limit)
    if said:
        rows[0] = []
    return rows
