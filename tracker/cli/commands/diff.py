"""``tracker diff``: what differs between two wordings or two states."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database, Document, Json, Language
from tracker.cli.terminal import write_json
from tracker.errors import UsageError

app = commands()


@app.command(short_help="Show what differs, as a redline.")
def diff(
    context: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(help="LINE (its last two versions), P3, P1 P2, or A..B (two states)."),
    ],
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show what differs, as a redline."""
    from tracker.cli.render import differences as render
    from tracker.services import differences

    with face(context, database, document, language=language).reading() as snapshot:
        if len(what) == 1 and ".." in what[0]:
            one, _, other = what[0].partition("..")
            found = differences.states(snapshot, one, other)
        elif all(re.fullmatch(r"[Pp]\d+", name) for name in what) and len(what) <= 2:
            found = differences.proposals(snapshot, what)
        elif len(what) == 1:
            found = differences.last_versions(snapshot, what[0])
        else:
            raise UsageError(
                f"{' '.join(what)!r} cannot be compared",
                "compare LINE, P3, P1 P2, or A..B, such as july-2021..@7",
            )
    if as_json:
        write_json([render.as_json(difference) for difference in found])
    else:
        render.write(found)
