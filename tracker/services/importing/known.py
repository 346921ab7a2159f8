"""Whether a file holds a text that is in the store already."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, select

from tracker.errors import NotFound
from tracker.exchange.draft import Draft
from tracker.exchange.record import Record
from tracker.services import documents, joints, lines
from tracker.services.exporting.record import gather
from tracker.services.retractions import retracted_now
from tracker.services.snapshot import Snapshot, in_language, languages, latest
from tracker.store import tables
from tracker.store.types import CURRENT

# Lines enough to know a text by: the longest, which no other text has by chance.
_SAMPLE = 20


def document_with(connection: Connection, text: str, key: str | None = None) -> str | None:
    """Return the key of the document, of ``key`` if named, whose running text this is.

    In any of its languages. Line ends may be other ones, and white space at their end: editors and
    mail change these.
    """
    for document in documents.all_documents(connection):
        if key not in (None, document.key):
            continue
        snapshot = latest(connection, document.key)
        if any(_holds(in_language(snapshot, tag), text) for tag in languages(snapshot)):
            return document.key
    return None


def _holds(snapshot: Snapshot, text: str) -> bool:
    _, first = lines.neighbours(snapshot, None, snapshot.language)
    # Most texts do not even hold the first line: the others need not be read.
    if first is None or first.text.splitlines()[0] not in text:
        return False
    return _rows(running_text(snapshot)) == _rows(text)


def alike(connection: Connection, draft: Draft) -> list[str]:
    """Return the keys of the documents that have at least half of a draft's longest lines."""
    sample = sorted({line.text for line in draft.lines}, key=len, reverse=True)[:_SAMPLE]
    document, version, wording = tables.document, tables.version, tables.wording
    query = (
        select(document.c.key)
        .join(wording, wording.c.document == document.c.id)
        .join(
            version,
            and_(
                version.c.document == wording.c.document,
                version.c.wording == wording.c.id,
                version.c.until == CURRENT,
            ),
        )
        .where(wording.c.text.in_(sample), ~retracted_now("document", document.c.id))
        .group_by(document.c.id, document.c.key)
        .having(func.count(wording.c.text.distinct()) * 2 >= len(sample))
        .order_by(document.c.id)
    )
    return list(connection.scalars(query))


def holds_record(connection: Connection, record: Record) -> bool:
    """Return whether a record says just what the store says of its document."""
    if record.document is None:
        return False
    try:
        snapshot = latest(connection, record.document.key)
    except NotFound:
        return False
    return any(gather(snapshot, with_internal=told) == record for told in (False, True))


def running_text(snapshot: Snapshot) -> str:
    """Return the text of a document as it goes out."""
    return joints.written(lines.running_text(snapshot)).text


def _rows(text: str) -> list[str]:
    return [row.rstrip() for row in text.rstrip().splitlines()]
