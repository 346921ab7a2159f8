"""The journal as JSON and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render.tables import write_table
from tracker.cli.terminal import say
from tracker.services.history import LogEntry


def as_json(entry: LogEntry) -> dict[str, Any]:
    """Return an entry under the names that ``--json`` promises; ``at`` is UTC."""
    return {
        "entry": entry.number,
        "at": entry.at.isoformat().replace("+00:00", "Z"),
        "author": entry.author,
        "command": entry.command,
        "summary": entry.summary,
        "document": entry.document,
    }


def write_log(entries: Sequence[LogEntry]) -> None:
    """Print entries, the newest first."""
    if not entries:
        say("no entries yet")
        return
    write_table(
        ("Entry", "At (UTC)", "Author", "Command", "What*"),
        [
            (f"@{e.number}", f"{e.at:%Y-%m-%d %H:%M}", e.author, e.command, e.summary)
            for e in entries
        ],
    )
