"""``tracker import``: bring a file into the store, after showing what it would store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import Face, face
from tracker.cli.options import Author, Database, Document, Yes
from tracker.cli.terminal import agreed, say
from tracker.errors import BadInput

if TYPE_CHECKING:
    from tracker.exchange.record import Record

app = commands()


@app.command("import", short_help="Bring in a record, or one more meeting.")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A record in YAML or JSON: docs/record.md.")],
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="FORM", help="What it is, if its name does not say: record."),
    ] = None,
    yes: Yes = False,
    database: Database = None,
    document: Document = None,
    author: Author = None,
) -> None:
    """Bring in a whole record, or one more meeting's comments.

    It shows what it found and asks before anything is stored.
    """
    from tracker.formats.record.read import read

    own = face(context, database, document, author)
    content = _content(file)
    _check_form(file, as_)
    record = read(content, file.name)
    if record.document is not None:
        _whole(own, record, file.name, content, yes)
    else:
        _comments(own, record, file.name, content, yes)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BadInput(
            f"{file} cannot be read: {error.strerror}", "check its name and its permissions"
        ) from None


def _check_form(file: Path, form: str | None) -> None:
    known = {".yaml": "record", ".yml": "record", ".json": "record"}
    found = form or known.get(file.suffix.lower())
    if found != "record":
        what = f"{form!r}" if form else f"{file.suffix or 'no suffix'!r}"
        raise BadInput(
            f"{file.name} is not of a form this program reads: {what}",
            "it reads records in .yaml and .json; --as record reads one of another name",
        )


def _whole(own: Face, record: Record, name: str, content: bytes, yes: bool) -> None:
    from tracker.cli.render.importing import preview_record
    from tracker.services.importing import record as importing
    from tracker.services.importing.files import File

    with own.store().read() as connection:
        plan = importing.plan(connection, record, File(name, content))
    preview_record(record)
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.entry("import") as entry:
        key = importing.apply(entry, plan)
    say(f"stored as @{entry.number}: the document {key}")


def store_record(own: Face, record: Record, name: str, content: bytes, command: str) -> None:
    """Store a whole record without asking."""
    from tracker.services.importing import record as importing
    from tracker.services.importing.files import File

    with own.store().read() as connection:
        plan = importing.plan(connection, record, File(name, content))
    with own.entry(command) as entry:
        importing.apply(entry, plan)


def _comments(own: Face, record: Record, name: str, content: bytes, yes: bool) -> None:
    from tracker.cli.render.importing import preview_comments
    from tracker.services.importing import meeting
    from tracker.services.importing.files import File

    with own.reading() as snapshot:
        plan = meeting.plan(snapshot, record, File(name, content))
    preview_comments(plan)
    if not agreed("Store this?", yes=yes):
        say("nothing was stored")
        return
    with own.writing("import") as (entry, snapshot):
        ids = meeting.apply(entry, snapshot, plan)
        entry.summary = f"{ids[0]} to {ids[-1]}" if len(ids) > 1 else ids[0]
    say(f"stored as @{entry.number}: {entry.summary}")
