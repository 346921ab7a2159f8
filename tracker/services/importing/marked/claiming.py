"""Which marks each change of lines was made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from tracker.services.importing.marked.grouping import Group
from tracker.services.importing.marked.recutting import Based, Recut
from tracker.services.importing.marked.rewriting import Numbered, Rewritten


def claimed(
    based: Based,
    groups: Sequence[Group],
    cut: Sequence[Recut],
    new: Rewritten,
    marks: Sequence[Numbered],
    inner: Mapping[int, Sequence[int]],
) -> list[tuple[int, ...]]:
    """Return for each group of lines the marks it was made of, by their places.

    A mark is of the lines that it has letters of. One that only puts in, or takes out, white space
    between lines, or the end of a paragraph, is of the lines beside it that are new or gone, or
    that were made one or several. ``inner`` names for a mark those that took something out of it
    again.
    """
    of_old = {old: at for at, group in enumerate(groups) for old in group.olds}
    of_new = {line: at for at, group in enumerate(groups) for line in group.news}
    holders = _holders(cut, new)
    found: list[set[int]] = [set() for _ in groups]
    for number, mark in marks:
        if mark.kind == "insert":
            own = {of_new[line] for line in holders.get(number, ())}
        else:
            own = {of_old[line] for line in _lines_in(based, mark.start, mark.end)}
        if not own:
            own = {
                at
                for at in _beside(based, cut, new, (number, mark), of_old, of_new)
                if len(groups[at].olds) != 1 or len(groups[at].news) != 1
            }
        for at in own:
            found[at] |= {number, *inner.get(number, ())}
    return [tuple(sorted(each)) for each in found]


def _holders(cut: Sequence[Recut], new: Rewritten) -> dict[int, set[int]]:
    """Return for each mark the new lines that hold something of it."""
    holders: dict[int, set[int]] = {}
    for place, line in enumerate(cut):
        for number in {origin[0] for origin in new.put_in[line.start : line.end] if origin}:
            holders.setdefault(number, set()).add(place)
    return holders


def _lines_in(based: Based, start: int, end: int) -> Iterator[int]:
    """Yield the stored lines that a passage of the untouched text has something of."""
    place = max(0, bisect_right(based.spans, (start, len(based.marked.text))) - 1)
    while place < len(based.spans) and based.spans[place][0] < end:
        if based.spans[place][1] > start:
            yield place
        place += 1


def _beside(
    based: Based,
    cut: Sequence[Recut],
    new: Rewritten,
    numbered: Numbered,
    of_old: dict[int, int],
    of_new: dict[int, int],
) -> Iterator[int]:
    """Yield the groups of the lines before and behind a mark that stands between lines."""
    number, mark = numbered
    if mark.kind == "delete":
        behind = bisect_left(based.spans, (mark.start, 0))
        yield from (of_old[line] for line in (behind - 1, behind) if line in of_old)
        return
    at = next((place for place, each in enumerate(new.put_in) if each and each[0] == number), -1)
    if at < 0:
        return
    for place, line in enumerate(cut):
        if line.end > at:
            yield from (of_new[each] for each in (place - 1, place) if each in of_new)
            return
    if cut:
        yield of_new[len(cut) - 1]
