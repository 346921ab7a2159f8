"""``tracker meeting``: the occasions on which comments were made."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Json, Limit
from tracker.cli.terminal import say, write_json

app = commands("The meetings: add, list, show.")

Key = Annotated[str, typer.Argument(help="The meeting's key: W2.")]


@app.command()
def add(
    context: typer.Context,
    key: Key,
    name: Annotated[str, typer.Option("--name", help="Its name.")],
    date: Annotated[str | None, typer.Option("--date", help="2022-03-15, 2022-03, 2022.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Where, or by video.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="workshop, ballot, consultation …")
    ] = None,
    series: Annotated[
        str | None, typer.Option("--series", help="The series it belongs to.")
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="A topic, in order; may be repeated.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    author: Author = None,
) -> None:
    """Add a meeting."""
    from tracker.services import meetings

    own = face(context, database, None, author)
    with own.entry("meeting add") as entry:
        meetings.add_meeting(
            entry,
            key,
            name=name,
            series=series,
            kind=kind,
            date=date,
            place=place,
            note=note,
            topics=topic or (),
        )
        entry.summary = key
    say(f"stored as @{entry.number}: {key}")


@app.command("list")
def list_(
    context: typer.Context, limit: Limit = 50, as_json: Json = False, database: Database = None
) -> None:
    """List the meetings, by series."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import meetings

    with face(context, database).store().read() as connection:
        found = meetings.all_meetings(connection)
        series = meetings.all_series(connection)
        counts = meetings.comments_by_meeting(connection)
    shown = found[: limit or None]
    if as_json:
        write_json([render.meeting_as_json(m, counts.get(m.key, 0)) for m in shown])
    else:
        render.write_meetings(series, shown, counts)
    say_rest(len(shown), len(found))


@app.command()
def show(
    context: typer.Context, key: Key, as_json: Json = False, database: Database = None
) -> None:
    """Show a meeting with its topics."""
    from tracker.cli.render import meetings as render
    from tracker.services import meetings

    with face(context, database).store().read() as connection:
        found = meetings.find(connection, key)
        comments = meetings.comments_by_meeting(connection).get(key, 0)
    if as_json:
        write_json(render.meeting_as_json(found, comments))
    else:
        render.write_meeting(found, comments)
