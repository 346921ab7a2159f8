"""``tracker comment suggest``: which line a comment that names none is about."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Json, Limit
from tracker.cli.terminal import say, write_json


def suggest(
    context: typer.Context,
    comment: Annotated[str, typer.Argument(help="A comment on a topic or on the whole: C9.")],
    label: Annotated[
        str | None,
        typer.Option("--link", metavar="LINE", help="Tie the comment to this line."),
    ] = None,
    limit: Limit = 5,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Say which lines a comment is probably about, and why; --link ties it to one."""
    from tracker.cli.render import suggestions as render
    from tracker.cli.render.tables import say_rest
    from tracker.services.comments import suggesting

    own = face(context, database, document, author)
    if label is not None:
        with own.writing(f"comment suggest {comment.upper()} --link {label}") as (entry, snapshot):
            tied = suggesting.link(entry, snapshot, comment, label)
            entry.summary = f"{', '.join(tied)} on {label}"
        say(f"stored as @{entry.number}: {entry.summary}")
        return
    with own.reading() as snapshot:
        found, total = suggesting.suggest(snapshot, comment, limit=limit or None)
    if as_json:
        write_json([render.as_json(suggestion) for suggestion in found])
    elif found:
        render.write(found)
        say(f"to tie them together: tracker comment suggest {comment.upper()} --link LINE")
    else:
        say("no line has anything in common with it")
    say_rest(len(found), total)
