"""``tracker show``: one line with everything about it."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import At, Database, Document, Json, Language, Limit
from tracker.cli.terminal import write_json

app = commands()


@app.command(short_help="Show a line and all that is said about it.")
def show(
    context: typer.Context,
    line: Annotated[str, typer.Argument(help="The label of the line: 12, 12a.")],
    at: At = None,
    language: Language = None,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show a line: its comments, the words they flag, its rival proposals, its history.

    Of many comments, --limit says how many.
    """
    from tracker.cli.render import lines as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import agreements, lines
    from tracker.services.comments import reading as comments
    from tracker.services.proposals import colliding
    from tracker.services.proposals import reading as proposals
    from tracker.services.snapshot import at_state

    with face(context, database, document, language=language).reading() as latest:
        snapshot = at_state(latest, at) if at else latest
        found = lines.find(snapshot, line)
        merged = lines.merged_into(snapshot, found.id)
        touching = proposals.listed(snapshot, line=found.id)[0]
        said, total = comments.listed(snapshot, line=found.id, limit=limit or None)
        about = (
            found,
            said,
            touching,
            lines.versions(snapshot, found.id),
            None if found.rank else lines.deleted_at(snapshot, found.id),
            colliding.undecided_collisions(snapshot, touching, line=found.id),
            agreements.holding(snapshot, [found.label]).get(found.label),
        )
    if as_json:
        write_json(render.show_as_json(*about, comments_total=total, merged=merged))
    else:
        render.write_show(*about, comments_total=total, merged=merged)
    say_rest(len(said), total)
