"""Stores for tests: each kind is filled once in a run, and copied for every test that wants one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import make_url, select

from tests.databases import PostgresCluster
from tracker.formats.record.read import read
from tracker.services.importing import record
from tracker.services.importing.files import File
from tracker.store import journal
from tracker.store.columns import metadata
from tracker.store.migrate import new_store
from tracker.store.open import Store, open_store

AUTHOR = "a tester"
AT = datetime(2022, 9, 30, 8, 15, tzinfo=UTC)
SEED = Path(__file__).parents[1] / "data" / "seed.yaml"

Fill = Callable[[Store], None]


def empty(store: Store) -> None:
    """Migrated, and nothing in it."""


def example(store: Store) -> None:
    """The example record, imported."""
    content = SEED.read_bytes()
    with store.read() as connection:
        plan = record.plan(connection, read(content, SEED.name), File(SEED.name, content))
    with journal.entry(store, AUTHOR, AT, "init") as entry:
        record.apply(entry, plan)


@cache
def template() -> Path:
    """An SQLite store with nothing in it, made once, to be copied for every example of a law."""
    path = Path(tempfile.mkdtemp()) / "template.db"
    _make(str(path), empty)
    return path


class Stores(Protocol):
    """The stores of one kind of database."""

    def copy(self, fill: Fill) -> Any:
        """A context that gives the URL of a new store, filled as ``fill`` does it."""


class SqliteStores:
    """Stores in files, each in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._templates: dict[Fill, Path] = {}

    @contextmanager
    def copy(self, fill: Fill) -> Iterator[str]:
        if fill not in self._templates:
            template = Path(tempfile.mkdtemp(dir=self._folder)) / "template.db"
            _make(str(template), fill)
            self._templates[fill] = template
        with tempfile.TemporaryDirectory(dir=self._folder) as folder:
            path = Path(folder) / "tracker.db"
            shutil.copyfile(self._templates[fill], path)
            yield f"sqlite:///{path}"


class PostgresStores:
    """Stores on the PostgreSQL server of this run; ``stack`` drops what they are copied from."""

    def __init__(self, cluster: PostgresCluster, stack: ExitStack) -> None:
        self._cluster = cluster
        self._stack = stack
        self._templates: dict[Fill, str] = {}

    @contextmanager
    def copy(self, fill: Fill) -> Iterator[str]:
        if fill not in self._templates:
            template = self._stack.enter_context(self._cluster.database())
            _make(template, fill)
            self._templates[fill] = make_url(template).database or ""
        with self._cluster.database(self._templates[fill]) as url:
            yield url


def _make(database: str, fill: Fill) -> None:
    with new_store(database) as draft:
        fill(open_store(draft))


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to compare a store with what it was."""
    with store.read() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def journaled(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """The same without what is made of it: tallies, and what a search finds."""
    derived = {"passage", "sort", "tally"}
    return {name: rows for name, rows in contents(store).items() if name not in derived}
