"""Assigning comments: who is to do something about them, until when, and that it is done."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.errors import BadInput, Refused
from tracker.services.comments import reading
from tracker.services.inputs import check_date, check_line, check_optional
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


def assign(
    entry: Entry,
    snapshot: Snapshot,
    ids: Sequence[str],
    to: str,
    *,
    due: str | None = None,
    note: str | None = None,
) -> list[reading.Comment]:
    """Assign comments to somebody, in the place of whoever had them; return them as they were.

    Raises NotFound for a comment that is not there, BadInput for a name or a date that is none.
    """
    values = {
        "assignee": check_line(to, "name of who it is assigned to"),
        "due": check_date(due, "assignment"),
        "note": check_optional(note, "note"),
        "done": 0,
    }
    found = _named(snapshot, ids)
    for comment in found:
        _append(entry, snapshot, comment, **values)
    return found


def complete(entry: Entry, snapshot: Snapshot, ids: Sequence[str]) -> list[reading.Comment]:
    """Record that what was assigned is done. Raises Refused where nothing is to be done."""
    found = _named(snapshot, ids)
    for comment in found:
        open_ = comment.assignment
        if open_ is None or open_.done:
            state = f"was done at @{open_.entry}" if open_ else "is assigned to nobody"
            raise Refused(
                f"{comment.id} {state}",
                f"assign it with: tracker comment assign {comment.id} --to WHO",
            )
        values = {"assignee": open_.assignee, "due": open_.due, "note": open_.note}
        _append(entry, snapshot, comment, **values, done=1)
    return found


def _named(snapshot: Snapshot, ids: Sequence[str]) -> list[reading.Comment]:
    numbers = list(dict.fromkeys(comment_id(text) for text in ids))
    if not numbers:
        raise BadInput("no comment is named", "name them: tracker comment list")
    return reading.numbered(snapshot, numbers)


def _append(
    entry: Entry, snapshot: Snapshot, comment: reading.Comment, **values: str | int | None
) -> None:
    entry.document = snapshot.document
    subject = {"document": snapshot.document, "comment": comment_id(comment.id)}
    entry.append(tables.assignment, subject, **values)
