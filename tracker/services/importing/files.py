"""The files that are imported: kept byte for byte, and known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import select

from tracker.errors import Refused
from tracker.services import retractions
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


@dataclass(frozen=True, slots=True)
class File:
    """A file that is imported: its name, its bytes and how they were decoded."""

    name: str
    content: bytes
    encoding: str = "utf-8"

    @property
    def sha256(self) -> str:
        """The digest by which the same file is known again."""
        return hashlib.sha256(self.content).hexdigest()


def refuse_known(snapshot: Snapshot, file: File) -> None:
    """Raise Refused if a file with the same bytes was imported into this document."""
    source = tables.source
    query = select(source.c.entry).where(
        snapshot.known(source),
        source.c.role == "imported",
        source.c.sha256 == file.sha256,
        ~retractions.undone(snapshot, source.c.entry),
    )
    known = snapshot.connection.execute(query).scalar()
    if known is not None:
        raise Refused(
            f"{file.name} was imported at @{known} already", "see what came with it: tracker log"
        )


def store_file(
    entry: Entry,
    document: int,
    file: File,
    *,
    language: str | None = None,
    title: str | None = None,
) -> None:
    """Keep an imported file, byte for byte; of a translation its language and its title."""
    entry.insert(
        tables.source,
        document=document,
        id=entry.next_id(tables.source, document),
        role="imported",
        file=file.name,
        sha256=file.sha256,
        encoding=file.encoding,
        content=file.content,
        language=language,
        title=title,
    )
