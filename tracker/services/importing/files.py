"""The files that are imported: kept byte for byte, and known again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, select, true

from tracker.errors import Refused
from tracker.services import retractions
from tracker.services.comments.redacting import reads_like
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


def refuse_known(snapshot: Snapshot, file: File, *, as_edition: bool = False) -> None:
    """Raise Refused if a file with the same bytes was imported into this document.

    ``as_edition`` looks only for one that came in as an edition. Also if it may be one from which
    a remark was sealed, in any document: that is not brought back.
    """
    source, edition = tables.source, tables.edition
    query = select(source.c.entry).where(
        snapshot.known(source),
        source.c.role == "imported",
        source.c.sha256 == file.sha256,
        ~retractions.undone(snapshot, source.c.entry),
    )
    if as_edition:
        with_it = and_(edition.c.document == source.c.document, edition.c.entry == source.c.entry)
        query = query.where(exists().where(with_it))
    known = snapshot.connection.execute(query).scalar()
    if known is not None:
        raise Refused(
            f"{file.name} was imported at @{known} already", "see what came with it: tracker log"
        )
    _refuse_sealed(snapshot.connection, file)


def imported_at(connection: Connection, file: File, key: str | None = None) -> int | None:
    """Return the entry at which a file with the same bytes came in; of ``key`` if one is named.

    None if none did, or if that was undone.
    """
    source, document = tables.source, tables.document
    query = (
        select(source.c.entry)
        .join(document, document.c.id == source.c.document)
        .where(
            source.c.role == "imported",
            source.c.sha256 == file.sha256,
            document.c.key == key if key is not None else true(),
            ~retractions.retracted_now("entry", source.c.entry),
            ~retractions.retracted_now("document", source.c.document),
        )
        .order_by(source.c.entry)
    )
    found: int | None = connection.execute(query).scalar()
    return found


def _refuse_sealed(connection: Connection, file: File) -> None:
    source, seal = tables.source, tables.seal
    sealed = exists().where(seal.c.document == source.c.document, seal.c.entry == source.c.entry)
    copies = select(source.c.entry, source.c.encoding, source.c.content).where(
        source.c.content.is_not(None), sealed
    )
    for copy in connection.execute(copies):
        if reads_like(file.content, copy.content, copy.encoding):
            raise Refused(
                f"{file.name} seems to be the file from which a remark was sealed at @{copy.entry}",
                "leave that remark out; another one in its place: tracker comment add",
            )


def store_file(
    entry: Entry,
    document: int,
    file: File,
    *,
    language: str | None = None,
    title: str | None = None,
) -> None:
    """Keep an imported file, byte for byte; of a translation its language and its title.

    Raises Refused if it may be one from which a remark was sealed.
    """
    _refuse_sealed(entry.connection, file)
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
