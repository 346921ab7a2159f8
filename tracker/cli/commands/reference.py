"""``tracker reference``: the sources that are cited."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Json, Limit
from tracker.cli.terminal import say, write_json

app = commands("The sources that are cited: add, list.")


@app.command()
def add(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="A key, such as R10.")],
    title: Annotated[str, typer.Option("--title", help="Its title.")],
    authors: Annotated[str | None, typer.Option("--authors", help="As printed.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="2019-10, 2019.")] = None,
    publisher: Annotated[str | None, typer.Option("--publisher", help="Its publisher.")] = None,
    series: Annotated[
        str | None, typer.Option("--series", help="The series it belongs to.")
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    author: Author = None,
) -> None:
    """Add a reference."""
    from tracker.services import meetings

    with face(context, database, None, author).entry("reference add") as entry:
        meetings.add_reference(
            entry,
            key,
            title=title,
            authors=authors,
            date=date,
            publisher=publisher,
            series=series,
            note=note,
        )
        entry.summary = key
    say(f"stored as @{entry.number}: {key}")


@app.command("list")
def list_(
    context: typer.Context, limit: Limit = 50, as_json: Json = False, database: Database = None
) -> None:
    """List the references."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import references

    with face(context, database).store().read() as connection:
        found = references.all_references(connection)
    shown = found[: limit or None]
    if as_json:
        write_json([render.reference_as_json(reference) for reference in shown])
    else:
        render.write_references(shown)
    say_rest(len(shown), len(found))
