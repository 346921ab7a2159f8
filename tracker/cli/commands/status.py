"""``tracker status``: the agenda."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json, whole_number
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="Say what is open: the agenda.")
def status(
    context: typer.Context,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", metavar="N", parser=whole_number, help="How many of each; 0 for all."
        ),
    ] = 10,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Say what is open: the agenda of the next meeting, with the next step for each part."""
    from tracker.cli.render import agenda as render
    from tracker.services import agenda

    own = face(context, database, document)
    with own.reading() as snapshot:
        found = agenda.agenda(snapshot, f"{own.now:%Y-%m-%d}", limit or None)
    if as_json:
        write_json(render.as_json(found))
    else:
        render.write(found)
