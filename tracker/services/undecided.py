"""How many proposals wait for a decision, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, or_, select, tuple_

from tracker.services.retractions import retracted, undone
from tracker.services.snapshot import Snapshot
from tracker.services.splits import Behind, last_parts, origins
from tracker.services.verdicts import LEAVES_OPEN
from tracker.store import tables
from tracker.store.types import CURRENT


def undecided_on(snapshot: Snapshot, lines: Sequence[int]) -> Counter[int]:
    """Return for each line how many proposals that change it, or insert after it, are undecided."""
    change, wording = tables.proposal_change, tables.proposal_wording
    own = and_(
        wording.c.document == change.c.document,
        wording.c.proposal == change.c.proposal,
        wording.c.change == change.c.number,
    )
    above = origins(snapshot, lines)
    query = (
        select(change.c.proposal, wording.c.line, change.c.after_line)
        .add_columns(change.c.language, change.c.entry)
        .join(wording, own)
        .where(
            snapshot.known(change),
            or_(
                wording.c.line.in_(lines),
                change.c.after_line.in_({*lines}.union(*above.values())),
            ),
            _is_undecided(snapshot),
        )
        .distinct()
    )
    rows = snapshot.connection.execute(query).all()
    behind = _behind(snapshot, rows)
    wanted = set(lines)
    touched = {
        (row.proposal, line)
        for row, after in zip(rows, behind, strict=True)
        for line in (row.line, after)
        if line in wanted
    }
    return Counter(line for _, line in touched)


def _is_undecided(snapshot: Snapshot) -> ColumnElement[bool]:
    """Return the condition for changes that stand and wait for a decision."""
    change, verdict = tables.proposal_change, tables.verdict
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
    return and_(
        ~decided,
        tuple_(change.c.proposal, change.c.number).not_in(superseded),
        ~undone(snapshot, change.c.entry),
        ~retracted(snapshot, "proposal", change.c.proposal),
    )


def _behind(snapshot: Snapshot, rows: Sequence[Row[Any]]) -> list[int | None]:
    """Return for each change the line that it stands behind by now; none if behind no line."""
    named = [Behind(row.after_line or 0, row.language, row.entry) for row in rows]
    parts = last_parts(snapshot, [place for place in named if place.line])
    return [
        parts[place].id if place in parts else row.after_line
        for place, row in zip(named, rows, strict=True)
    ]
