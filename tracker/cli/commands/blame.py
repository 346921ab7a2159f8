"""``tracker blame``: what each word of a line came with."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import At, Database, Document, Json, Language
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="Say which entry and proposal each word of a line came with.")
def blame(
    context: typer.Context,
    line: Annotated[str, typer.Argument(help="The label of the line: 12, 12a.")],
    at: At = None,
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Say of each run of words in a line the version, entry and proposal that it came with."""
    from tracker.cli.render import why as render
    from tracker.services import blame, lines
    from tracker.services.snapshot import at_state

    with face(context, database, document, language=language).reading() as latest:
        snapshot = at_state(latest, at) if at else latest
        found = blame.blame(snapshot, lines.find(snapshot, line))
    if as_json:
        write_json([render.credit_as_json(credit) for credit in found])
    else:
        render.write_blame(found)
