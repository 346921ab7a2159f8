"""Assignments: who is to do something about a comment, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, and_, func, literal, select

from tracker.services import retractions
from tracker.services.paging import page
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_assignment = tables.assignment


class Assignment(NamedTuple):
    """What somebody is to do about a comment; ``due`` may be partial: the end of that month."""

    assignee: str
    due: str | None
    note: str | None
    done: bool
    entry: int


class Action(NamedTuple):
    """A comment with the assignment that holds on it."""

    comment: str
    assignment: Assignment


def of_comments(snapshot: Snapshot, ids: Sequence[int]) -> dict[int, Assignment]:
    """Return the assignments of these comments, those that are done too, by number."""
    query = _query(snapshot).where(_assignment.c.comment.in_(ids))
    return {row.comment: _read(row) for row in snapshot.connection.execute(query)}


def overdue(
    snapshot: Snapshot, today: str, *, limit: int | None = None
) -> tuple[list[Action], int]:
    """Return what should have been done before a day (2022-10-31), the longest overdue first.

    What is due in a month or a year is due at its end. The second is how many there are.
    """
    # So much of the day as the date says: 2022-10 is past once it is 2022-11.
    day = func.substr(literal(today, Text), 1, func.length(_assignment.c.due))
    late = and_(_assignment.c.done == 0, _assignment.c.due < day)
    gone = retractions.retracted(snapshot, "comment", _assignment.c.comment)
    ordered = _query(snapshot).where(late, ~gone).order_by(_assignment.c.due, _assignment.c.comment)
    rows, total = page(snapshot.connection, ordered, limit)
    return [Action(f"C{row.comment}", _read(row)) for row in rows], total


def _query(snapshot: Snapshot) -> Select[Any]:
    # One that was undone is assigned to nobody.
    return select(
        *(_assignment.c.comment, _assignment.c.assignee, _assignment.c.due),
        *(_assignment.c.note, _assignment.c.done, _assignment.c.since),
    ).where(snapshot.current(_assignment), _assignment.c.assignee.is_not(None))


def _read(row: Any) -> Assignment:
    return Assignment(row.assignee, row.due, row.note, bool(row.done), row.since)
