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
    meeting: Annotated[
        str | None,
        typer.Option("--meeting", metavar="KEY", help="With a comment made at this meeting."),
    ] = None,
    side: Annotated[
        str | None, typer.Option("--side", metavar="SIDE", help="With a comment by this side.")
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="With an objection, support, suggestion, question or observation.",
        ),
    ] = None,
    limit: Limit = 50,
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the flagged lines that are open: a comment on them has no disposition yet.

    --meeting, --side and --kind keep the lines on which one comment that is all of these is open;
    with --all, on which one was made.
    """
    from tracker.cli.render import flagged as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import agreements, lines, sorting

    with face(context, database, document, language=language).reading() as snapshot:
        of = sorting.named(snapshot, meeting=meeting, side=side, kind=kind)
        found, total = lines.flagged(snapshot, decided=every, of=of, limit=limit or None)
        agreed = agreements.holding(snapshot, [line.label for line in found])
    if as_json:
        write_json([render.as_json(line, agreed) for line in found])
    elif found:
        render.write(found, agreed)
    elif of is not None:
        say("no such comment is on a line" if every else "no such comment is open")
    else:
        say("no line is flagged" if every else "no flagged line is open; --all lists the decided")
    say_rest(len(found), total)
