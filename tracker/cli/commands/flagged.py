"""``tracker flagged``: the lines that comments are anchored to."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json, Language, Limit
from tracker.cli.terminal import say, write_json

app = commands()


@app.command(short_help="List the flagged lines that are open.")
def flagged(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="The decided ones too.")] = False,
    limit: Limit = 50,
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the flagged lines that are open: a comment on them has no disposition yet."""
    from tracker.cli.render import flagged as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import lines

    with face(context, database, document, language=language).reading() as snapshot:
        found, total = lines.flagged(snapshot, decided=every, limit=limit or None)
    if as_json:
        write_json([render.as_json(line) for line in found])
    elif found:
        render.write(found)
    else:
        say("no line is flagged" if every else "no flagged line is open; --all lists the decided")
    say_rest(len(found), total)
