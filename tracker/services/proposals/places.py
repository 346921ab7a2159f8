"""Where insertions and moves stand behind by now: behind all of a line that was split meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from tracker.services.paging import batches
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def behind_all(snapshot: Snapshot, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, the undecided changes of which stand behind the last part of a line.

    Who put a line behind another did not know that this would be split. What was decided stands
    where it was put.
    """
    after = {
        change.after_id
        for proposal in proposals
        for change in proposal.open_changes
        if change.after_id is not None
    }
    split = _split(snapshot, sorted(after))
    if not split:
        return list(proposals)
    return [_moved_on(snapshot, proposal, split) for proposal in proposals]


def _split(snapshot: Snapshot, lines: Sequence[int]) -> dict[int, int]:
    """Return those of some lines that were ever split, with the last entry that did it."""
    version = tables.version
    found: dict[int, int] = {}
    for part in batches(lines):
        query = select(version.c.line, func.max(version.c.since)).where(
            version.c.document == snapshot.document,
            version.c.line.in_(part),
            version.c.origin == "split",
            version.c.since <= snapshot.at,
        )
        rows = snapshot.connection.execute(query.group_by(version.c.line))
        found.update((line, since) for line, since in rows)
    return found


def _moved_on(snapshot: Snapshot, proposal: Proposal, split: dict[int, int]) -> Proposal:
    waiting = {change.number for change in proposal.open_changes}
    changes = tuple(
        _behind(snapshot, change)
        if change.number in waiting and split.get(change.after_id or 0, 0) > change.entry
        else change
        for change in proposal.changes
    )
    return proposal._replace(changes=changes)


def _behind(snapshot: Snapshot, change: Change) -> Change:
    """Return a change behind the last part of its line, or of that part if it was split again."""
    line, placement = tables.line, tables.placement
    here = and_(
        snapshot.current(placement),
        placement.c.line == line.c.id,
        placement.c.language == change.language,
        placement.c.rank.is_not(None),
    )
    parts = (
        select(line.c.id, line.c.label)
        .join(placement, here)
        .where(
            snapshot.known(line),
            line.c.from_line == change.after_id,
            line.c.entry > change.entry,
        )
        .order_by(placement.c.rank.desc())
    )
    last = snapshot.connection.execute(parts).first()
    if last is None:
        return change
    return _behind(snapshot, change._replace(after=last.label, after_id=last.id))
