"""``tracker series``: the runs that meetings belong to."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Json, Limit, whole_number
from tracker.cli.terminal import say, write_json

app = commands("The series of meetings: add, list.")


@app.command()
def add(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="A key, such as S1.")],
    name: Annotated[str, typer.Option("--name", help="Its name.")],
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Who holds it; may be repeated.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="2017-04, or 2017.")] = None,
    planned: Annotated[
        int | None,
        typer.Option(
            "--planned", metavar="N", parser=whole_number, help="How many meetings are planned."
        ),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    author: Author = None,
) -> None:
    """Add a series."""
    from tracker.services import meetings

    with face(context, database, None, author).entry("series add") as entry:
        meetings.add_series(
            entry,
            key,
            name=name,
            hosts=host or (),
            since=since,
            meetings_planned=planned,
            note=note,
        )
        entry.summary = key
    say(f"stored as @{entry.number}: {key}")


@app.command("list")
def list_(
    context: typer.Context, limit: Limit = 50, as_json: Json = False, database: Database = None
) -> None:
    """List the series, with how many meetings each has."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import meetings

    with face(context, database).store().read() as connection:
        found = meetings.all_series(connection)
        counts = Counter(m.series for m in meetings.all_meetings(connection) if m.series)
    shown = found[: limit or None]
    if as_json:
        write_json([render.series_as_json(series, counts[series.key]) for series in shown])
    else:
        render.write_series(shown, counts)
    say_rest(len(shown), len(found))
