"""Comparing two states of a running text: what was edited, moved, split, merged, put in or out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from sqlalchemy import select

from tracker.exchange.view import Run
from tracker.services.lines import Line
from tracker.services.redlines import runs
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.rank import rising


class Lineage(NamedTuple):
    """The line that each line was split from, and the line that each was merged into, by id."""

    split_from: dict[int, int]
    merged_into: dict[int, int]


class Compared(NamedTuple):
    """A line in two states; several on either side where lines were split or merged.

    ``kinds`` is empty if nothing changed, else holds some of ``edited``, ``inserted``, ``deleted``,
    ``moved``, ``split``, ``merged``. ``was_after`` and ``after`` are the labels of the lines it
    stood and stands behind (``0``: it is the first).
    """

    old: tuple[Line, ...]
    new: tuple[Line, ...]
    kinds: tuple[str, ...]
    runs: tuple[Run, ...]
    was_after: str | None
    after: str | None

    @property
    def label(self) -> str:
        """The label to speak of it by."""
        return (self.old or self.new)[0].label


NO_LINEAGE = Lineage({}, {})


def lineage(snapshot: Snapshot) -> Lineage:
    """Return what was split and merged in the document up to the snapshot."""
    line, placement = tables.line, tables.placement
    split = select(line.c.id, line.c.from_line).where(
        snapshot.known(line), line.c.from_line.is_not(None)
    )
    merged = select(placement.c.line, placement.c.into_line).where(
        snapshot.current(placement),
        placement.c.language == snapshot.language,
        placement.c.into_line.is_not(None),
    )
    connection = snapshot.connection
    return Lineage(
        {row[0]: row[1] for row in connection.execute(split)},
        {row[0]: row[1] for row in connection.execute(merged)},
    )


def compare(
    before: Sequence[Line], after: Sequence[Line], family: Lineage = NO_LINEAGE
) -> list[Compared]:
    """Return what became of the lines, in the order of the later state."""
    found = {id(compared): compared for _, compared in in_turn(before, after, family)}
    return list(found.values())


def in_turn(
    before: Sequence[Line], after: Sequence[Line], family: Lineage = NO_LINEAGE
) -> Iterator[tuple[Line, Compared]]:
    """Yield the lines of both states in the order of the later one, each with what became of it.

    A line that went stands behind the line that it stood behind, moved ones aside; what was merged
    into another does not stand.
    """
    places = _Places(before, after, family)
    moved = moved_lines(before, after)
    gone: dict[int | None, list[Line]] = {}
    last: int | None = None
    for line in before:
        if line.id in places.standing and line.id not in moved:
            last = line.id
        elif places.leader(line.id) not in places.new:
            gone.setdefault(last, []).append(line)
    yield from ((line, places.compared([line], [], moved)) for line in gone.get(None, []))
    told: dict[int, Compared] = {}
    for line in after:
        leader = places.leader(line.id)
        if leader not in told:
            sides = places.old.get(leader, []), places.new[leader]
            told[leader] = places.compared(*sides, moved)
        yield line, told[leader]
        yield from ((went, places.compared([went], [], moved)) for went in gone.get(line.id, []))


class _Places:
    """The lines of two states by the line that speaks for those they were split or merged with."""

    def __init__(self, before: Sequence[Line], after: Sequence[Line], family: Lineage) -> None:
        self._family = family
        self._known = {line.id for line in before}
        self.standing = {line.id for line in after}
        self._was_after = _befores(before)
        self._after = _befores(after)
        self.old = self._by_leader(before)
        self.new = self._by_leader(after)

    def leader(self, line: int) -> int:
        """Return the line that speaks for a line: what it came from, then what that went into."""
        seen = {line}
        while (step := self._step(line)) is not None and step not in seen:
            seen.add(step)
            line = step
        return line

    def _step(self, line: int) -> int | None:
        if line not in self._known:
            return self._family.split_from.get(line)
        return None if line in self.standing else self._family.merged_into.get(line)

    def _by_leader(self, lines: Sequence[Line]) -> dict[int, list[Line]]:
        found: dict[int, list[Line]] = {}
        for line in lines:
            found.setdefault(self.leader(line.id), []).append(line)
        return found

    def compared(self, old: Sequence[Line], new: Sequence[Line], moved: frozenset[int]) -> Compared:
        """Return how some lines stood and stand."""
        redline = runs(_joined(old), _joined(new))
        kinds = list(_kinds(len(old), len(new)))
        if not kinds and any(run.kind != "equal" for run in redline):
            kinds.append("edited")
        if any(line.id in moved for line in new):
            kinds.append("moved")
        return Compared(
            old=tuple(old),
            new=tuple(new),
            kinds=tuple(kinds),
            runs=redline,
            was_after=self._was_after[old[0].id] if old else None,
            after=self._after[new[0].id] if new else None,
        )


def _kinds(old: int, new: int) -> tuple[str, ...]:
    if not old or not new:
        return ("deleted",) if old else ("inserted",)
    return ("split",) * (new > 1) + ("merged",) * (old > 1)


def _befores(lines: Sequence[Line]) -> dict[int, str]:
    """Return the label of the line before each; ``0`` before the first."""
    labels = ["0", *(line.label for line in lines)]
    return {line.id: label for line, label in zip(lines, labels, strict=False)}


def _joined(lines: Sequence[Line]) -> str:
    text = ""
    for line in lines:
        text += space_between(text, line.text) + line.text
    return text


def space_between(left: str, right: str) -> str:
    """Return what stands between two sentences: nothing where one is Japanese or Chinese."""
    edges = (text for text in (left[-1:], right[:1]) if text)
    return " " if left and not any(east_asian_width(edge) in "WF" for edge in edges) else ""


def runs_of(compared: Compared, line: Line) -> tuple[Run, ...]:
    """Return the part of a redline that one of the later lines, or a line that went, has in it."""
    if len(compared.new) < 2:
        return compared.runs
    text = ""
    for part in compared.new:
        text += space_between(text, part.text) + part.text
        if part.id == line.id:
            break
    start = len(text) - len(line.text)
    return tuple(_cut(compared.runs, start, len(text), is_first=not start))


def _cut(found: Sequence[Run], start: int, end: int, *, is_first: bool) -> Iterator[Run]:
    """Yield what stands from one place of the new text to another, with what was deleted there."""
    position = 0
    for run in found:
        if run.kind == "delete":
            if start < position <= end or (is_first and not position):
                yield run
            continue
        shown = run.text[max(0, start - position) : max(0, end - position)]
        if shown:
            yield Run(run.kind, shown)
        position += len(run.text)


def moved_lines(before: Sequence[Line], after: Sequence[Line]) -> frozenset[int]:
    """Return the ids of the lines that stand elsewhere among those that stayed.

    A line that kept its rank was never moved; among the others, as few as can be.
    """
    place = {line.id: number for number, line in enumerate(after)}
    both = [line for line in before if line.id in place]
    order = [place[line.id] for line in both]
    if _rises(order):
        return frozenset()
    ranks = {line.id: line.rank for line in after}
    fixed = [i for i, line in enumerate(both) if line.rank and ranks[line.id] == line.rank]
    if not _rises([order[i] for i in fixed]):
        fixed = []
    stayed = set(fixed)
    edges = [-1, *fixed, len(both)]
    for left, right in pairwise(edges):
        low = order[left] if left >= 0 else -1
        high = order[right] if right < len(both) else len(after)
        between = [i for i in range(left + 1, right) if low < order[i] < high]
        stayed.update(between[i] for i in rising([order[i] for i in between]))
    return frozenset(line.id for i, line in enumerate(both) if i not in stayed)


def _rises(order: Sequence[int]) -> bool:
    return all(left < right for left, right in pairwise(order))
