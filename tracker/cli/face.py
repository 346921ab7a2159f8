"""The face of a command: which store and document it is about, who types it, and when.

A command reads within ``reading`` and writes within ``writing``: one transaction each, none open
while a person is asked.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tracker.errors import BadInput, StoreError

if TYPE_CHECKING:
    from tracker.services.snapshot import Snapshot
    from tracker.store.journal import Entry
    from tracker.store.open import Store

FILE = "tracker.db"


@dataclass(frozen=True)
class Face:
    """What the command line and the environment say, before any store is opened."""

    database: str | None = None
    document: str | None = None
    author: str | None = None
    language: str | None = None

    @property
    def location(self) -> str:
        """The store: as named, else ``tracker.db`` here or in the nearest folder above with one."""
        if self.database:
            return self.database
        try:
            here = Path.cwd()
        except OSError:
            raise StoreError(
                "the current folder is gone", "change to another folder, or name a --database"
            ) from None
        for folder in (here, *here.parents):
            if (folder / FILE).is_file():
                return str(folder / FILE)
        return str(here / FILE)

    @property
    def typist(self) -> str:
        """Who types: as named, else the login name."""
        from getpass import getuser

        name = self.author
        if name is None:
            try:
                name = getuser()
            except (OSError, KeyError):
                name = "unknown"
        if not name.strip() or len(name) > 200 or not name.isprintable():
            raise BadInput(f"{name!r} is no name of an author", "name one with --author")
        return name

    @property
    def now(self) -> datetime:
        """The time of this command in UTC; ``TRACKER_NOW`` fixes it for reproducible stores."""
        fixed = os.environ.get("TRACKER_NOW")
        if not fixed:
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(fixed)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise BadInput(
                f"TRACKER_NOW is {fixed!r}, which is no time", "write 2022-09-30T08:15:00Z"
            )
        return moment.astimezone(UTC)

    def store(self) -> Store:
        """Open the store. Raises StoreError if there is none or it cannot be used."""
        from tracker.store.open import open_store

        try:
            return open_store(self.location)
        except StoreError:
            if self.database is None and not Path(self.location).exists():
                raise StoreError(
                    "there is no store in this folder or above it",
                    "make one with: tracker init, or name one with --database",
                ) from None
            raise

    @contextmanager
    def reading(self) -> Iterator[Snapshot]:
        """Give the document as it is now, in the language that is asked for, for reading."""
        from tracker.services.snapshot import in_language, latest

        with self.store().read() as connection:
            yield in_language(latest(connection, self.document), self.language)

    @contextmanager
    def writing(self, command: str) -> Iterator[tuple[Entry, Snapshot]]:
        """Give an entry to write into and the document as it is now.

        ``command`` is what the journal keeps: verbs, options and ids, never people's words.
        """
        from tracker.services.snapshot import in_language, latest

        with self.entry(command) as entry:
            yield entry, in_language(latest(entry.connection, self.document), self.language)

    @contextmanager
    def entry(self, command: str) -> Iterator[Entry]:
        """Give an entry to write into, for what belongs to the store as a whole."""
        from tracker.store import journal

        with journal.entry(self.store(), self.typist, self.now, command) as entry:
            yield entry
            no_more_interrupts()


def no_more_interrupts() -> None:
    """Ignore Ctrl-C from here to the end of the command: what is stored must also be told."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def face(
    context: typer.Context,
    database: str | None = None,
    document: str | None = None,
    author: str | None = None,
    language: str | None = None,
) -> Face:
    """Return the face of a command: its own options come before those of ``tracker`` itself."""
    base = context.find_root().obj
    known = base if isinstance(base, Face) else Face()
    said = {"database": database, "document": document, "author": author, "language": language}
    return replace(known, **{name: value for name, value in said.items() if value is not None})
