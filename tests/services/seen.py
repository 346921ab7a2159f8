"""What people see of a store, to compare it with what they saw before."""

from __future__ import annotations

from typing import Any

from tests.services.desk import Desk
from tests.stores import AT, AUTHOR
from tracker.services import documents, editions, lines, meetings, undoing
from tracker.services.comments import reading as comments
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Change
from tracker.store import journal


def undo(desk: Desk, name: str | None = None) -> int:
    with journal.entry(desk.store, AUTHOR, AT, "undo") as entry:
        return undoing.undo(entry, name).number


def _proposed(change: Change) -> Change:
    verdict = change.verdict._replace(entry=0) if change.verdict else None
    return change._replace(entry=0, verdict=verdict)


def visible(desk: Desk) -> dict[str, Any]:
    """All that people see of a store; whose entry a thing came with is none of it."""
    with desk.store.read() as connection:
        known = documents.all_documents(connection)
        seen: dict[str, Any] = {
            "documents": [(each, documents.counts(connection, [each])) for each in known],
            "meetings": meetings.all_meetings(connection),
            "counts": meetings.comments_by_meeting(connection),
            "participants": meetings.all_participants(connection),
        }
    with desk.reading() as now:
        seen["text"] = [line._replace(number=0) for line in lines.running_text(now)]
        seen["comments"] = [
            comment._replace(dispositions=tuple(v._replace(entry=0) for v in comment.dispositions))
            for comment in comments.listed(now)[0]
        ]
        seen["proposals"] = [
            (p.id, p.state, p.stale, p.answers, [_proposed(c) for c in p.changes])
            for p in proposals.listed(now)[0]
        ]
        seen["flagged"] = lines.flagged(now, decided=True)
        seen["editions"] = editions.all_editions(now)
    return seen
