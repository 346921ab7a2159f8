"""What one author's tracked changes make of the lines of a text: each is known by its marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.marked import Mark
from tracker.services.importing.copy.comparing import Comparison, Found
from tracker.services.importing.marked.claiming import claimed
from tracker.services.importing.marked.grouping import Group, grouped, sharing
from tracker.services.importing.marked.recutting import Based, Recut, joined, recut
from tracker.services.importing.marked.rewriting import (
    Origin,
    Rewritten,
    Stretch,
    rewritten,
    stretches,
    taken_out_again,
)

_SAME = ("unchanged", "spaced")


class Authored(NamedTuple):
    """A text as it reads with the changes of one author, beside the stored lines.

    ``marks`` names for each ``comparison.found`` those it was made of, by their places in the
    marked text; ``left`` are those that no change of lines says, ``broken`` the stored lines that
    would begin a paragraph now, which none says either. ``put_in`` tells of the lines that marks
    put something into which, by their places in the draft.
    """

    author: str
    comparison: Comparison
    marks: tuple[tuple[int, ...], ...]
    put_in: dict[int, tuple[Origin, ...]]
    left: tuple[int, ...]
    broken: tuple[int, ...]


class _Change(NamedTuple):
    found: Found
    marks: tuple[int, ...] = ()


def authors(marks: Sequence[Mark]) -> list[str]:
    """Return who changed the text, in the order of their first marks."""
    return list(dict.fromkeys(mark.author for mark in marks))


def authored(based: Based, author: str, besides: Container[int] = ()) -> Authored:
    """Return what the marks of one author make of the lines, but for those ``besides``."""
    own = [
        (number, mark)
        for number, mark in enumerate(based.marked.marks)
        if mark.author == author and mark.within is None and number not in besides
    ]
    reading = _Reading(based, author)
    for stretch in stretches(based.marked, own):
        reading.rewrite(stretch)
    reading.keep(len(based.lines))
    changes = [
        # What changes no words is no change, and its marks are none of any.
        _Change(change.found) if change.found.kind in _SAME else change
        for change in _with_moves(based, reading.changes, reading.lines)
    ]
    taken = {number for change in changes for number in change.marks}
    found = tuple(change.found for change in changes)
    draft = Draft("utf-8", based.language, based.unit, tuple(reading.lines), "\n")
    return Authored(
        author=author,
        comparison=Comparison(based.lines, draft, found, 1.0, None),
        marks=tuple(change.marks for change in changes),
        put_in=reading.put_in,
        left=tuple(number for number, _ in own if number not in taken),
        broken=tuple(reading.broken),
    )


class _Reading:
    """A text as it is read with the marks of one author, stretch after stretch."""

    def __init__(self, based: Based, author: str) -> None:
        self.lines: list[DraftLine] = []
        self.changes: list[_Change] = []
        self.put_in: dict[int, tuple[Origin, ...]] = {}
        self.broken: list[int] = []
        self._based = based
        self._gone = taken_out_again(based.marked, author)
        self._inner: dict[int, list[int]] = {}
        for number, mark in enumerate(based.marked.marks):
            if mark.within is not None and mark.author == author:
                self._inner.setdefault(mark.within, []).append(number)
        self._starts = [start for start, _ in based.spans]
        self._position = 0

    def keep(self, end: int) -> None:
        """Take over the stored lines up to ``end``: no mark is in them."""
        for place in range(self._position, end):
            line = self._based.lines[place]
            self.changes.append(_Change(Found("unchanged", (place,), (len(self.lines),))))
            own = DraftLine("", line.text, line.kind, line.level)  # type: ignore[arg-type]
            self.lines.append(own)
        self._position = end

    def rewrite(self, stretch: Stretch) -> None:
        """Take over a stretch as its marks make it, and all that stands before it."""
        based = self._based
        first = bisect_left(self._starts, stretch.start)
        olds = range(first, bisect_left(self._starts, stretch.end + 1))
        self.keep(first)
        self._position = olds.stop
        new = rewritten(based.marked, stretch, self._gone)
        before = based.block_at(stretch.start - 1) if first else None
        cut = _untangled(based, new, olds, list(recut(based, new, before)))
        groups = grouped(olds, [line.olds for line in cut], _Alike(based, new, cut))
        named = claimed(based, groups, cut, new, stretch.marks, self._inner)
        self.broken += _broken(based, groups, cut)
        for at, line in enumerate(cut, len(self.lines)):
            self.put_in[at] = new.put_in[line.start : line.end]
        self.changes += [
            _Change(_found(based, group, cut, len(self.lines)), told)
            for group, told in zip(groups, named, strict=True)
        ]
        self.lines += [line.line for line in cut]


def _untangled(based: Based, new: Rewritten, olds: range, cut: list[Recut]) -> list[Recut]:
    """Return new lines, those as one that both split and merge stored lines in a paragraph."""
    tangled = {
        place
        for group in sharing(olds, [line.olds for line in cut])
        if len(group.olds) > 1
        for place in group.news[1:]
        if not cut[place].begins
    }
    runs: list[list[Recut]] = []
    for place, line in enumerate(cut):
        if place in tangled:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run[0] if len(run) == 1 else joined(based, new, run) for run in runs]


class _Alike:
    """Whether a line that went and one that was put in stand alike: as first of a paragraph, say.

    What was moved does not take the place of anything.
    """

    def __init__(self, based: Based, new: Rewritten, cut: Sequence[Recut]) -> None:
        self._based, self._new, self._cut = based, new, cut

    def __call__(self, old: int, new: int) -> bool:
        marks = self._based.marked.marks
        start, end = self._based.spans[old]
        moved = any(mark.move and mark.start <= start and end <= mark.end for mark in marks)
        line = self._cut[new]
        put_in = self._new.put_in[line.start : line.end]
        come = any(origin and marks[origin[0]].move for origin in put_in)
        return not moved and not come and self._based.begins(old) == line.begins


def _found(based: Based, group: Group, cut: Sequence[Recut], first: int) -> Found:
    """Return what became of the lines of a group; ``first`` is the place of the first new one."""
    news = tuple(first + new for new in group.news)
    if not group.olds or not group.news:
        return Found("deleted" if group.olds else "inserted", group.olds, news)
    if len(group.news) > 1:
        return Found("split", group.olds, news)
    if len(group.olds) > 1:
        return Found("merged", group.olds, news)
    was, now = based.lines[group.olds[0]].text, cut[group.news[0]].line.text
    if was == now:
        return Found("unchanged", group.olds, news)
    return Found("spaced" if was.split() == now.split() else "edited", group.olds, news)


def _broken(based: Based, groups: Sequence[Group], cut: Sequence[Recut]) -> Iterator[int]:
    """Yield the lines that begin a paragraph now and did not, or the other way about.

    No change of lines says so, but for what begins one because all lines before it went.
    """
    standing = {old for group in groups if group.news for old in group.olds}
    for group in groups:
        if not group.olds or not group.news:
            continue
        first, begins = group.olds[0], cut[group.news[0]].begins
        will_begin = based.begins(first) or not _stands_before(based, first, standing)
        if begins != will_begin:
            yield first


def _stands_before(based: Based, line: int, standing: Container[int]) -> bool:
    """Return whether a line that stands before another in its paragraph is still there."""
    while not based.begins(line):
        line -= 1
        if line in standing:
            return True
    return False


def _with_moves(
    based: Based, changes: Sequence[_Change], lines: Sequence[DraftLine]
) -> list[_Change]:
    """Return the changes; a line that was deleted and put in elsewhere by a move is one that moved.

    So is one that the store has a proposal to move: it went out as deleted and inserted.
    """
    gone: dict[tuple[str, tuple[str, ...]], list[_Change]] = {}
    for change in changes:
        if change.found.kind == "deleted":
            words = tuple(based.lines[change.found.old[0]].text.split())
            for name in _moves(based, change):
                gone.setdefault((name, words), []).append(change)
    made: list[_Change] = []
    taken: set[tuple[int, ...]] = set()
    for change in changes:
        was = None
        if change.found.kind == "inserted":
            words = tuple(lines[change.found.new[0]].text.split())
            pairs = (gone.get((name, words)) for name in _moves(based, change))
            was = next((pair.pop(0) for pair in pairs if pair), None)
        if was is None:
            made.append(change)
            continue
        taken.add(was.found.old)
        moved = Found("moved", was.found.old, change.found.new)
        made.append(_Change(moved, tuple(sorted({*was.marks, *change.marks}))))
    return [c for c in made if c.found.kind != "deleted" or c.found.old not in taken]


def _moves(based: Based, change: _Change) -> Iterator[str]:
    """Yield the names of the moves that a change may be half of; of one of ours it is empty."""
    for number in change.marks:
        name = based.marked.marks[number].move
        if name is not None:
            yield name
    if all(based.lines[old].id in based.moving for old in change.found.old):
        yield ""
