"""``tracker edition``: named states of the text."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Author, Database, Document, Json, Language, Limit
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

app = commands("Named states of the text: add, list, show.")


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help='Its name: "September 2022".')],
    key: Annotated[
        str | None, typer.Option("--key", help="What it is called by; else made from its name.")
    ] = None,
    status: Annotated[str, typer.Option("--status", help="draft, adopted or published.")] = "draft",
    date: Annotated[str | None, typer.Option("--date", help="2022-09-30, 2022-09, 2022.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark.")] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Name the text as it is now."""
    from tracker.services import editions

    chosen = key or editions.key_of(name)
    if not chosen:
        raise UsageError(f"{name!r} makes no key to type it by", "give one: --key KEY")
    with face(context, database, document, author).writing("edition add") as (entry, snapshot):
        editions.add(entry, snapshot, chosen, name=name, status=status, date=date, note=note)
        entry.summary = f"{chosen}: the text of @{snapshot.at}"
    say(f"stored as @{entry.number}: {entry.summary}")


@app.command("list")
def list_(
    context: typer.Context,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """List the editions."""
    from tracker.cli.render import documents as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import editions

    with face(context, database, document).reading() as snapshot:
        found = editions.all_editions(snapshot)
    shown = found[: limit or None]
    if as_json:
        write_json([render.edition_as_json(edition) for edition in shown])
    else:
        render.write_editions(shown)
    say_rest(len(shown), len(found))


@app.command()
def show(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="The edition: july-2021.")],
    language: Language = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show an edition and its text, with the numbers it is printed with."""
    from tracker.cli.render import documents as render
    from tracker.services import editions, lines
    from tracker.services.snapshot import at_state

    with face(context, database, document, language=language).reading() as snapshot:
        found = editions.find(snapshot, key)
        text = lines.running_text(at_state(snapshot, key))
    if as_json:
        write_json(render.edition_with_text_as_json(found, text))
    else:
        render.write_edition(found, text)
