"""``tracker participant``: the voices that are known to be one."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Json, Limit
from tracker.cli.terminal import say, write_json

app = commands("The voices known to be one: add, list.")


@app.command()
def add(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="A key, such as voice-7.")],
    name: Annotated[str, typer.Option("--name", help="The name, as first recorded.")],
    side: Annotated[str | None, typer.Option("--side", help="Only where it is stated.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="Why it is known.")] = None,
    database: Database = None,
    author: Author = None,
) -> None:
    """Add a participant."""
    from tracker.services import meetings

    with face(context, database, None, author).entry("participant add") as entry:
        meetings.add_participant(entry, key, name=name, side=side, note=note)
        entry.summary = key
    say(f"stored as @{entry.number}: {key}")


@app.command("list")
def list_(
    context: typer.Context, limit: Limit = 50, as_json: Json = False, database: Database = None
) -> None:
    """List the participants."""
    from tracker.cli.render import meetings as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import meetings

    with face(context, database).store().read() as connection:
        found = meetings.all_participants(connection)
    shown = found[: limit or None]
    if as_json:
        write_json([render.participant_as_json(participant) for participant in shown])
    else:
        render.write_participants(shown)
    say_rest(len(shown), len(found))
