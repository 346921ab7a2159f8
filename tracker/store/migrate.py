"""Making a store, bringing one up to date, and backing one up.

Alembic is configured in code and imported only here. It runs on an engine of its own with foreign
keys off: SQLite rebuilds a table by dropping it, which would take the rows that refer to it along.
"""

from __future__ import annotations

import errno
import os
import secrets
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import PendingRollbackError

from tracker.errors import Refused, StoreError
from tracker.store.open import (
    SCHEMA,
    SCHEMA_TABLE,
    check_schema,
    is_empty,
    is_file,
    make_engine,
    name_of,
    open_store,
    parse,
    schema_of,
    told,
)

if TYPE_CHECKING:
    from alembic.config import Config


@dataclass(frozen=True)
class Upgrade:
    """What an upgrade did: the schema before and after, and the copy made first, if any."""

    name: str
    before: str | None
    after: str
    backup: Path | None


@contextmanager
def new_store(database: str) -> Iterator[str]:
    """Make a store; give the database in which to put what it starts with.

    An SQLite file takes its place only at the end, so that an interrupted command leaves none
    behind. Raises Refused if there is something in its place already.
    """
    url = parse(database)
    if url.get_backend_name() == "sqlite":
        with _new_file(Path(url.database or "")) as draft:
            _create_schema(url.set(database=str(draft)))
            yield str(draft)
        return
    _create_schema(url)
    try:
        yield database
    except BaseException:
        _drop_schema(url)
        raise


@contextmanager
def store_to_fill(database: str) -> Iterator[str]:
    """Give the database of the store that is there, or of a new one, made as by :func:`new_store`.

    Whether the store that is there is empty is for the caller to see.
    """
    url = parse(database)
    if url.get_backend_name() == "sqlite":
        is_there = Path(url.database or "").exists()
    else:
        with told(name_of(url)), make_engine(url).connect() as connection:
            is_there = not is_empty(connection)
    if is_there:
        yield database
        return
    with new_store(database) as draft:
        yield draft


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """Give the name of a draft beside ``path`` that takes its place if all goes well."""
    draft = _draft_of(path)
    hint = "use it, or choose another with --database"
    try:
        with _making(path, hint), closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        yield draft
        with _making(path, hint):
            _take_place(draft, path)
    finally:
        _remove(draft)


@contextmanager
def _making(path: Path, hint: str) -> Iterator[None]:
    """Tell why a file cannot be made. Raises Refused, with the hint, if it is there already."""
    try:
        if path.exists():
            raise FileExistsError
        yield
    except FileExistsError:
        raise Refused(f"{path} is there already", hint) from None
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path} cannot be made: {error}", "choose another place") from None


def _take_place(draft: Path, path: Path) -> None:
    """Give a finished draft its name. Raises FileExistsError if that is taken meanwhile."""
    try:
        # A hard link, unlike a rename, does not replace what came into its place.
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # Some disks know no links; what is left there is the moment between looking and renaming.
        if path.exists():
            raise FileExistsError from None
        draft.rename(path)


_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def _draft_of(path: Path) -> Path:
    return path.parent / f".{path.name}.{secrets.token_hex(4)}"


def _remove(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        with suppress(OSError):
            draft.with_name(draft.name + suffix).unlink(missing_ok=True)


def _create_schema(url: URL) -> None:
    name = name_of(url)
    with told(name), make_engine(url, foreign_keys=False).connect() as connection:
        if not is_empty(connection):
            check_schema(connection, name)
            raise Refused(f"{name} holds a store already", "use it, or name another database")
        connection.rollback()
        run(connection, SCHEMA)


def _drop_schema(url: URL) -> None:
    """Undo :func:`_create_schema`, unless somebody has put something into the store meanwhile."""
    with told(name_of(url)), make_engine(url, foreign_keys=False).connect() as connection:
        with connection.begin():
            if connection.execute(text("SELECT number FROM head")).scalar():
                return
        run(connection, "base")
        with connection.begin():
            connection.execute(text(f"DROP TABLE {SCHEMA_TABLE}"))


def upgrade(database: str) -> Upgrade:
    """Bring a store to the schema this program knows; an SQLite file is copied beside it first."""
    url = parse(database)
    name = name_of(url)
    if url.get_backend_name() == "sqlite" and not is_file(Path(url.database or "")):
        raise StoreError(f"there is no store at {name}", "make one with: tracker init")
    with told(name), make_engine(url, foreign_keys=False).connect() as connection:
        before = schema_of(connection)
        if before is None or before > SCHEMA:
            check_schema(connection, name)
        if before == SCHEMA:
            return Upgrade(name, before, SCHEMA, None)
        connection.rollback()
        copy = None
        if url.get_backend_name() == "sqlite":
            path = Path(url.database or "")
            copy = _free_name(path, before or "")
            _copy(path, copy)
        try:
            run(connection, SCHEMA)
        except BaseException:
            # The store is as it was; the copy would only be in the way of the next attempt.
            if copy is not None:
                copy.unlink(missing_ok=True)
            raise
    return Upgrade(name, before, SCHEMA, copy)


def _free_name(path: Path, schema: str) -> Path:
    """Return a name beside a file for its copy at a schema: ``tracker-0001.db``, then ``-2``."""
    endings = chain([""], (f"-{number}" for number in count(2)))
    names = (path.with_name(f"{path.stem}-{schema}{end}{path.suffix}") for end in endings)
    return next(name for name in names if not name.exists())


def backup(database: str, target: Path) -> None:
    """Copy an SQLite store while others use it. Raises Refused for PostgreSQL: it has its own way.

    Never overwrites: raises Refused if ``target`` exists.
    """
    store = open_store(database)
    if store.url.get_backend_name() != "sqlite":
        raise Refused(
            "a PostgreSQL store is backed up by PostgreSQL",
            f"run: pg_dump --format=custom {shlex.quote(f'--file={target}')} "
            + shlex.quote(name_of(store.url._replace(password=None))),
        )
    _copy(Path(store.url.database or ""), target)


def _copy(path: Path, target: Path) -> None:
    draft = _draft_of(target)
    try:
        with _making(target, "name another file"):
            with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(draft)) as new:
                old.backup(new)
            _take_place(draft, target)
    finally:
        _remove(draft)


def run(connection: Connection, revision: str) -> None:
    """Migrate to a revision in one transaction; nothing is kept if a reference would break."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    move = command.downgrade if revision == "base" else command.upgrade
    connection.rollback()
    with connection.execution_options(writes=True).begin():
        try:
            move(config, revision)
        except PendingRollbackError as error:
            # Alembic tidies up after a table that it could not copy, and hides what stopped it.
            if isinstance(error.__context__, KeyboardInterrupt):
                raise error.__context__ from None
            raise
        if connection.dialect.name == "sqlite":
            broken = connection.execute(text("PRAGMA foreign_key_check")).all()
            if broken:
                raise StoreError(
                    f"the upgrade would break {len(broken)} references, first in {broken[0][0]}",
                    "nothing was changed; please report this as a fault",
                )


def configuration() -> Config:
    """Return Alembic's configuration: the scripts in the wheel, else those of the checkout."""
    from alembic.config import Config

    package = Path(__file__).resolve().parent.parent
    folder = next(
        place for place in (package / "migrations", package.parent / "migrations") if place.is_dir()
    )
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config
