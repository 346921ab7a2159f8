"""What one author's tracked changes make of the lines of a text: each is known by its marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.marked import Mark
from tracker.services.importing.copy.comparing import Comparison, Found
from tracker.services.importing.marked.claiming import claimed
from tracker.services.importing.marked.grouping import Group, grouped, sharing
from tracker.services.importing.marked.recutting import Based, Recut, joined, recut
from tracker.services.importing.marked.rewriting import Origin, Rewritten, rewritten, stretches, taken_out_again

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


def authored(based: Based, author: str) -> Authored:
    """Return what the marks of one author make of the lines."""
    marks = based.marked.marks
    own = [
        (n, mark) for n, mark in enumerate(marks) if mark.author == author and mark.within is None
    ]
    lines: list[DraftLine] = []
    changes: list[_Change] = []
    put_in: dict[int, tuple[Origin, ...]] = {}
    broken: list[int] = []
    position = 0
    gone = taken_out_again(based.marked, author)
    starts = [start for start, _ in based.spans]
    for stretch in stretches(based.marked, own):
        first, last = bisect_left(starts, stretch.start), bisect_left(starts, stretch.end + 1)
        changes += _untouched(based, range(position, first), lines)
        position = last
        new = rewritten(based.marked, stretch, gone)
        before = based.block_at(stretch.start - 1) if first else None
        cut = _untangled(based, new, range(first, last), list(recut(based, new, before)))
        groups = grouped(
            range(first, last), [line.olds for line in cut], _Alike(based, new, cut)
        )
        named = claimed(based, groups, cut, new, stretch.marks)
        broken += _broken(based, groups, cut)
        for at, line in enumerate(cut, len(lines)):
            put_in[at] = new.put_in[line.start : line.end]
        changes += [
            _Change(_found(based, group, cut, len(lines)), told)
            for group, told in zip(groups, named, strict=True)
        ]
        lines += [line.line for line in cut]
    changes += _untouched(based, range(position, len(based.lines)), lines)
    changes = _with_moves(based, changes, lines)
    said = [change if change.found.kind not in _SAME else _Change(change.found) for change in changes]
    taken = {number for change in said for number in change.marks}
    found = tuple(change.found for change in said)
    draft = Draft("utf-8", based.language, based.unit, tuple(lines), "\n")
    return Authored(
        author=author,
        comparison=Comparison(based.lines, draft, found, 1.0, None),
        marks=tuple(change.marks for change in said),
        put_in=put_in,
        left=tuple(number for number, _ in own if number not in taken),
        broken=tuple(broken),
    )


def _untouched(based: Based, places: range, lines: list[DraftLine]) -> Iterator[_Change]:
    """Yield lines that no mark is in, and add them to the text."""
    for place in places:
        line = based.lines[place]
        yield _Change(Found("unchanged", (place,), (len(lines),)))
        lines.append(DraftLine("", line.text, line.kind, line.level))  # type: ignore[arg-type]


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

    No change of lines says so, but for what begins one because the lines before it went.
    """
    standing = {old for group in groups if group.news for old in group.olds}
    for group in groups:
        if not group.olds or not group.news:
            continue
        first = group.olds[0]
        began, begins = based.begins(first), cut[group.news[0]].begins
        if began and not begins:
            yield first
        elif begins and not began and (first - 1) in standing:
            yield first


def _with_moves(
    based: Based, changes: Sequence[_Change], lines: Sequence[DraftLine]
) -> list[_Change]:
    """Return the changes; a line that was deleted and put in elsewhere by a move is one that moved."""
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
    for number in change.marks:
        name = based.marked.marks[number].move
        if name is not None:
            yield name


