"""History: the journal as people read it, and whether it still holds."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Connection, and_, or_, select

from tracker.errors import BadInput
from tracker.services.paging import page
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.digest import GENESIS
from tracker.store.journal import head
from tracker.store.verify import verify


class LogEntry(NamedTuple):
    """An entry of the journal. ``at`` is UTC, ``document`` its key, none for the store's own."""

    number: int
    at: datetime
    author: str
    command: str
    summary: str
    document: str | None


class Verification(NamedTuple):
    """The head of the chain and what does not hold, a sentence each."""

    number: int
    digest: str
    faults: tuple[str, ...]


def log(
    connection: Connection,
    *,
    within: Snapshot | None = None,
    line: int | None = None,
    limit: int | None = None,
) -> tuple[list[LogEntry], int]:
    """Return entries, the newest first, and how many there are without ``limit``.

    ``within`` keeps those of one document and of the store itself; ``line`` those that gave this
    line a version or a place, a comment or a proposal, or decided on one.
    """
    entry, document = tables.entry, tables.document
    columns = (entry.c.number, entry.c.at, entry.c.author, entry.c.command, entry.c.summary)
    joined = entry.outerjoin(document, document.c.id == entry.c.document)
    query = select(*columns, document.c.key).select_from(joined)
    if within is not None:
        own = entry.c.document.is_(None) | (entry.c.document == within.document)
        query = query.where(own)
        if line is not None:
            query = query.where(entry.c.number.in_(_entries_of(within.document, line)))
    rows, total = page(connection, query.order_by(entry.c.number.desc()), limit)
    return [LogEntry(*row) for row in rows], total


def _entries_of(document: int, line: int) -> CompoundSelect[Any]:
    version, placement, anchor = tables.version, tables.placement, tables.anchor
    change, words = tables.proposal_change, tables.proposal_wording
    proposed = select(words.c.entry).where(words.c.document == document, words.c.line == line)
    inserts = select(change.c.entry).where(
        change.c.document == document, change.c.after_line == line
    )
    since = [
        select(table.c.since).where(and_(table.c.document == document, table.c.line == line))
        for table in (version, placement, anchor)
    ]
    touching = select(words.c.proposal).where(words.c.document == document, words.c.line == line)
    inserting = select(change.c.proposal).where(
        change.c.document == document, change.c.after_line == line
    )
    about = select(anchor.c.comment).where(anchor.c.document == document, anchor.c.line == line)
    verdict = tables.verdict
    decided = select(verdict.c.since).where(
        verdict.c.document == document,
        or_(
            verdict.c.comment.in_(about),
            verdict.c.proposal.in_(touching),
            verdict.c.proposal.in_(inserting),
        ),
    )
    return since[0].union(*since[1:], proposed, inserts, decided)


def verification(connection: Connection) -> Verification:
    """Recompute the chain and every derived column."""
    faults = tuple(verify(connection))
    return Verification(*head(connection), faults)


_NOTED = re.compile(
    r"(?:head:\s*)?(?:@(?P<number>\d{1,15})[\s:]+)?(?P<digest>[0-9a-f]{12,64})", re.IGNORECASE
)


def entry_with(connection: Connection, noted: str) -> int | None:
    """Return the entry that left the digest somebody noted; None if the chain does not hold it.

    ``noted`` is a digest, or its first 12 digits or more, maybe behind the entry that it was said
    to be of (``@31:5f2c…``), or the row that export wrote (``head: @31 5f2c…``). An empty store has
    a head too, at 0. Raises BadInput for other forms.
    """
    found = _NOTED.fullmatch(noted.strip())
    if found is None:
        raise BadInput(
            f"{noted!r} is no digest",
            "give what export said on stderr: @31 DIGEST, or the first 12 digits of it or more",
        )
    digest = found["digest"].lower()
    entry = tables.entry
    query = select(entry.c.number).where(entry.c.digest.startswith(digest))
    if found["number"] is not None:
        query = query.where(entry.c.number == int(found["number"]))
    held = connection.execute(query.order_by(entry.c.number).limit(1)).scalar()
    if held is None and GENESIS.startswith(digest) and found["number"] in (None, "0"):
        return 0
    return held
