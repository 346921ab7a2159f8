"""``tracker log``: the journal."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json, Language, Limit
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="List the entries of the journal.")
def log(
    context: typer.Context,
    line: Annotated[
        str | None, typer.Argument(help="Only what concerned this line.", show_default=False)
    ] = None,
    language: Language = None,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the entries of the journal, the newest first."""
    from tracker.cli.render import history as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import history, lines

    own = face(context, database, document, language=language)
    if line is None and own.document is None and language is None:
        with own.store().read() as connection:
            found, total = history.log(connection, limit=limit or None)
    else:
        with own.reading() as snapshot:
            number = lines.find(snapshot, line).id if line is not None else None
            found, total = history.log(
                snapshot.connection, within=snapshot, line=number, limit=limit or None
            )
    if as_json:
        write_json([render.as_json(entry) for entry in found])
    else:
        render.write_log(found)
    say_rest(len(found), total)
