"""``tracker status``: what is open."""

from __future__ import annotations

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="Say what is open.")
def status(
    context: typer.Context,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Say what is open: flagged lines, comments without a disposition, undecided proposals."""
    from tracker.cli.render import agenda as render
    from tracker.services import agenda

    with face(context, database, document).reading() as snapshot:
        found = agenda.agenda(snapshot)
    if as_json:
        write_json(render.as_json(found))
    else:
        render.write(found)
