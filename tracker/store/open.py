"""Opening a store: a database that this program migrated, at the schema this program knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool

from tracker.errors import StoreError

SCHEMA = "0006"
"""The schema that this program reads and writes: the newest revision in ``migrations/``."""
SCHEMA_TABLE = "tracker_schema"
"""Holds the schema's revision; a database without it is no store of ours."""


class Store:
    """A database to read and write. ``name`` is what messages call it, without any password."""

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        self.name = name_of(url)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the store from beginning to end."""
        with told(self.name), self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection whose work is committed at the end, or wholly undone on any error."""
        with told(self.name), self.engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    # As long as SQLite waits: a command never hangs behind another one's lock.
                    connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
                yield connection


def parse(database: str) -> URL:
    """Return the URL of a database given as a URL or as the path of an SQLite file.

    Raises StoreError if it is a URL that no known database answers to.
    """
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        url = make_url(database)
        backend = url.get_backend_name()
    except (ArgumentError, ValueError):
        raise StoreError("the database URL cannot be read", _FORMS) from None
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise StoreError(f"{backend!r} is not a database this program can use", _FORMS)
    if not url.database or url.database == ":memory:":
        raise StoreError("a store must be a file: it has to last longer than one command", _FORMS)
    return URL.create("sqlite", database=str(Path(url.database).absolute()))


_FORMS = "give a path, sqlite:///PATH or postgresql://USER@HOST/NAME"


def name_of(url: URL) -> str:
    """Return what messages call this database: the path of a file, a URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    shown = url.set(drivername="postgresql").difference_update_query(["password", "sslpassword"])
    return shown.render_as_string(hide_password=True)


def is_file(path: Path) -> bool:
    """Return whether there is a file; not where nobody may look, or no name can be so long."""
    try:
        return path.is_file()
    except OSError:
        return False


def open_store(database: str) -> Store:
    """Return the store at a URL or path. Raises StoreError if it is not one that can be used."""
    url = parse(database)
    path = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and not is_file(path):
        raise StoreError(f"there is no store at {path}", "make one with: tracker init")
    store = Store(url, make_engine(url))
    with told(store.name), store.engine.connect() as connection:
        check_schema(connection, store.name)
    return store


def check_schema(connection: Connection, name: str) -> None:
    """Raise StoreError unless the database is a store at the schema this program knows."""
    found = schema_of(connection)
    if found is None:
        if is_empty(connection):
            # No store is made in the place of a file, be it an empty one.
            first = "remove the file and " if connection.dialect.name == "sqlite" else ""
            raise StoreError(f"{name} holds no store yet", f"{first}make one with: tracker init")
        raise StoreError(
            f"{name} is a database of some other program",
            "name the right one with --database, or TRACKER_DATABASE",
        )
    if found > SCHEMA:
        raise StoreError(
            f"{name} was written by a newer version of this program "
            f"(schema {found}; this one knows {SCHEMA})",
            "install the newer version",
        )
    if found < SCHEMA:
        raise StoreError(
            f"{name} has the older schema {found}; this program needs {SCHEMA}",
            "bring it up to date with: tracker db upgrade",
        )


def schema_of(connection: Connection) -> str | None:
    """Return the schema's revision; none if the database is not a store."""
    try:
        found = connection.execute(text(f"SELECT version_num FROM {SCHEMA_TABLE}")).scalar()
    except DBAPIError as error:
        if not _is_missing(error):
            raise
        connection.rollback()
        return None
    return str(found) if found else None


def _is_missing(error: DBAPIError) -> bool:
    """Return whether there is no such table, or it is another one without our column."""
    said = str(error.orig).startswith(("no such table", "no such column"))
    return said or getattr(error.orig, "sqlstate", "") in ("42P01", "42703")


def is_empty(connection: Connection) -> bool:
    """Return whether the database holds no tables at all."""
    query = (
        "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()"
        if connection.dialect.name == "postgresql"
        else "SELECT count(*) FROM sqlite_master"
    )
    return connection.execute(text(query)).scalar() == 0


def make_engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    """Return an engine that opens a connection for each unit of work and keeps none."""
    try:
        engine = create_engine(url, poolclass=NullPool)
    except ModuleNotFoundError:
        raise StoreError(
            "PostgreSQL needs the driver psycopg, which is not installed",
            "install it with: pip install 'revision-tracker[postgres]'",
        ) from None
    except NoSuchModuleError as error:
        raise StoreError(str(error), _FORMS) from None
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _on_connect(foreign_keys))
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(foreign_keys: bool) -> Any:
    def prepare(connection: Any, _record: object) -> None:
        # The driver's own transactions start late and end early; ours are begun below.
        connection.isolation_level = None
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        connection.execute("PRAGMA busy_timeout = 5000")
        # KiB, as far as they are needed: with the usual two thousand, an entry of a million rows
        # reads what it wrote again and again.
        connection.execute("PRAGMA cache_size = -65536")

    return prepare


def _on_begin(connection: Connection) -> None:
    # A read transaction that starts to write fails if anyone else wrote in between.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what a database refuses into a message that says what to do."""
    try:
        yield
    except DBAPIError as error:
        message, hint = _explain(error, name)
        raise StoreError(message, hint) from error


_LOCK_NOT_AVAILABLE = "55P03"
_READ_ONLY_TRANSACTION = "25006"


def _explain(error: DBAPIError, name: str) -> tuple[str, str]:
    said = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no reason given"
    code = getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None)
    code = code or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code == _LOCK_NOT_AVAILABLE:
        return f"{name} is being written by another command", "try again in a moment"
    if code.startswith("SQLITE_READONLY") or code == _READ_ONLY_TRANSACTION:
        return f"{name} cannot be written: {said}", "check its permissions"
    if code == "SQLITE_NOTADB":
        return f"{name} is not a database", "name the right file with --database"
    if code.startswith("SQLITE_CORRUPT"):
        return f"{name} is damaged: {said}", "restore the last backup (tracker db backup makes one)"
    if isinstance(error, OperationalError):
        return f"{name} cannot be opened: {said}", "check its path, address and permissions"
    return f"the database refused: {said}", "nothing was stored; please report this as a fault"
