"""Where insertions and moves stand behind by now: behind all of a line that was split meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.snapshot import Snapshot
from tracker.services.splits import Behind, Part, last_parts


def behind_all(snapshot: Snapshot, proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return proposals, the undecided changes of which stand behind the last part of a line.

    Who put a line behind another did not know that this would be split. What was decided stands
    where it was put.
    """
    waiting = {
        Behind(change.after_id, change.language, change.entry)
        for proposal in proposals
        for change in proposal.open_changes
        if change.after_id is not None
    }
    parts = last_parts(snapshot, waiting)
    return [_moved_on(proposal, parts) for proposal in proposals] if parts else list(proposals)


def _moved_on(proposal: Proposal, parts: Mapping[Behind, Part]) -> Proposal:
    waiting = {change.number for change in proposal.open_changes}
    changes = tuple(
        _behind(change, parts) if change.number in waiting else change
        for change in proposal.changes
    )
    return proposal._replace(changes=changes)


def _behind(change: Change, parts: Mapping[Behind, Part]) -> Change:
    part = parts.get(Behind(change.after_id or 0, change.language, change.entry))
    if part is None:
        return change
    # The line may be gone: what stands behind a part of it is there all the same.
    stale = any(base.stale for base in change.bases)
    return change._replace(after=part.label, after_id=part.id, stale=stale)
