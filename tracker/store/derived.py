"""The derived column ``placement.open``: how many comments on a line have no disposition yet.

Only a placement that is current counts; the entry that changes a count sets it, ``verify``
computes all of them again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, select, update
from sqlalchemy.sql import ColumnElement

from tracker.store.tables import anchor, placement, verdict
from tracker.store.types import CURRENT

_BATCH = 500


def open_comments() -> ColumnElement[int]:
    """Return what ``placement.open`` should be for the placement of the enclosing query."""
    disposed = (
        select(verdict.c.id)
        .where(
            verdict.c.document == anchor.c.document,
            verdict.c.comment == anchor.c.comment,
            verdict.c.stage == "decided",
            verdict.c.outcome != "undone",
            verdict.c.until == CURRENT,
        )
        .exists()
    )
    count = (
        select(func.count(func.distinct(anchor.c.comment)))
        .where(
            anchor.c.document == placement.c.document,
            anchor.c.line == placement.c.line,
            anchor.c.until == CURRENT,
            anchor.c.state != "removed",
            ~disposed,
        )
        .correlate(placement)
        .scalar_subquery()
    )
    stands = and_(placement.c.until == CURRENT, placement.c.rank.is_not(None))
    return case((stands, count), else_=0)


class Recount:
    """The lines and comments of an entry whose count may have changed."""

    def __init__(self) -> None:
        self._lines: set[tuple[int, int]] = set()
        self._comments: set[tuple[int, int]] = set()

    def note(self, table: Table, row: Mapping[str, Any]) -> None:
        """Take note of a row that was stored."""
        if table in (anchor, placement) and row["line"] is not None:
            self._lines.add((row["document"], row["line"]))
        # A comment may have left another line for the one it stands on now.
        if table in (anchor, verdict) and row["comment"] is not None:
            self._comments.add((row["document"], row["comment"]))

    def apply(self, connection: Connection) -> None:
        """Set the counts anew."""
        for document, comments in _batches(self._comments):
            anchored = select(anchor.c.line).where(
                anchor.c.document == document,
                anchor.c.comment.in_(comments),
                anchor.c.line.is_not(None),
            )
            self._lines.update((document, line) for line in connection.scalars(anchored))
        for document, lines in _batches(self._lines):
            touched = and_(placement.c.document == document, placement.c.line.in_(lines))
            connection.execute(update(placement).where(touched).values(open=open_comments()))


def _batches(pairs: set[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    by_document: dict[int, list[int]] = {}
    for document, number in sorted(pairs):
        by_document.setdefault(document, []).append(number)
    for document, numbers in by_document.items():
        for start in range(0, len(numbers), _BATCH):
            yield document, numbers[start : start + _BATCH]
