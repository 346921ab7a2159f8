"""A marked text on the lines it began with, when its untouched words are not quite these.

What was changed without tracking becomes tracked changes of whoever did that, so that all changes
start from the stored lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark
from tracker.exchange.record import Unit
from tracker.services.importing.marked.places import places
from tracker.services.importing.marked.recutting import Based
from tracker.services.joints import leads
from tracker.services.lines import Line
from tracker.text import diff, unchanged

_ITEM = re.compile(r"([-*+])\s|(\d+)[.)]\s")


class _Run(NamedTuple):
    """Words that both texts have: from ``old`` in the stored one, from ``new`` in the file's."""

    old: int
    new: int
    length: int


class _Spot(NamedTuple):
    """A place in the stored text; with ``mark`` it is at ``offset`` in what that put in."""

    place: int
    mark: int | None = None
    offset: int = 0


def rebased(
    lines: Sequence[Line], marked: Marked, untracked: str, language: str, unit: Unit
) -> Based:
    """Return a marked text on stored lines.

    ``untracked`` is who made what was changed without tracking. White space alone is no change.
    """
    spans = places(lines, marked)
    if spans is not None and _stand_alike(lines, spans, marked.text):
        return Based(marked, tuple(lines), tuple(spans), language, unit)
    text, stands = _as_written(lines)
    text, stands = _respaced(text, stands, list(_runs(text, marked.text)), marked.text)
    blocks = _blocks(lines, stands)
    runs = list(_runs(text, marked.text))
    own = list(_untracked(text, marked.text, runs, untracked))
    moved = _Moved(marked, runs, own)
    told = marked._replace(
        text=text, blocks=tuple(blocks), marks=moved.marks, remarks=moved.remarks()
    )
    return Based(told, tuple(lines), tuple(stands), language, unit, moved.numbers)


def _stand_alike(lines: Sequence[Line], spans: Sequence[tuple[int, int]], text: str) -> bool:
    """Return whether stored lines begin a paragraph, or a row, where they do in a file's text."""
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    return all(
        PARAGRAPH not in gap if line.block == "inline" else PARAGRAPH in gap or "\n" in gap
        for line, gap in zip(lines[1:], gaps, strict=True)
    )


def _as_written(lines: Sequence[Line]) -> tuple[str, list[tuple[int, int]]]:
    """Return stored lines as a file has them: the text, and where they stand in it."""
    parts: list[str] = []
    stands: list[tuple[int, int]] = []
    at = 0
    for lead, line in zip(leads(lines), lines, strict=True):
        begins = not parts or line.block != "inline"
        between = (PARAGRAPH if parts else "") if begins else " " if lead else ""
        start = at + len(between)
        at = start + len(line.text)
        parts += [between, line.text]
        stands.append((start, at))
    return "".join(parts), stands


def _respaced(
    text: str, stands: Sequence[tuple[int, int]], runs: Sequence[_Run], new: str
) -> tuple[str, list[tuple[int, int]]]:
    """Return the same with the white space between its lines that a file has there."""
    starts = [start for start, _ in stands]
    edits: list[tuple[int, int, str]] = []
    for at, end, come in _gaps(runs, text, new):
        line = bisect_right(starts, at) - 1
        is_between = line < 0 or stands[line][1] <= at
        if is_between and _is_space_alone(text[at:end], come):
            edits.append((at, end, come))
    parts: list[str] = []
    position = 0
    for at, end, come in edits:
        parts += [text[position:at], come]
        position = end

    begins, ends = [at for at, _, _ in edits], [end for _, end, _ in edits]
    shifts = [0, *accumulate(len(come) - (end - at) for at, end, come in edits)]
    moved = [
        (start + shifts[bisect_right(ends, start)], end + shifts[bisect_left(begins, end)])
        for start, end in stands
    ]
    return "".join([*parts, text[position:]]), moved


def _gaps(runs: Sequence[_Run], old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the texts differ: from and to in the old one, and what the new one has there."""
    at = there = 0
    for run in (*runs, _Run(len(old), len(new), 0)):
        if (at, there) != (run.old, run.new):
            yield at, run.old, new[there : run.new]
        at, there = run.old + run.length, run.new + run.length


def _is_space_alone(gone: str, come: str) -> bool:
    """Return whether two passages differ in white space only, and not in ends of paragraphs."""
    return _words(gone) == _words(come) and gone.count(PARAGRAPH) == come.count(PARAGRAPH)


def _blocks(lines: Sequence[Line], stands: Sequence[tuple[int, int]]) -> list[Block]:
    """Return the paragraphs that stored lines stand in."""
    blocks: list[Block] = []
    for line, (start, end) in zip(lines, stands, strict=True):
        if not blocks or line.block != "inline":
            blocks.append(_block(line, start, end))
        else:
            blocks[-1] = blocks[-1]._replace(end=end)
    return blocks


def _block(line: Line, start: int, end: int) -> Block:
    if line.kind == "heading":
        return Block(start, end, "heading", line.level)
    item = _ITEM.match(line.markup.strip() + " ")
    if item is None:
        return Block(start, end)
    return Block(start, end, "item", line.level, "-" if item[1] else f"{item[2]}.")


def _runs(old: str, new: str) -> Iterator[_Run]:
    """Yield the words that both texts have, in their order."""
    ours, theirs = old.split(PARAGRAPH), new.split(PARAGRAPH)
    pairs = unchanged([_words(row) for row in ours], [_words(row) for row in theirs])
    starts, begins = _starts(ours), _starts(theirs)
    at = there = 0
    # What moved is deleted here and put in there: only what stands in order is the same.
    last = -1
    for i, j in sorted(pairs):
        if j <= last:
            continue
        last = j
        yield from _compared(old, new, (at, starts[i]), (there, begins[j]))
        at, there = starts[i], begins[j]
    yield from _compared(old, new, (at, len(old)), (there, len(new)))


def _compared(old: str, new: str, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[_Run]:
    at, there = ours[0], theirs[0]
    for op in diff(old[slice(*ours)], new[slice(*theirs)]).ops:
        if op.kind == "equal":
            yield _Run(at, there, min(len(op.old), len(op.new)))
        at += len(op.old)
        there += len(op.new)


def _words(row: str) -> str:
    return " ".join(row.split())


def _starts(rows: Sequence[str]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    return starts


def _untracked(old: str, new: str, runs: Sequence[_Run], who: str) -> Iterator[tuple[int, Mark]]:
    """Yield what one text has that the other has not, as marks, and where in the new one it is."""
    shift = {run.old: run.new for run in (*runs, _Run(len(old), len(new), 0))}
    for at, end, come in _gaps(runs, old, new):
        gone = old[at:end]
        there = shift[end] - len(come)
        if _is_space_alone(gone, come):
            continue
        if gone:
            yield there, Mark("delete", who, None, at, end, gone)
        if come:
            yield there, Mark("insert", who, None, end, end, come)


class _Moved:
    """The marks and comments of a file, with their places in the stored text.

    ``own`` are the marks of what was not tracked, each with its place in the file's text.
    """

    def __init__(
        self, marked: Marked, runs: Sequence[_Run], own: Sequence[tuple[int, Mark]]
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
