"""How many proposals wait for a decision, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select, tuple_

from tracker.services.retractions import retracted, undone
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import LEAVES_OPEN
from tracker.store import tables
from tracker.store.types import CURRENT


def undecided_on(snapshot: Snapshot, lines: Sequence[int]) -> Counter[int]:
    """Return for each line how many proposals that change it, or insert after it, are undecided."""
    change, wording, verdict = tables.proposal_change, tables.proposal_wording, tables.verdict
    later = change.alias()
    # A list made once: looking for each change's own goes through all changes of a proposal.
    superseded = select(later.c.proposal, later.c.supersedes).where(
        later.c.document == snapshot.document,
        later.c.supersedes.is_not(None),
        ~undone(snapshot, later.c.entry),
    )
    decided = exists().where(
        verdict.c.document == change.c.document,
        verdict.c.proposal == change.c.proposal,
        or_(verdict.c.change.is_(None), verdict.c.change == change.c.number),
        verdict.c.stage == "decided",
        verdict.c.outcome != "undone",
        verdict.c.until == CURRENT,
        verdict.c.outcome.not_in(LEAVES_OPEN),
    )
    own = and_(
        wording.c.document == change.c.document,
        wording.c.proposal == change.c.proposal,
        wording.c.change == change.c.number,
    )
    query = (
        select(change.c.proposal, wording.c.line, change.c.after_line)
        .join(wording, own)
        .where(
            snapshot.known(change),
            or_(wording.c.line.in_(lines), change.c.after_line.in_(lines)),
            ~decided,
            tuple_(change.c.proposal, change.c.number).not_in(superseded),
            ~undone(snapshot, change.c.entry),
            ~retracted(snapshot, "proposal", change.c.proposal),
        )
        .distinct()
    )
    wanted = set(lines)
    touched = {
        (row.proposal, line)
        for row in snapshot.connection.execute(query)
        for line in (row.line, row.after_line)
        if line in wanted
    }
    return Counter(line for _, line in touched)
