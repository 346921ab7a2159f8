"""What is stored of a document that comments are to be added to: their text, the next number."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Table, and_, func, select

from tracker.exchange.record import Comment
from tracker.services.importing.replay import Text
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def stored_text(snapshot: Snapshot, comments: Sequence[Comment]) -> Text:
    """Return the lines that comments are on, with all their versions; unknown ones are left out."""
    text = Text(snapshot.document, snapshot.language)
    labels = {anchor.line for comment in comments for anchor in comment.anchors}
    line, version, wording = tables.line, tables.version, tables.wording
    query = (
        select(line.c.id, line.c.label, version.c.language, version.c.wording, wording.c.text)
        .join(version, and_(version.c.document == line.c.document, version.c.line == line.c.id))
        .join(
            wording,
            and_(wording.c.document == version.c.document, wording.c.id == version.c.wording),
        )
        .where(snapshot.known(line), line.c.label.in_(labels))
        .order_by(line.c.id, version.c.number)
    )
    for row in snapshot.connection.execute(query):
        text.add_line(row.label, row.id)
        text.add_version(row.label, row.language, row.wording, row.text)
    placement = tables.placement
    gone = (
        select(line.c.label, placement.c.language)
        .join(line, and_(line.c.document == placement.c.document, line.c.id == placement.c.line))
        .where(snapshot.current(placement), placement.c.rank.is_(None), line.c.label.in_(labels))
    )
    for label, language in snapshot.connection.execute(gone):
        text.place(label, language, stands=False)
    return text


def next_number(snapshot: Snapshot, table: Table) -> int:
    """Return the number that the next comment, or proposal, of a document gets."""
    own = table.c.document == snapshot.document
    query = select(func.coalesce(func.max(table.c.id), 0)).where(own)
    last: int = snapshot.connection.execute(query).scalar_one()
    return last + 1
