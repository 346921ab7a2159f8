"""Lines: the running text at a state, one line with its versions, and the flagged lines."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select, true

from tracker.errors import NotFound, Refused
from tracker.services import sorting
from tracker.services.elsewhere import refuse_other_language
from tracker.services.names import is_label
from tracker.services.paging import batches, page
from tracker.services.snapshot import Snapshot
from tracker.services.sorting import Sort
from tracker.services.undecided import undecided_on
from tracker.store import tables

_line, _version = tables.line, tables.version
_placement, _wording, _entry = tables.placement, tables.wording, tables.entry

NEW = 0
"""Stands for the wording of a text that is not stored yet."""


class Line(NamedTuple):
    """A line as it stands: ``number`` counts its versions, ``rank`` is none when it is deleted."""

    id: int
    label: str
    kind: str
    level: int | None
    number: int
    wording: int
    text: str
    rank: str | None
    block: str
    markup: str
    gap: str | None
    after_line: int | None
    trail: str | None


class LineVersion(NamedTuple):
    """A wording that a line had, with the entry it came with."""

    number: int
    wording: int
    text: str
    origin: str
    since: int
    until: int
    at: datetime
    author: str


class FlaggedLine(NamedTuple):
    """A line that comments are anchored to, with what was said of it in numbers."""

    label: str
    text: str
    comments: int
    kinds: dict[str, int]
    sides: dict[str, int]
    proposals: int
    open: int

    @property
    def state(self) -> str:
        """``open`` while one of its comments has no disposition, else ``decided``."""
        return "open" if self.open else "decided"


def running_text(
    snapshot: Snapshot, language: str | None = None, *, limit: int | None = None
) -> list[Line]:
    """Return the lines that stand at the snapshot, in order; the first ``limit`` of them."""
    query = _lines(snapshot, language or snapshot.language)
    standing = query.where(_placement.c.rank.is_not(None)).order_by(_placement.c.rank)
    return [Line(*row) for row in snapshot.connection.execute(standing.limit(limit))]


def are_same_text(one: Sequence[Line], other: Sequence[Line]) -> bool:
    """Say whether two texts are the same to the last space, however often they were revised."""
    return [line._replace(number=0) for line in one] == [line._replace(number=0) for line in other]


def standing_count(snapshot: Snapshot) -> int:
    """Return how many lines stand at the snapshot."""
    stands = and_(
        snapshot.current(_placement),
        _placement.c.language == snapshot.language,
        _placement.c.rank.is_not(None),
    )
    query = select(func.count()).select_from(_placement).where(stands)
    return snapshot.connection.execute(query).scalar_one()


def find(snapshot: Snapshot, label: str, language: str | None = None) -> Line:
    """Return the line so labelled, be it standing or deleted. Raises NotFound if there is none."""
    tag = language or snapshot.language
    query = _lines(snapshot, tag).where(_line.c.label == label)
    row = snapshot.connection.execute(query).first() if is_label(label) else None
    if row is None:
        refuse_other_language(snapshot, label, tag)
        raise NotFound(f"there is no line {label!r}", _nearest_labels(snapshot, label))
    return Line(*row)


def standing(snapshot: Snapshot, label: str, hint: str) -> Line:
    """Return a line. Raises NotFound if there is none, Refused with ``hint`` if it is gone."""
    line = find(snapshot, label)
    if line.rank is None:
        raise Refused(f"line {label} {ended(snapshot, line)}", hint)
    return line


def neighbours(
    snapshot: Snapshot, line: Line | None, language: str
) -> tuple[Line | None, Line | None]:
    """Return the lines that stand before and behind one; before and behind none is the first."""
    rank = line.rank if line is not None and line.rank is not None else ""
    found = []
    for is_beside, order in (
        (_placement.c.rank < rank, _placement.c.rank.desc()),
        (_placement.c.rank > rank, _placement.c.rank),
    ):
        query = _lines(snapshot, language).where(is_beside).order_by(order).limit(1)
        row = snapshot.connection.execute(query).first()
        found.append(Line(*row) if row else None)
    return found[0], found[1]


def _lines(snapshot: Snapshot, language: str) -> Select[Any]:
    same_line = and_(
        _version.c.document == _line.c.document,
        _version.c.line == _line.c.id,
        _version.c.language == language,
        snapshot.current(_version),
    )
    place = and_(
        _placement.c.document == _line.c.document,
        _placement.c.line == _line.c.id,
        _placement.c.language == language,
        snapshot.current(_placement),
    )
    words = and_(_wording.c.document == _version.c.document, _wording.c.id == _version.c.wording)
    columns = (
        *(_line.c.id, _line.c.label, *_kind_and_level(), _version.c.number),
        *(_wording.c.id, _wording.c.text, _placement.c.rank, _placement.c.block),
        *(_placement.c.markup, _placement.c.gap, _placement.c.after_line),
        _placement.c.trail,
    )
    joined = _line.join(_version, same_line).join(_placement, place).join(_wording, words)
    return select(*columns).select_from(joined).where(_line.c.document == snapshot.document)


def _kind_and_level() -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return what a line is now: a placement says it where that has changed since it came."""
    changed = _placement.c.kind.is_not(None)
    return (
        func.coalesce(_placement.c.kind, _line.c.kind),
        case((changed, _placement.c.level), else_=_line.c.level),
    )


def _nearest_labels(snapshot: Snapshot, label: str) -> str:
    query = select(_line.c.label).where(snapshot.known(_line)).order_by(_line.c.id).limit(1000)
    labels = list(snapshot.connection.scalars(query))
    if not labels:
        return "the document has no lines yet"
    near = difflib.get_close_matches(label, labels, n=3)
    told = f"labels like it: {', '.join(near)}" if near else f"labels are {', '.join(labels[:5])}"
    return f"{told}; tracker text shows all"


def labels(snapshot: Snapshot) -> set[str]:
    """Return every label that the document gave up to the snapshot, deleted lines' too."""
    query = select(_line.c.label).where(snapshot.known(_line))
    return set(snapshot.connection.scalars(query))


def versions(snapshot: Snapshot, line: int, language: str | None = None) -> list[LineVersion]:
    """Return the versions of a line up to the snapshot, oldest first."""
    query = (
        select(
            *(_version.c.number, _wording.c.id, _wording.c.text, _version.c.origin),
            *(_version.c.since, _version.c.until, _entry.c.at, _entry.c.author),
        )
        .join(
            _wording,
            and_(_wording.c.document == _version.c.document, _wording.c.id == _version.c.wording),
        )
        .join(_entry, _entry.c.number == _version.c.since)
        .where(
            _version.c.document == snapshot.document,
            _version.c.line == line,
            _version.c.language == (language or snapshot.language),
            _version.c.since <= snapshot.at,
        )
        .order_by(_version.c.number)
    )
    return [LineVersion(*row) for row in snapshot.connection.execute(query)]


def deleted_at(snapshot: Snapshot, line: int, language: str | None = None) -> int | None:
    """Return the entry that deleted a line; none while it stands."""
    query = select(_placement.c.since).where(
        snapshot.current(_placement),
        _placement.c.language == (language or snapshot.language),
        _placement.c.line == line,
        _placement.c.rank.is_(None),
    )
    found: int | None = snapshot.connection.execute(query).scalar()
    return found


def ended(snapshot: Snapshot, line: Line, language: str | None = None) -> str:
    """Return how a line that does not stand any more ended: deleted, or merged into another."""
    into = merged_into(snapshot, line.id, language)
    how = f"was merged into line {into}" if into is not None else "was deleted"
    return f"{how} at @{deleted_at(snapshot, line.id, language)}"


def merged_into(snapshot: Snapshot, line: int, language: str | None = None) -> str | None:
    """Return the label of the line that a line was merged into; none if it was not."""
    into = (
        select(_line.c.label)
        .join(
            _placement,
            and_(_placement.c.document == _line.c.document, _placement.c.into_line == _line.c.id),
        )
        .where(
            snapshot.current(_placement),
            _placement.c.line == line,
            _placement.c.language == (language or snapshot.language),
        )
    )
    found: str | None = snapshot.connection.execute(into.limit(1)).scalar()
    return found


def flagged(
    snapshot: Snapshot, *, decided: bool = False, of: Sort | None = None, limit: int | None = None
) -> tuple[list[FlaggedLine], int]:
    """Return the flagged lines in order, and how many there are without ``limit``.

    Only the open ones, unless ``decided`` asks for all; ``of`` keeps those on which a comment of
    that sort is open, or with ``decided`` was made. The page is chosen first, by an index on the
    derived count of open comments; only its lines are counted up.
    """
    sorted_ = sorting.lines_with(snapshot, of, disposed=decided) if of else None
    if of and sorted_ is None:
        return [], 0
    stands = and_(
        snapshot.current(_placement),
        _placement.c.language == snapshot.language,
        _placement.c.rank.is_not(None),
        _has_comments() if decided and sorted_ is None else true(),
        _placement.c.open > 0 if not decided else true(),
        _placement.c.line.in_(sorted_) if sorted_ is not None else true(),
    )
    query = (
        select(_line.c.id, _line.c.label, _wording.c.text, _placement.c.open)
        .select_from(_placement)
        .join(_line, and_(_line.c.document == snapshot.document, _line.c.id == _placement.c.line))
        .join(
            _version,
            and_(
                snapshot.current(_version),
                _version.c.line == _line.c.id,
                _version.c.language == snapshot.language,
            ),
        )
        .join(
            _wording,
            and_(_wording.c.document == snapshot.document, _wording.c.id == _version.c.wording),
        )
        .where(stands)
        .order_by(_placement.c.rank)
    )
    rows, total = page(snapshot.connection, query, limit, select(_placement.c.line).where(stands))
    return [line for part in batches(rows) for line in counted_up(snapshot, part)], total


def counted_up(snapshot: Snapshot, rows: Sequence[Any]) -> list[FlaggedLine]:
    """Return flagged lines with what was said of them; a row has id, label, text and open."""
    ids = [row.id for row in rows]
    kinds, sides = _tally(snapshot, ids)
    proposals = undecided_on(snapshot, ids)
    return [
        FlaggedLine(
            label=row.label,
            text=row.text,
            comments=sum(kinds[row.id].values()),
            kinds=dict(kinds[row.id]),
            sides=dict(sides[row.id]),
            proposals=proposals[row.id],
            open=row.open,
        )
        for row in rows
    ]


def _has_comments() -> ColumnElement[bool]:
    tally = tables.tally
    return exists().where(
        tally.c.document == _placement.c.document, tally.c.line == _placement.c.line
    )


def _tally(
    snapshot: Snapshot, lines: Sequence[int]
) -> tuple[dict[int, Counter[str]], dict[int, Counter[str]]]:
    """Return for each line how many comments it has by kind, and by side where one is stated."""
    tally, sort = tables.tally, tables.sort
    query = (
        select(tally.c.line, sort.c.kind, sort.c.side, tally.c.comments)
        .join(sort, and_(sort.c.document == tally.c.document, sort.c.id == tally.c.sort))
        .where(tally.c.document == snapshot.document, tally.c.line.in_(lines))
        .order_by(tally.c.line, sort.c.kind, sort.c.side)
    )
    kinds: dict[int, Counter[str]] = {line: Counter() for line in lines}
    sides: dict[int, Counter[str]] = {line: Counter() for line in lines}
    for line, kind, side, count in snapshot.connection.execute(query):
        kinds[line][kind] += count
        if side is not None:
            sides[line][side] += count
    return kinds, sides
