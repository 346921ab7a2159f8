"""``tracker meeting``: the occasions on which comments were made."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import All, Author, Database, Document, Json, Limit
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

app = commands("The meetings: add, list, show, open, close, set.")

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
    context: typer.Context,
    all_: All = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List the meetings, by series."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import meetings, retractions

    with face(context, database).store().read() as connection:
        found = meetings.all_meetings(connection, retracted=all_)
        gone = retractions.numbers(connection, "meeting")
        series = meetings.all_series(connection)
        counts = meetings.comments_by_meeting(connection)
    shown = found[: limit or None]
    if as_json:
        write_json(
            [
                {**render.meeting_as_json(m, counts.get(m.key, 0)), "retracted": m.id in gone}
                for m in shown
            ]
        )
    else:
        render.write_meetings(series, shown, counts, gone)
    say_rest(len(shown), len(found))


@app.command()
def show(
    context: typer.Context,
    key: Key,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show a meeting: its topics, what it raised, and what became of that."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import documents, meeting_report, meetings
    from tracker.services.snapshot import latest

    own = face(context, database, document)
    with own.store().read() as connection:
        found = meetings.find(connection, key)
        comments = meetings.comments_by_meeting(connection).get(key, 0)
        keys = [about.key for about in documents.all_documents(connection)]
        chosen = [latest(connection, own.document)] if own.document else []
        snapshots = chosen or [latest(connection, known) for known in keys]
        told = [meeting_report.report(each, found, limit=limit or None) for each in snapshots]
    raised = [report for report in told if report.total]
    if as_json:
        reports = [render.report_as_json(report) for report in raised]
        write_json({**render.meeting_as_json(found, comments), "documents": reports})
    else:
        render.write_meeting(found, comments)
        for report in raised:
            render.write_report(report)
    shown = sum(len(place.comments) for report in raised for place in report.raised)
    say_rest(shown, sum(report.total for report in raised))


@app.command("open")
def open_(
    context: typer.Context, key: Key, database: Database = None, author: Author = None
) -> None:
    """Let new comments belong to a meeting, until it is closed."""
    from tracker.services import convening

    with face(context, database, None, author).entry("meeting open") as entry:
        before = convening.open_(entry, key)
        entry.summary = key
    closed = f"; {before.key} is closed" if before else ""
    say(f"stored as @{entry.number}: {key} is open{closed}")


@app.command()
def close(context: typer.Context, database: Database = None, author: Author = None) -> None:
    """Close the meeting that is open."""
    from tracker.services import convening

    with face(context, database, None, author).entry("meeting close") as entry:
        entry.summary = convening.close(entry).key
    say(f"stored as @{entry.number}: {entry.summary} is closed")


@app.command("set")
def set_(
    context: typer.Context,
    key: Key,
    name: Annotated[str | None, typer.Option("--name", help="Its name.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="2022-03-15, 2022-03, 2022.")] = None,
    place: Annotated[str | None, typer.Option("--place", help="Where, or by video.")] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="workshop, ballot, consultation …")
    ] = None,
    series: Annotated[
        str | None, typer.Option("--series", help="The series it belongs to.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    author: Author = None,
) -> None:
    """Correct what is known of a meeting. An empty value ('') takes one away."""
    from tracker.services import convening

    said = {"date": date, "place": place, "kind": kind, "series": series, "note": note}
    settings = {option: value or None for option, value in said.items() if value is not None}
    settings |= {"name": name} if name is not None else {}
    if not settings:
        raise UsageError("nothing to set", "give --name, --date, --place, --kind, --series, --note")
    with face(context, database, None, author).entry("meeting set") as entry:
        convening.correct(entry, key, settings)
        entry.summary = f"{key}: {', '.join(settings)}"
    say(f"stored as @{entry.number}: {entry.summary}")
