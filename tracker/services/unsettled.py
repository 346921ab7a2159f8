"""Comments that wait for something: a disposition, a change of the text, or other words."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from tracker.services import retractions
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import decides, disposed
from tracker.store import tables

_verdict = tables.verdict


def undisposed(snapshot: Snapshot, limit: int | None) -> tuple[list[Comment], int]:
    """Return the comments without a disposition, and how many there are without ``limit``."""
    said = tables.comment_version
    gone = retractions.retracted(snapshot, "comment", said.c.comment)
    query = select(said.c.comment).where(
        snapshot.current(said), ~disposed(snapshot, said.c.comment), ~gone
    )
    return _some(snapshot, query, said.c.comment, limit)


def orphaned(snapshot: Snapshot, limit: int | None) -> tuple[list[Comment], int]:
    """Return the comments whose words are gone and that have no disposition yet."""
    anchor = tables.anchor
    gone = retractions.retracted(snapshot, "comment", anchor.c.comment)
    query = (
        select(anchor.c.comment)
        .where(
            snapshot.current(anchor),
            anchor.c.state == "orphaned",
            ~disposed(snapshot, anchor.c.comment),
            ~gone,
        )
        .distinct()
    )
    return _some(snapshot, query, anchor.c.comment, limit)


def without_change(snapshot: Snapshot, limit: int | None) -> tuple[list[Comment], int]:
    """Return the comments that were accepted, while no accepted proposal answers them."""
    answer, decided = tables.proposal_answer, tables.verdict.alias()
    accepted = and_(
        decides(snapshot, decided),
        decided.c.proposal == answer.c.proposal,
        decided.c.outcome == "accepted",
    )
    answered = (
        exists()
        .where(
            snapshot.known(answer),
            answer.c.comment == _verdict.c.comment,
            ~retractions.undone(snapshot, answer.c.entry),
            exists().where(accepted).correlate(answer),
        )
        .correlate(_verdict)
    )
    gone = retractions.retracted(snapshot, "comment", _verdict.c.comment)
    query = select(_verdict.c.comment).where(
        decides(snapshot, _verdict),
        _verdict.c.comment.is_not(None),
        _verdict.c.outcome.in_(("accepted", "accepted in principle")),
        ~answered,
        ~gone,
    )
    return _some(snapshot, query, _verdict.c.comment, limit)


def _some(
    snapshot: Snapshot, query: Select[Any], number: ColumnElement[int], limit: int | None
) -> tuple[list[Comment], int]:
    """Return the comments of a query, and how many there are; only those shown are read whole."""
    found = list(snapshot.connection.scalars(query.order_by(number).limit(limit)))
    total = len(found)
    if limit is not None and total == limit:
        count = select(func.count()).select_from(query.order_by(None).subquery())
        total = snapshot.connection.execute(count).scalar_one()
    shown, _ = comments.listed(snapshot, ids=found) if found else ([], 0)
    return shown, total
