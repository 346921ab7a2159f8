"""Which entry is to be undone, and which count for nothing: those undone and those that undid."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, exists, or_, select

from tracker.errors import NotFound, Refused
from tracker.services.names import entry_number
from tracker.store import tables
from tracker.store.types import CURRENT

_entry, _retraction = tables.entry, tables.retraction


class Chosen(NamedTuple):
    """An entry to be undone or reverted; ``document`` is none for the store's own."""

    number: int
    document: int | None
    command: str
    summary: str


def moot(moment: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that an entry was undone, or undid another."""
    own = _retraction.alias()
    return exists().where(
        own.c.document == 0,
        own.c.kind == "entry",
        own.c.holds == 1,
        own.c.until == CURRENT,
        or_(own.c.id == moment, own.c.since == moment),
    )


def moot_numbers(connection: Connection) -> set[int]:
    """Return the entries that were undone, or undid another."""
    query = select(_retraction.c.id, _retraction.c.since).where(
        _retraction.c.document == 0,
        _retraction.c.kind == "entry",
        _retraction.c.holds == 1,
        _retraction.c.until == CURRENT,
    )
    return {number for row in connection.execute(query) for number in row}


def choose(connection: Connection, name: str | None, document: int | None = None) -> Chosen:
    """Return the entry so named (``@7``); else the last one that was not undone and undid none.

    ``document`` keeps those of one document. Raises NotFound if there is no such entry, Refused if
    it was undone or is an undo, or if nothing is left to undo.
    """
    query = select(_entry.c.number, _entry.c.document, _entry.c.command, _entry.c.summary)
    if name is not None:
        number = entry_number(name)
        row = connection.execute(query.where(_entry.c.number == number)).first()
        if row is None:
            raise NotFound(f"there is no entry {name}", "tracker log lists them")
        _check(connection, Chosen(*row))
        return Chosen(*row)
    if document is not None:
        query = query.where(_entry.c.document == document)
    last = query.where(~moot(_entry.c.number)).order_by(_entry.c.number.desc()).limit(1)
    row = connection.execute(last).first()
    if row is None:
        raise Refused("there is nothing left to undo", "tracker log tells what was done")
    return Chosen(*row)


def _check(connection: Connection, chosen: Chosen) -> None:
    query = select(_retraction.c.id, _retraction.c.since).where(
        _retraction.c.document == 0,
        _retraction.c.kind == "entry",
        _retraction.c.holds == 1,
        _retraction.c.until == CURRENT,
        or_(_retraction.c.id == chosen.number, _retraction.c.since == chosen.number),
    )
    row = connection.execute(query).first()
    if row is None:
        return
    if row.id == chosen.number:
        raise Refused(
            f"@{chosen.number} was undone already, by @{row.since}", "tracker log tells by whom"
        )
    raise Refused(
        f"@{chosen.number} is itself an undo, of @{row.id}",
        f"do again what @{row.id} did; its number shows in the listings with --all",
    )
