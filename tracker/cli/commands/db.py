"""``tracker db``: the database itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import face
from tracker.cli.options import Database
from tracker.cli.terminal import say

app = commands("The database itself: upgrade, check, path, backup.")


@app.command()
def upgrade(context: typer.Context, database: Database = None) -> None:
    """Bring an older store up to date; an SQLite file is copied beside it first."""
    from tracker.store.migrate import upgrade as bring

    done = bring(face(context, database).location)
    if done.backup is not None:
        say(f"kept a copy of it as it was: {done.backup}")
    if done.before == done.after:
        say(f"{done.name} is up to date: schema {done.after}")
    else:
        say(f"brought {done.name} from schema {done.before} to {done.after}")


@app.command()
def check(context: typer.Context, database: Database = None) -> None:
    """Say whether this program can use the store as it is."""
    from tracker.store.open import SCHEMA

    store = face(context, database).store()
    say(f"{store.name} is a store at schema {SCHEMA}, which this program uses")


@app.command()
def path(context: typer.Context, database: Database = None) -> None:
    """Print where the store is."""
    typer.echo(face(context, database).store().name)


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    database: Database = None,
) -> None:
    """Copy an SQLite store while it is in use; for PostgreSQL it says what to run."""
    from tracker.store.migrate import backup as copy

    copy(face(context, database).location, file)
    say(f"wrote {file}")
