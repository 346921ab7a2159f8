"""Placing lines: giving them a rank between their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from tracker.services import joints, lines
from tracker.services.joints import Joint
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.rank import LONGEST, spread
from tracker.store.types import CURRENT

_placement = tables.placement
_NEIGHBOURS = 50
_KEPT = ("block", "markup", "gap", "after_line", "trail")


def place_after(
    entry: Entry,
    snapshot: Snapshot,
    language: str,
    before: Line | None,
    new: Sequence[tuple[int, Joint]],
) -> None:
    """Place new lines, by their ids, one after another behind ``before`` (none: first)."""
    low = before.rank if before is not None else None
    ranks = spread(low, _next_rank(entry, snapshot.document, language, low), len(new))
    if max(map(len, ranks)) > LONGEST:
        low = _respace(entry, snapshot.document, language, low)
        ranks = spread(low, _next_rank(entry, snapshot.document, language, low), len(new))
    for (line, joint), rank in zip(new, ranks, strict=True):
        entry.append(
            _placement,
            {"document": snapshot.document, "line": line, "language": language},
            rank=rank,
            **joint._asdict(),
        )


def remove(entry: Entry, snapshot: Snapshot, language: str, gone: Line) -> None:
    """Take a line out of the text: from now on it stands nowhere.

    Its neighbours take over what has to stay: see :func:`tracker.services.joints.closed`.
    """
    before, behind = lines.neighbours(snapshot, gone, language)
    subject = {"document": snapshot.document, "line": gone.id, "language": language}
    entry.append(_placement, subject, rank=None, block="paragraph", markup="")
    for was, stands in zip((before, behind), joints.closed(before, gone, behind), strict=True):
        if stands is not None and stands != was:
            kept = {name: getattr(stands, name) for name in ("rank", *_KEPT)}
            entry.append(_placement, {**subject, "line": stands.id}, **kept)


def _standing(document: int, language: str) -> Any:
    return (
        select(_placement)
        .where(
            _placement.c.document == document,
            _placement.c.language == language,
            _placement.c.until == CURRENT,
            _placement.c.rank.is_not(None),
        )
        .order_by(_placement.c.rank)
    )


def _next_rank(entry: Entry, document: int, language: str, low: str | None) -> str | None:
    query = _standing(document, language).limit(1)
    if low is not None:
        query = query.where(_placement.c.rank > low)
    row = entry.connection.execute(query).mappings().first()
    return row["rank"] if row else None


def _respace(entry: Entry, document: int, language: str, low: str | None) -> str | None:
    """Spread the neighbours of a place where the keys grew long; return the new ``low``.

    So many neighbours are taken that the new keys are short again.
    """
    count = _NEIGHBOURS
    while True:
        lower, first = _neighbours(entry, document, language, low, count, below=True)
        upper, last = _neighbours(entry, document, language, low, count, below=False)
        moved = [*reversed(lower), *upper]
        ranks = spread(first, last, len(moved))
        if max(map(len, ranks)) <= LONGEST // 2 or (first is None and last is None):
            break
        count *= 4
    for row, rank in zip(moved, ranks, strict=True):
        subject = {name: row[name] for name in ("document", "line", "language")}
        kept = {name: row[name] for name in _KEPT}
        entry.append(_placement, subject, rank=rank, **kept)
    return ranks[len(lower) - 1] if lower else first


def _neighbours(
    entry: Entry, document: int, language: str, low: str | None, count: int, *, below: bool
) -> tuple[list[Any], str | None]:
    """Return up to ``count`` placements on one side, nearest first, and the rank beyond them."""
    rank = _placement.c.rank
    side = rank <= (low or "") if below else rank > (low or "")
    query = _standing(document, language).where(side).order_by(None)
    query = query.order_by(rank.desc() if below else rank).limit(count + 1)
    rows = list(entry.connection.execute(query).mappings())
    return rows[:count], rows[count]["rank"] if len(rows) > count else None
