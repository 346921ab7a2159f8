"""The tally: for each line, how many comments of each sort it has, and how many of them are open.

A sort is a meeting, a side and a kind. A listing by these begins with the few sorts that fit and
then looks at their lines: it need not look at a million comments to find that there are none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, func, insert, select

from tracker.store.tables import anchor, comment_version, sort, tally, verdict
from tracker.store.types import CURRENT

_said = comment_version


def disposed(document: ColumnElement[int], comment: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that a comment has a disposition."""
    return (
        select(verdict.c.id)
        .where(
            verdict.c.document == document,
            verdict.c.comment == comment,
            verdict.c.stage == "decided",
            verdict.c.outcome != "undone",
            verdict.c.until == CURRENT,
        )
        .exists()
    )


def anchored(document: int, lines: Sequence[int] | None = None) -> Select[Any]:
    """Return the query for the comments on each line of a document, or on some of its lines."""
    found = select(anchor.c.line, anchor.c.comment).where(
        anchor.c.document == document,
        anchor.c.until == CURRENT,
        anchor.c.state != "removed",
        anchor.c.line.is_not(None),
    )
    return (found if lines is None else found.where(anchor.c.line.in_(lines))).distinct()


def counts(document: int, lines: Sequence[int] | None = None) -> Select[Any]:
    """Return the query for what the tally should hold: line, meeting, side, kind and two counts."""
    on = anchored(document, lines).subquery()
    own = and_(
        _said.c.document == document, _said.c.comment == on.c.comment, _said.c.until == CURRENT
    )
    waits = case((disposed(_said.c.document, _said.c.comment), 0), else_=1)
    columns = (on.c.line, _said.c.meeting, _said.c.side, _said.c.kind)
    return (
        select(*columns, func.count().label("comments"), func.sum(waits).label("open"))
        .join(_said, own)
        .group_by(*columns)
    )


def count(connection: Connection, document: int, lines: Sequence[int] | None = None) -> None:
    """Set the tally of a document, or of some of its lines, to what it should be."""
    found = connection.execute(counts(document, lines)).all()
    known = sorts(connection, document)
    new = dict.fromkeys(key for row in found if (key := tuple(row[1:4])) not in known)
    if new:
        first = max(known.values(), default=0) + 1
        known |= dict(zip(new, range(first, first + len(new)), strict=True))
        rows = [
            {"document": document, "id": known[key], "meeting": key[0], "side": key[1]}
            | {"kind": key[2]}
            for key in new
        ]
        connection.execute(insert(sort), rows)
    own = tally.c.document == document
    gone = own if lines is None else and_(own, tally.c.line.in_(lines))
    connection.execute(delete(tally).where(gone))
    if found:
        counted = [
            {"document": document, "line": row[0], "sort": known[tuple(row[1:4])]}
            | {"comments": row[4], "open": row[5]}
            for row in found
        ]
        connection.execute(insert(tally), counted)


def sorts(connection: Connection, document: int) -> dict[tuple[Any, ...], int]:
    """Return the sorts of a document's comments by meeting, side and kind."""
    query = select(sort).where(sort.c.document == document).order_by(sort.c.id)
    return {(row.meeting, row.side, row.kind): row.id for row in connection.execute(query)}


def fill(connection: Connection) -> None:
    """Make the whole tally anew."""
    for document in connection.scalars(select(anchor.c.document).distinct()).all():
        count(connection, document)
