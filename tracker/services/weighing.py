"""The weight of a flagged line: what the group should turn to first.

Each voice with an open comment on the line counts by its weightiest one (``WEIGHTS``); each side
that spoke, beyond the first, adds ``SIDE``. Two comments are two voices unless the record says that
they are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from tracker.services.lines import FlaggedLine, counted_up
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import disposed
from tracker.store import tables

WEIGHTS = {"objection": 3, "question": 2, "suggestion": 2, "support": 1, "observation": 1}
SIDE = 2
WEIGHED = 500
"""Of more flagged lines than these, only those with the most open comments are weighed."""


class Weighed(NamedTuple):
    """A flagged line with its weight."""

    line: FlaggedLine
    weight: int


def weightiest(snapshot: Snapshot, limit: int | None) -> tuple[list[Weighed], int]:
    """Return the open flagged lines, the weightiest first, and how many there are in all.

    Without a limit all of them are weighed.
    """
    placement = tables.placement
    open_ = and_(
        snapshot.current(placement),
        placement.c.language == snapshot.language,
        placement.c.rank.is_not(None),
        placement.c.open > 0,
    )
    ranked = select(placement.c.line).where(open_)
    ranked = ranked.order_by(placement.c.open.desc(), placement.c.rank)
    most = None if limit is None else max(limit, WEIGHED)
    ids = list(snapshot.connection.scalars(ranked.limit(most)))
    count = select(func.count()).select_from(placement).where(open_)
    total = snapshot.connection.execute(count).scalar_one()
    weights = _weights(snapshot, ids)
    # Python's sort keeps the order of the text, and of open comments, where weights are equal.
    chosen = sorted(ids, key=lambda line: -weights.get(line, 0))[:limit]
    rows = _rows(snapshot, chosen)
    told = dict(zip((row.id for row in rows), counted_up(snapshot, rows), strict=True))
    return [Weighed(told[line], weights.get(line, 0)) for line in chosen], total


def _rows(snapshot: Snapshot, lines: Sequence[int]) -> Sequence[Any]:
    """Return the id, label, text and open comments of lines."""
    line, placement = tables.line, tables.placement
    version, wording = tables.version, tables.wording
    placed = and_(
        snapshot.current(placement),
        placement.c.line == line.c.id,
        placement.c.language == snapshot.language,
    )
    says = and_(
        snapshot.current(version),
        version.c.line == line.c.id,
        version.c.language == snapshot.language,
    )
    words = and_(wording.c.document == version.c.document, wording.c.id == version.c.wording)
    query = (
        select(line.c.id, line.c.label, wording.c.text, placement.c.open)
        .join(placement, placed)
        .join(version, says)
        .join(wording, words)
        .where(line.c.document == snapshot.document, line.c.id.in_(lines))
    )
    return snapshot.connection.execute(query).all()


def _weights(snapshot: Snapshot, lines: Sequence[int]) -> dict[int, int]:
    """Return the weight of each line that has open comments."""
    anchor, said = tables.anchor, tables.comment_version
    anchored = (
        select(anchor.c.line, anchor.c.comment)
        .where(
            snapshot.current(anchor),
            anchor.c.state != "removed",
            anchor.c.line.in_(lines),
            ~disposed(snapshot, anchor.c.comment),
        )
        .distinct()
        .subquery()
    )
    sort = (anchored.c.line, said.c.kind, said.c.side, said.c.participant)
    query = (
        select(*sort, func.count())
        .join(anchored, and_(snapshot.current(said), said.c.comment == anchored.c.comment))
        .group_by(*sort)
    )
    weights: dict[int, int] = {}
    voices: dict[tuple[int, int], int] = {}
    sides: dict[int, set[str]] = {}
    for line, kind, side, participant, count in snapshot.connection.execute(query):
        weight = WEIGHTS[kind]
        if participant is None:
            weights[line] = weights.get(line, 0) + weight * count
        else:
            voices[line, participant] = max(weight, voices.get((line, participant), 0))
        if side is not None:
            sides.setdefault(line, set()).add(side)
    for (line, _), weight in voices.items():
        weights[line] = weights.get(line, 0) + weight
    for line, spoke in sides.items():
        weights[line] += SIDE * (len(spoke) - 1)
    return weights
