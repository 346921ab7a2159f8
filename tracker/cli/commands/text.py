"""``tracker text``: the running text."""

from __future__ import annotations

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import At, Database, Document, Json, Limit
from tracker.cli.terminal import say, write_json

app = commands()


@app.command(short_help="Show the running text.")
def text(
    context: typer.Context,
    at: At = None,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show the running text, each line with its label."""
    from tracker.cli.render import lines as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import documents, lines
    from tracker.services.snapshot import at_state

    with face(context, database, document).reading() as snapshot:
        told = documents.find(snapshot)
        state = at_state(snapshot, at) if at else snapshot
        shown = lines.running_text(state, limit=limit or None)
        total = lines.standing_count(state)
    if as_json:
        write_json([render.line_as_json(line) for line in shown])
    else:
        say(told.title)
        if told.note:
            say(told.note)
        render.write_text(shown)
    say_rest(len(shown), total)
