"""Lines that were split: what each part came from, and what stands behind the last part by now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, select

from tracker.services.paging import batches
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_line, _version, _placement = tables.line, tables.version, tables.placement


class Behind(NamedTuple):
    """The place behind a line, in one language, as it was when an entry named it."""

    line: int
    language: str
    entry: int


class Part(NamedTuple):
    """A line that was split from another one, by an entry."""

    id: int
    label: str
    from_line: int
    entry: int


class _Standing(NamedTuple):
    """A line that stands, and the one before it of those that were there when it came."""

    line: int
    rank: str
    before: int | None


def origins(snapshot: Snapshot, lines: Collection[int]) -> dict[int, set[int]]:
    """Return for each line the lines that it was split from, be it in several steps."""
    split = _line.c.from_line.is_not(None)
    found: dict[int, set[int]] = {line: set() for line in lines}
    for some in batches(sorted(lines)):
        first = select(_line.c.id.label("part"), _line.c.from_line).where(
            _line.c.document == snapshot.document, _line.c.id.in_(some), split
        )
        up = first.cte(recursive=True)
        further = select(up.c.part, _line.c.from_line).join(
            _line, and_(_line.c.document == snapshot.document, _line.c.id == up.c.from_line)
        )
        query = select(up.union(further.where(split)))
        for part, origin in snapshot.connection.execute(query):
            found[part].add(origin)
    return found


def last_parts(snapshot: Snapshot, places: Collection[Behind]) -> dict[Behind, Part]:
    """Return the part that each place is behind by now, where its line was split since.

    That is the last one which still stands where it came, side by side with its line; what came
    in between later does not part them. Of a line that is gone the parts are left.
    """
    split = _ever_split(snapshot, {place.line for place in places})
    if not split:
        return {}
    children = _children(snapshot)
    families = {place: _family(children, place) for place in places if place.line in split}
    wanted = {place.line for place in families}.union(*families.values())
    standing = _standing(snapshot, wanted)
    found: dict[Behind, Part] = {}
    for place, family in families.items():
        last = _last(place.line, family.keys(), standing.get(place.language, {}))
        if last is not None:
            found[place] = family[last]
    return found


def _ever_split(snapshot: Snapshot, lines: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in batches(sorted(lines)):
        query = select(_version.c.line).where(
            _version.c.document == snapshot.document,
            _version.c.line.in_(some),
            _version.c.origin == "split",
            _version.c.since <= snapshot.at,
        )
        found.update(snapshot.connection.scalars(query))
    return found


def _children(snapshot: Snapshot) -> dict[int, list[Part]]:
    """Return all parts in the document by the line that they were split from."""
    query = select(_line.c.id, _line.c.label, _line.c.from_line, _line.c.entry).where(
        snapshot.known(_line), _line.c.from_line.is_not(None)
    )
    found: dict[int, list[Part]] = {}
    for row in snapshot.connection.execute(query):
        found.setdefault(row.from_line, []).append(Part(*row))
    return found


def _family(children: Mapping[int, Sequence[Part]], place: Behind) -> dict[int, Part]:
    """Return the parts of a line, and their parts, that came after the place was named."""
    found: dict[int, Part] = {}
    waiting = [place.line]
    while waiting:
        later = [part for part in children.get(waiting.pop(), ()) if part.entry > place.entry]
        found.update((part.id, part) for part in later)
        waiting += [part.id for part in later]
    return found


def _standing(snapshot: Snapshot, lines: Collection[int]) -> dict[str, dict[int, _Standing]]:
    """Return those of some lines that stand, by language and line."""
    other, its = _placement.alias(), _line.alias()
    before = (
        select(other.c.line)
        .join(its, and_(its.c.document == other.c.document, its.c.id == other.c.line))
        .where(
            snapshot.current(other),
            other.c.language == _placement.c.language,
            other.c.rank < _placement.c.rank,
            its.c.entry <= _line.c.entry,
        )
        .order_by(other.c.rank.desc())
        .limit(1)
        .correlate(_placement, _line)
        .scalar_subquery()
    )
    own = and_(_line.c.document == _placement.c.document, _line.c.id == _placement.c.line)
    query = (
        select(_placement.c.language, _line.c.id, _placement.c.rank, before)
        .join(_line, own)
        .where(snapshot.current(_placement), _placement.c.rank.is_not(None))
    )
    found: dict[str, dict[int, _Standing]] = {}
    for some in batches(sorted(lines)):
        for language, *row in snapshot.connection.execute(query.where(_line.c.id.in_(some))):
            standing = _Standing(*row)
            found.setdefault(language, {})[standing.line] = standing
    return found


def _last(line: int, family: Collection[int], standing: Mapping[int, _Standing]) -> int | None:
    """Return the last of the parts that stand in a row behind their line; none if none does."""
    parts = sorted(
        (standing[part] for part in family if part in standing), key=lambda part: part.rank
    )
    row = [line] if line in standing else []
    for part in parts:
        if not row or part.before in row:
            row.append(part.line)
    return row[-1] if row and row[-1] != line else None
