"""``tracker document``: the texts under revision and their settings."""

from __future__ import annotations

from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import All, Author, Database, Document, Json, Limit
from tracker.cli.terminal import say, write_json
from tracker.errors import UsageError

app = commands("The texts under revision: list, show, set.")


@app.command("list")
def list_(
    context: typer.Context,
    all_: All = False,
    limit: Limit = 50,
    as_json: Json = False,
    database: Database = None,
) -> None:
    """List the documents."""
    from tracker.cli.render import documents as render
    from tracker.cli.render.tables import say_rest
    from tracker.services import documents

    with face(context, database).store().read() as connection:
        found = documents.all_documents(connection, retracted=all_)
        shown = found[: limit or None]
        counts = documents.counts(connection, shown)
    if as_json:
        write_json([render.as_json(document, counts[document.id]) for document in shown])
    else:
        render.write_listing(shown, counts)
    say_rest(len(shown), len(found))


@app.command()
def show(
    context: typer.Context,
    key: Annotated[str | None, typer.Argument(help="The document.", show_default=False)] = None,
    as_json: Json = False,
    database: Database = None,
    document: Document = None,
) -> None:
    """Show a document's settings, its editions and its sources."""
    from tracker.cli.render import documents as render
    from tracker.services import documents, editions

    with face(context, database, key or document).reading() as snapshot:
        found = documents.find(snapshot)
        about = (
            found,
            documents.counts(snapshot.connection, [found])[found.id],
            editions.all_editions(snapshot),
            documents.sources(snapshot),
        )
    if as_json:
        write_json(render.show_as_json(*about))
    else:
        render.write_show(*about)


@app.command("set")
def set_(
    context: typer.Context,
    title: Annotated[str | None, typer.Option("--title", help="Its title.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="A remark shown above it.")] = None,
    attribution: Annotated[
        str | None,
        typer.Option(
            "--attribution",
            metavar="RULE",
            help="How voices are named in what goes out: side, label, name or none.",
        ),
    ] = None,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Change a document's settings."""
    from tracker.services import documents

    said = {"title": title, "note": note, "attribution": attribution}
    settings = {name: value for name, value in said.items() if value is not None}
    if not settings:
        raise UsageError("nothing to set", "give --title, --note or --attribution")
    with face(context, database, document, author).writing("document set") as (entry, snapshot):
        documents.set_(entry, snapshot, settings)
        entry.summary = f"{snapshot.key}: {', '.join(settings)}"
    say(f"stored as @{entry.number}: {entry.summary}")
