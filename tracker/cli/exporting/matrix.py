"""The comments as a matrix, a table to be filled in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:
    """Return the comments as a workbook or as CSV; as CSV also the table for the translator."""
    from tracker.cli.exporting import records, translations
    from tracker.formats.matrix import words
    from tracker.formats.matrix import write as writing
    from tracker.services.exporting import matrix

    if asked.stale is not None:
        return translations.write(snapshot, name, asked)
    profile = words.profile(asked.profile)
    records.say_internal(snapshot, with_internal=asked.with_internal)
    written = BytesIO()
    write_as = writing.write_xlsx if name == "xlsx" else writing.write_csv
    write_as(matrix.matrix(snapshot, with_internal=asked.with_internal), profile, written)
    return written.getvalue()
