"""The marks and comments of a file, moved to where they stand in the stored text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.marked import Mark, Marked, Remark


class Run(NamedTuple):
    """Words that both texts have: from ``old`` in the stored one, from ``new`` in the file's."""

    old: int
    new: int
    length: int


class _Spot(NamedTuple):
    """A place in the stored text; with ``mark`` it is at ``offset`` in what that put in."""

    place: int
    mark: int | None = None
    offset: int = 0


class Moved:
    """The marks and comments of a file, with their places in the stored text.

    ``own`` are the marks of what was not tracked, each with its place in the file's text.
    """

    def __init__(
        self, marked: Marked, runs: Sequence[Run], own: Sequence[tuple[int, Mark]]
    ) -> None:
        self._marked, self._runs = marked, runs
        self._edges = [run.new for run in runs]
        # What was put in, with where it ends in the file's text.
        self._put_in = [
            (start, start + len(mark.text), number, mark.start)
            for number, (start, mark) in enumerate(own)
            if mark.kind == "insert"
        ]
        self.marks, self.numbers = self._placed([mark for _, mark in own])

    def _letter(self, place: int) -> _Spot | None:
        """Return where a letter of the file's text is; none of one that only spaces the words."""
        found = bisect_right(self._put_in, (place, len(self._marked.text) + 1)) - 1
        if found >= 0 and place < self._put_in[found][1]:
            start, _, number, at = self._put_in[found]
            return _Spot(at, number, place - start)
        found = bisect_right(self._edges, place) - 1
        if found < 0 or place >= self._edges[found] + self._runs[found].length:
            return None
        return _Spot(self._runs[found].old + place - self._edges[found])

    def _edge(self, place: int) -> int:
        """Return the place in the stored text that is behind all that stands before a place."""
        for before in range(place - 1, -1, -1):
            spot = self._letter(before)
            if spot is not None:
                return spot.place + (spot.mark is None)
        return 0

    def _placed(self, own: Sequence[Mark]) -> tuple[tuple[Mark, ...], tuple[int | None, ...]]:
        """Return all marks in their order, and of each its place among those of the file, if any.

        What stands within another mark names it by its place.
        """
        found: list[tuple[Mark, int | None]] = [(mark, None) for mark in own]
        holders: dict[int, int] = {}
        for number, mark in enumerate(self._marked.marks):
            holders[number] = len(found)
            found += [(part, number) for part in self._parts(mark, holders)]
        order = sorted(range(len(found)), key=lambda at: (found[at][0].start, at))
        becomes = {at: place for place, at in enumerate(order)}
        self._becomes = {number: becomes[at] for number, at in holders.items() if at in becomes}
        self._own = [becomes[at] for at in range(len(own))]
        marks = (found[at][0] for at in order)
        return (
            tuple(
                mark if mark.within is None else mark._replace(within=becomes[mark.within])
                for mark in marks
            ),
            tuple(found[at][1] for at in order),
        )

    def _parts(self, mark: Mark, holders: Mapping[int, int]) -> list[Mark]:
        """Return a mark as marks of the stored text, or of what was put in without tracking.

        ``within`` is a place in the list that is being made.
        """
        if mark.kind == "insert" or mark.within is not None:
            at = self._edge(mark.start)
            within = holders.get(mark.within) if mark.within is not None else None
            return [mark._replace(start=at, end=at, within=within)]
        parts: list[Mark] = []
        for place, letter in enumerate(mark.text, mark.start):
            spot = self._letter(place)
            if spot is None:
                continue
            part = mark._replace(
                start=spot.place,
                end=spot.place + (spot.mark is None),
                text=letter,
                within=spot.mark,
                offset=spot.offset,
            )
            if parts and _goes_on(parts[-1], part):
                part = parts[-1]._replace(end=part.end, text=parts.pop().text + letter)
            parts.append(part)
        return parts

    def remarks(self) -> tuple[Remark, ...]:
        """Return the comments with their places in the stored text."""
        return tuple(map(self._remark, self._marked.remarks))

    def _remark(self, remark: Remark) -> Remark:
        if remark.start is None or remark.end is None:
            return remark
        at, end = self._edge(remark.start), self._edge(remark.end)
        if remark.within is not None:
            return remark._replace(start=at, end=at, within=self._becomes.get(remark.within))
        if remark.start == remark.end:
            return remark._replace(start=at, end=at)
        first, last = self._letter(remark.start), self._letter(remark.end - 1)
        if first is not None and last is not None and first.mark == last.mark is not None:
            within = self._own[first.mark or 0]
            return remark._replace(start=at, end=at, within=within, offset=first.offset)
        start = first.place if first is not None else at
        return remark._replace(start=start, end=max(start, end))


def _goes_on(part: Mark, following: Mark) -> bool:
    """Return whether a part of a mark goes on in the one behind it."""
    if part.within != following.within:
        return False
    if part.within is None:
        return part.end == following.start
    return part.offset + len(part.text) == following.offset
