"""What was undone: it stays in the store, listings leave it out, its number is not given again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, exists, select

from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

if TYPE_CHECKING:
    from tracker.services.snapshot import Snapshot

STORE = 0
"""Stands in the place of a document for what belongs to the store as a whole."""
_retraction = tables.retraction


def retracted(snapshot: Snapshot, kind: str, number: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that something of the document was retracted at the snapshot."""
    return _exists(snapshot.document, kind, number, _at(snapshot))


def retracted_anywhere(
    kind: str, document: ColumnElement[Any], number: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Return the condition that something of whatever document is retracted now."""
    return _exists(document, kind, number, _retraction.c.until == CURRENT)


def undone(snapshot: Snapshot, moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that the entry which wrote something was undone by the snapshot."""
    return _exists(STORE, "entry", moment, _at(snapshot))


def _at(snapshot: Snapshot) -> ColumnElement[bool]:
    if snapshot.latest:
        return _retraction.c.until == CURRENT
    return and_(_retraction.c.since <= snapshot.at, _retraction.c.until > snapshot.at)


def retracted_now(kind: str, number: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that something of the store (a meeting, a document) is retracted."""
    return _exists(STORE, kind, number, _retraction.c.until == CURRENT)


def numbers(connection: Connection, kind: str, document: int = STORE) -> frozenset[int]:
    """Return the numbers of what is retracted now, of a document or (0) of the store itself."""
    query = select(_retraction.c.id).where(
        _retraction.c.document == document,
        _retraction.c.kind == kind,
        _retraction.c.holds == 1,
        _retraction.c.until == CURRENT,
    )
    return frozenset(connection.scalars(query))


def _exists(
    document: int | ColumnElement[Any],
    kind: str,
    number: ColumnElement[Any],
    holds: ColumnElement[bool],
) -> ColumnElement[bool]:
    return exists().where(
        _retraction.c.document == document,
        _retraction.c.kind == kind,
        _retraction.c.id == number,
        _retraction.c.holds == 1,
        holds,
    )


def retract(
    entry: Entry, kind: str, number: int, *, document: int = STORE, holds: bool = True
) -> None:
    """Retract what an entry brought; ``holds=False`` brings it back."""
    subject = {"document": document, "kind": kind, "id": number}
    entry.append(_retraction, subject, holds=int(holds))
