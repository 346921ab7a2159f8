"""Documents: their settings, and the sources the record was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, func, select

from tracker.errors import Refused
from tracker.services import retractions
from tracker.services.attribution import check_rule
from tracker.services.inputs import check_line, check_optional
from tracker.services.names import check_key
from tracker.services.snapshot import Snapshot, check_language
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT


class Document(NamedTuple):
    """A document with its settings."""

    id: int
    key: str
    title: str
    language: str
    unit: str
    note: str | None
    attribution: str | None = None
    retracted: bool = False


class Counts(NamedTuple):
    """How many lines and comments a document has."""

    lines: int
    comments: int


class Source(NamedTuple):
    """A file that the record cites, or that was imported; it has no name once it was sealed."""

    role: str
    file: str | None
    title: str | None
    authors: str | None
    date: str | None
    publisher: str | None
    sha256: str | None
    note: str | None
    entry: int


def all_documents(connection: Connection, *, retracted: bool = False) -> list[Document]:
    """Return every document, in the order they came; ``retracted`` adds those that were undone."""
    gone = retractions.numbers(connection, "document")
    document, version = tables.document, tables.document_version
    query = (
        select(document.c.id, document.c.key)
        .add_columns(version.c.title, version.c.language, version.c.unit, version.c.note)
        .add_columns(version.c.attribution)
        .join(version, and_(version.c.document == document.c.id, version.c.until == CURRENT))
        .order_by(document.c.id)
    )
    return [
        Document(*row)._replace(retracted=row.id in gone)
        for row in connection.execute(query)
        if retracted or row.id not in gone
    ]


def counts(connection: Connection, documents: Iterable[Document]) -> dict[int, Counts]:
    """Return how much there is of documents, by their ids. All comments are gone through."""
    placement, comment = tables.placement, tables.comment
    gone = retractions.retracted_anywhere("comment", comment.c.document, comment.c.id)
    standing = and_(placement.c.until == CURRENT, placement.c.rank.is_not(None))
    lines = _count(connection, standing, placement.c.document, placement.c.language)
    comments = _count(connection, ~gone, comment.c.document)
    return {
        each.id: Counts(lines.get((each.id, each.language), 0), comments.get((each.id,), 0))
        for each in documents
    }


def _count(
    connection: Connection, where: ColumnElement[bool], *columns: ColumnElement[Any]
) -> dict[tuple[Any, ...], int]:
    query = select(*columns, func.count()).where(where).group_by(*columns)
    return {tuple(row[:-1]): row[-1] for row in connection.execute(query)}


def find(snapshot: Snapshot) -> Document:
    """Return the document of a snapshot."""
    return next(d for d in all_documents(snapshot.connection) if d.key == snapshot.key)


def sources(snapshot: Snapshot) -> list[Source]:
    """Return what the record cites and what was imported, in the order they came."""
    table = tables.source
    query = select(
        *(table.c.role, table.c.file, table.c.title, table.c.authors, table.c.date),
        *(table.c.publisher, table.c.sha256, table.c.note, table.c.entry),
    ).where(snapshot.known(table), ~retractions.undone(snapshot, table.c.entry))
    return [Source(*row) for row in snapshot.connection.execute(query.order_by(table.c.id))]


def title(snapshot: Snapshot) -> str:
    """Return the document's title in the snapshot's language; the authentic one if it has none."""
    own = None
    if not snapshot.is_authentic:
        own = snapshot.connection.execute(_imported(snapshot, tables.source.c.title)).scalar()
    return own or find(snapshot).title


def encoding(snapshot: Snapshot) -> str:
    """Return how the characters of the file were written that the text last came from.

    Where no file names its language, it is the first one: later ones may hold no text.
    """
    source = tables.source
    named = _imported(snapshot, source.c.encoding)
    unnamed = (
        select(source.c.encoding)
        .where(snapshot.known(source), source.c.role == "imported", source.c.language.is_(None))
        .order_by(source.c.id)
        .limit(1)
    )
    found = snapshot.connection.execute(named).scalar()
    if found is None and snapshot.is_authentic:
        found = snapshot.connection.execute(unnamed).scalar()
    return found or "utf-8"


def _imported(snapshot: Snapshot, column: Column[Any]) -> Select[Any]:
    """Return the query for a column of the file that the text in a language last came from."""
    source = tables.source
    return (
        select(column)
        .where(
            snapshot.known(source),
            source.c.role == "imported",
            source.c.language == snapshot.language,
            column.is_not(None),
        )
        .order_by(source.c.id.desc())
        .limit(1)
    )


def is_taken(connection: Connection, key: str) -> bool:
    """Return whether a document has this key; one that was undone has given it back."""
    table = tables.document
    standing = select(table.c.id).where(
        table.c.key == key, ~retractions.retracted_now("document", table.c.id)
    )
    return connection.execute(standing).first() is not None


def add(
    entry: Entry,
    key: str,
    *,
    title: str,
    language: str = "en",
    unit: str = "sentence",
    note: str | None = None,
    attribution: str | None = None,
) -> int:
    """Store a new document without any text and return its number.

    Raises Refused if the key is taken.
    """
    check_key(key, "document")
    table = tables.document
    if is_taken(entry.connection, key):
        raise Refused(f"there is a document {key} already", "see it with: tracker document list")
    number = entry.next_id(table)
    entry.insert(table, id=number, key=key)
    entry.document = number
    settings = {"title": title, "language": language, "unit": unit, "note": note}
    settings["attribution"] = attribution
    entry.append(tables.document_version, {"document": number}, **_checked(settings))
    return number


def set_(entry: Entry, snapshot: Snapshot, settings: Mapping[str, str]) -> None:
    """Change some of a document's settings: its title, its note or its rule of attribution.

    Raises Refused if nothing would change.
    """
    found = find(snapshot)
    names = ("title", "language", "unit", "note", "attribution")
    was = {name: getattr(found, name) for name in names}
    becomes = {**was, **settings}
    if becomes == was:
        raise Refused("nothing would change", f"tracker document show {found.key} shows it")
    entry.document = snapshot.document
    entry.append(tables.document_version, {"document": snapshot.document}, **_checked(becomes))


def check_settings(title: str | None, language: str | None) -> None:
    """Raise BadInput for a title or a language that no document can have."""
    check_line(title or "", "title")
    check_language(language or "")


def _checked(settings: Mapping[str, str | None]) -> dict[str, str | None]:
    check_settings(settings["title"], settings["language"])
    check_optional(settings["note"], "note")
    if settings["attribution"] is not None:
        check_rule(settings["attribution"])
    return dict(settings)
