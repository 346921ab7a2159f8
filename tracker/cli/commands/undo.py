"""``tracker undo``: take an entry back by a new one."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document
from tracker.cli.terminal import say

app = commands()


@app.command(short_help="Undo the last entry, or another one, by a new entry.")
def undo(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="@N",
            help="The entry; else the last one that is not undone yet.",
            show_default=False,
        ),
    ] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Undo an entry as if it had not been, by a new one; refused if later work stands on it.

    What it had brought is listed with --all, and its number is not given again.
    """
    from tracker.services import undoing
    from tracker.services.snapshot import latest

    own = face(context, database, document, author)
    with own.entry("undo") as entry:
        only = latest(entry.connection, own.document).document if own.document else None
        undone = undoing.undo(entry, name, only)
    summary = f": {undone.summary}" if undone.summary else ""
    say(f"stored as @{entry.number}: undid @{undone.number}, {undone.command}{summary}")
