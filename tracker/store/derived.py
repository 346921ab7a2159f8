"""What is derived: how many comments on a line are open, the tally of comments, the search index.

The entry that stores a row notes what may follow from it, and sets that anew when it is closed;
``verify`` makes all of it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, select, update
from sqlalchemy.sql import ColumnElement

from tracker.store.tables import (
    anchor,
    comment_version,
    placement,
    proposal_change,
    proposal_version,
    proposal_wording,
    retraction,
    seal,
    verdict,
    version,
    wording,
)
from tracker.store.tally import disposed
from tracker.store.types import CURRENT

_BATCH = 500


def open_comments() -> ColumnElement[int]:
    """Return what ``placement.open`` should be for the placement of the enclosing query.

    Only a placement that is current, and where its line stands, counts.
    """
    count = (
        select(func.count(func.distinct(anchor.c.comment)))
        .where(
            anchor.c.document == placement.c.document,
            anchor.c.line == placement.c.line,
            anchor.c.until == CURRENT,
            anchor.c.state != "removed",
            ~disposed(anchor.c.document, anchor.c.comment),
        )
        .correlate(placement)
        .scalar_subquery()
    )
    stands = and_(placement.c.until == CURRENT, placement.c.rank.is_not(None))
    return case((stands, count), else_=0)


_SEALABLE = {table.name: table for table in (comment_version, wording, proposal_version)}


class Recount:
    """What may follow otherwise from the rows of an entry: counts of lines, texts to be found."""

    def __init__(self) -> None:
        self._lines: set[tuple[int, int]] = set()
        self._comments: set[tuple[int, int]] = set()
        self._texts: dict[str, set[tuple[int, int]]] = {
            "line": set(),
            "comment": set(),
            "proposal": set(),
        }
        self._sealed: dict[str, list[str]] = {}
        self._undone: list[int] = []

    def note(self, table: Table, row: Mapping[str, Any]) -> None:
        """Take note of a row that was stored."""
        if table in (anchor, placement) and row["line"] is not None:
            self._lines.add((row["document"], row["line"]))
        # A comment may have left another line for the one it stands on now.
        if table in (anchor, verdict, comment_version) and row["comment"] is not None:
            self._comments.add((row["document"], row["comment"]))
        if table in (placement, version):
            self._texts["line"].add((row["document"], row["line"]))
        elif table is comment_version:
            self._texts["comment"].add((row["document"], row["comment"]))
        elif table in (proposal_version, proposal_change, proposal_wording):
            self._texts["proposal"].add((row["document"], row["proposal"]))
        elif table is retraction and row["kind"] in ("comment", "proposal"):
            self._texts[row["kind"]].add((row["document"], row["id"]))
        elif table is retraction and row["kind"] == "entry":
            self._undone.append(row["id"])
        elif table is seal:
            self._sealed.setdefault(row["row_table"], []).append(row["row_digest"])

    def apply(self, connection: Connection) -> None:
        """Set the counts and the index anew."""
        self._find_sealed(connection)
        self._find_undone(connection)
        for document, comments in _batches(self._comments):
            anchored = select(anchor.c.line).where(
                anchor.c.document == document,
                anchor.c.comment.in_(comments),
                anchor.c.line.is_not(None),
            )
            self._lines.update((document, line) for line in connection.scalars(anchored))
        if self._lines:
            self._count(connection)
        if any(self._texts.values()):
            self._index(connection)

    def _count(self, connection: Connection) -> None:
        from tracker.store import tally

        for document, lines in _batches(self._lines):
            touched = and_(placement.c.document == document, placement.c.line.in_(lines))
            connection.execute(update(placement).where(touched).values(open=open_comments()))
            tally.count(connection, document, lines)

    def _index(self, connection: Connection) -> None:
        from tracker.store import search

        for kind, texts in self._texts.items():
            for document, items in _batches(texts):
                search.index(connection, document, kind, items)
        if self._sealed:
            search.forget(connection)

    def _find_sealed(self, connection: Connection) -> None:
        """Take note of what has words that this entry erased."""
        for name, digests in self._sealed.items():
            table = _SEALABLE.get(name)
            if table is None:
                continue
            rows = connection.execute(select(table).where(table.c.digest.in_(digests))).mappings()
            for row in rows.all():
                if table is wording:
                    self._note_wording(connection, row["document"], row["id"])
                else:
                    self.note(table, dict(row))

    def _find_undone(self, connection: Connection) -> None:
        """Take note of the proposals to which an entry that is undone now added a change."""
        own = proposal_change.c
        for number in self._undone:
            added = select(own.document, own.proposal).where(own.entry == number).distinct()
            rows = connection.execute(added)
            self._texts["proposal"].update((row.document, row.proposal) for row in rows)

    def _note_wording(self, connection: Connection, document: int, number: int) -> None:
        for kind, table, name in (
            ("line", version, "line"),
            ("proposal", proposal_wording, "proposal"),
        ):
            own = and_(table.c.document == document, table.c.wording == number)
            found = connection.scalars(select(table.c[name]).where(own))
            self._texts[kind].update((document, item) for item in found)


def fill(connection: Connection) -> None:
    """Make the tally and the search index of a whole store."""
    from tracker.store import search, tally

    tally.fill(connection)
    search.fill(connection)


def _batches(pairs: set[tuple[int, int]]) -> Iterator[tuple[int, list[int]]]:
    by_document: dict[int, list[int]] = {}
    for document, number in sorted(pairs):
        by_document.setdefault(document, []).append(number)
    for document, numbers in by_document.items():
        for start in range(0, len(numbers), _BATCH):
            yield document, numbers[start : start + _BATCH]
