"""Choosing flagged lines by the comments on them: from which meeting and side, of what kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Select, select

from tracker.errors import UsageError
from tracker.services.snapshot import Snapshot
from tracker.store import tables


class Sort(NamedTuple):
    """A sort of comments, as far as it is named: the number of a meeting, a side, a kind."""

    meeting: int | None = None
    side: str | None = None
    kind: str | None = None


def named(
    snapshot: Snapshot, *, meeting: str | None, side: str | None, kind: str | None
) -> Sort | None:
    """Return the sort that a filter names; none if it names nothing.

    Raises NotFound for an unknown meeting, UsageError for a kind that is none.
    """
    if kind is not None:
        _check_kind(kind)
    found = Sort(_meeting(snapshot, meeting) if meeting is not None else None, side, kind)
    return found if any(value is not None for value in found) else None


# What these need takes its time to load, and most listings name no sort.


def _meeting(snapshot: Snapshot, key: str) -> int:
    from tracker.services import meetings

    return meetings.find(snapshot.connection, key).id


def _check_kind(kind: str) -> None:
    from tracker.services.comments.writing import KINDS

    if kind not in KINDS:
        raise UsageError(f"{kind!r} is no kind of a comment", f"use one of: {', '.join(KINDS)}")


def lines_with(snapshot: Snapshot, of: Sort, *, disposed: bool) -> Select[Any] | None:
    """Return the query for the lines on which a comment of a sort is open; none if there is none.

    ``disposed`` takes comments with a disposition too.
    """
    tally, fitting = tables.tally, _fitting(snapshot, of)
    if not fitting:
        return None
    own = tally.c.document == snapshot.document
    found = select(tally.c.line).where(own, tally.c.sort.in_(fitting))
    found = found if disposed else found.where(tally.c.open > 0)
    if snapshot.connection.execute(found.limit(1)).first() is None:
        return None
    return found


def _fitting(snapshot: Snapshot, of: Sort) -> list[int]:
    """Return the sorts told apart in the tally that a sort takes in; case makes no difference."""
    sort = tables.sort
    query = select(sort.c.id, sort.c.meeting, sort.c.side, sort.c.kind)
    found = snapshot.connection.execute(query.where(sort.c.document == snapshot.document))
    side = of.side.casefold() if of.side is not None else None
    return [
        row.id
        for row in found
        if of.meeting in (None, row.meeting)
        and side in (None, (row.side or "").casefold())
        and of.kind in (None, row.kind)
    ]
