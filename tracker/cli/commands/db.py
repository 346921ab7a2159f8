"""``tracker db``: the database itself."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.command import commands
from tracker.cli.face import FILE, face, no_more_interrupts
from tracker.cli.options import Database
from tracker.cli.output import write_file
from tracker.cli.terminal import say
from tracker.errors import BadInput

app = commands("The database itself: upgrade, check, path, backup, dump, load.")


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


@app.command()
def dump(
    context: typer.Context,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write into this file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
    database: Database = None,
) -> None:
    """Write the whole store as JSON Lines, from which either database can be filled again."""
    from tracker.services import dumps
    from tracker.store import journal

    with face(context, database).store().read() as connection:
        number, digest = journal.head(connection)
        lines = dumps.lines(connection)
        if output is None:
            sys.stdout.buffer.writelines(lines)
        else:
            write_file(lines, output, force=force)
            say(f"wrote {output}")
    say(f"head: @{number} {digest}")


@app.command()
def load(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The dump; - for stdin.")],
    database: Database = None,
) -> None:
    """Fill a new or empty store with a dump: all of it, verified, or nothing."""
    from tracker.services import dumps
    from tracker.store.migrate import store_to_fill
    from tracker.store.open import name_of, open_store, parse

    place = face(context, database).database or FILE
    with _opened(file) as lines, store_to_fill(place) as draft:
        loaded = dumps.restore(open_store(draft), lines)
        no_more_interrupts()
    say(f"loaded {loaded.rows:,} rows into {name_of(parse(place))}")
    say(f"head: @{loaded.number} {loaded.digest}")


@contextmanager
def _opened(file: Path) -> Iterator[Iterable[bytes]]:
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    try:
        opened = file.open("rb")
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror}", "name another file") from None
    with opened:
        yield opened
