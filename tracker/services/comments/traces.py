"""Where else the exact words of a remark stand: what sealing it does not erase."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, select

from tracker.services.snapshot import Snapshot
from tracker.store import tables

# Shorter words stand anywhere by chance; a database takes only so long a pattern.
_SHORTEST = 8
_PATTERN = 200


def standing_elsewhere(snapshot: Snapshot, comment: int, texts: Sequence[str]) -> Iterator[str]:
    """Yield what a person calls each place, in any version, that holds one of these texts."""
    told = [text for text in texts if len(text) >= _SHORTEST]
    own, verdict = tables.comment_version, tables.verdict
    other = own.c.comment != comment
    for row in _holding(snapshot, own, ("text", "context", "note"), told, other):
        yield f"C{row.comment}"
    for row in _holding(snapshot, verdict, ("reason",), told):
        subject = f"C{row.comment}" if row.comment else f"P{row.proposal}" if row.proposal else None
        yield f"the decision on {subject or 'a line'}"
    for row in _holding(snapshot, tables.proposal_version, ("rationale",), told):
        yield f"the rationale of P{row.proposal}"
    for row in _holding(snapshot, tables.assignment, ("note",), told):
        yield f"what is to be done about C{row.comment}"
    yield from _in_wordings(snapshot, told)


def _holding(
    snapshot: Snapshot,
    table: Table,
    columns: Sequence[str],
    texts: Sequence[str],
    *where: ColumnElement[bool],
) -> list[Any]:
    """Return the rows of a document that hold one of some texts, each with another key once."""
    found: dict[tuple[Any, ...], Any] = {}
    key = [name for name in ("comment", "proposal", "id") if name in table.c]
    for text in texts:
        for column in columns:
            alike = table.c[column].contains(text[:_PATTERN], autoescape=True)
            query = select(table).where(table.c.document == snapshot.document, alike, *where)
            for row in snapshot.connection.execute(query):
                if text in getattr(row, column):
                    found.setdefault(tuple(getattr(row, name) for name in key), row)
    return list(found.values())


def _in_wordings(snapshot: Snapshot, texts: Sequence[str]) -> Iterator[str]:
    """Yield the versions of lines, and the changes proposed, whose wording holds a text."""
    line, version, words = tables.line, tables.version, tables.proposal_wording
    held = [row.id for row in _holding(snapshot, tables.wording, ("text",), texts)]
    standing = (
        select(line.c.label, version.c.number)
        .join(version, and_(version.c.document == line.c.document, version.c.line == line.c.id))
        .where(line.c.document == snapshot.document, version.c.wording.in_(held))
    )
    for label, number in snapshot.connection.execute(standing):
        yield f"line {label}:{number}"
    proposed = select(words.c.proposal, words.c.change).where(
        words.c.document == snapshot.document, words.c.role == "result", words.c.wording.in_(held)
    )
    for proposal, change in snapshot.connection.execute(proposed):
        yield f"P{proposal}.{change}"
