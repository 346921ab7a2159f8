"""The agenda: what is open and waits for the group."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from tracker.services import documents, lines
from tracker.services.comments import reading as comments
from tracker.services.documents import Document
from tracker.services.lines import FlaggedLine
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.types import CURRENT

SHOWN = 10
"""How many of each the agenda names; the numbers count all."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is open, with how many there are in all. ``at`` is the last entry."""

    document: Document
    at: int
    flagged: tuple[FlaggedLine, ...]
    flagged_total: int
    proposals: tuple[Proposal, ...]
    proposals_total: int
    undisposed: int
    orphaned: tuple[str, ...]


def agenda(snapshot: Snapshot) -> Agenda:
    """Return what is open at the snapshot."""
    flagged, flagged_total = lines.flagged(snapshot, limit=SHOWN)
    undecided, proposals_total = proposals.listed(snapshot, undecided=True, limit=SHOWN)
    undisposed = comments.count_undisposed(snapshot)
    return Agenda(
        document=documents.find(snapshot),
        at=snapshot.at,
        flagged=tuple(flagged),
        flagged_total=flagged_total,
        proposals=tuple(undecided),
        proposals_total=proposals_total,
        undisposed=undisposed,
        orphaned=_orphaned(snapshot),
    )


def _orphaned(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the comments whose words are gone and that have no disposition yet."""
    anchor, verdict = tables.anchor, tables.verdict
    disposed = (
        select(func.count())
        .where(
            verdict.c.document == anchor.c.document,
            verdict.c.comment == anchor.c.comment,
            verdict.c.stage == "decided",
            verdict.c.outcome != "undone",
            verdict.c.until == CURRENT,
        )
        .scalar_subquery()
    )
    query = (
        select(anchor.c.comment)
        .where(snapshot.current(anchor), anchor.c.state == "orphaned", disposed == 0)
        .distinct()
        .order_by(anchor.c.comment)
    )
    return tuple(f"C{number}" for number in snapshot.connection.scalars(query))
