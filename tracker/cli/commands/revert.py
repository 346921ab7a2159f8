"""``tracker revert``: take back what an entry changed of the text."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Reason, Reopen
from tracker.cli.terminal import say
from tracker.errors import UsageError

app = commands()
_SIDES = ("before", "now")


@app.command(short_help="Take back what an entry changed of the text, by a new entry.")
def revert(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="@N", help="The entry.")],
    take: Annotated[
        str | None,
        typer.Option(
            "--take",
            metavar="SIDE",
            help="Where its words were changed again since: those from before it, or those of now.",
        ),
    ] = None,
    reopen: Reopen = False,
    reason: Reason = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Take back what an entry changed of the text; what was changed since stays.

    Comments, proposals and decisions stay as they are; comments go with their words, as ever.
    """
    from tracker.services import reverting
    from tracker.services.translations.moving import in_words
    from tracker.services.verdicts import Verdict

    if take is not None and take not in _SIDES:
        raise UsageError(f"{take!r} is no side", f"use --take with one of: {', '.join(_SIDES)}")
    own = face(context, database, document, author)
    again = Verdict("reopened", reason=reason) if reopen else None
    with own.writing(f"revert {name}") as (entry, snapshot):
        done = reverting.revert(entry, snapshot, name, take, again)
    say(f"stored as @{entry.number}: reverted @{done.entry.number}, {done.entry.command}")
    labels = {
        "reworded": [label for each in done.stored for label in each.changed],
        "taken out": [label for each in done.stored for label in each.deleted],
        "put back": [label for each in done.stored for label in each.moved],
        "reopened": [label for each in done.stored for label in each.reopened],
    }
    for what, named in labels.items():
        if named:
            say(f"{what}: {', '.join(dict.fromkeys(named))}")
    for told in in_words(beside for each in done.stored for beside in each.beside):
        say(told)
    orphaned = [name for each in done.stored for name in each.orphaned]
    if orphaned:
        say(f"the words that {', '.join(dict.fromkeys(orphaned))} flagged are gone from the text")
        raise typer.Exit(3)
