"""The table for the translator as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import say

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:  # noqa: ARG001  # all take it
    """Return what is stale or missing in a language."""
    from tracker.formats import sheet
    from tracker.services.snapshot import in_language
    from tracker.services.translations import sheets

    language = asked.stale or ""
    table = sheets.sheet(snapshot, in_language(snapshot, language).language)
    if not table.rows:
        say(f"all of {snapshot.key} is current in {language}: the table is empty")
    return sheet.write(table)
