"""Taking some tracked changes of a marked text into its untouched text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator
from itertools import accumulate

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark


def taken(marked: Marked, places: Collection[int]) -> Marked:
    """Return a text in which the marks at some places are accepted; all else stands where it stood.

    A mark within another is taken with that alone: it is then a mark of its own.
    """
    moved = _Moved(marked, places)
    marks = tuple(moved.mark(n) for n in range(len(marked.marks)) if n in moved.numbers)
    remarks = tuple(moved.remark(each) for each in marked.remarks)
    blocks = tuple(moved.blocks(marked.blocks))
    return marked._replace(text=moved.text, blocks=blocks, marks=marks, remarks=remarks)


class _Moved:
    """Where all stands when some marks are accepted. ``numbers`` are the places of those left."""

    def __init__(self, marked: Marked, places: Collection[int]) -> None:
        self._marks = marked.marks
        self._taken = [n for n in sorted(places) if marked.marks[n].within is None]
        left = (n for n in range(len(marked.marks)) if n not in self._taken)
        self.numbers = {n: new for new, n in enumerate(left)}
        own = [marked.marks[n] for n in self._taken]
        self._ends = [mark.end for mark in own]
        gains = (len(mark.text) if mark.kind == "insert" else -len(mark.text) for mark in own)
        self._gains = [0, *accumulate(gains)]
        parts, done = [], 0
        for mark in own:
            parts += [marked.text[done : mark.start], mark.text if mark.kind == "insert" else ""]
            done = mark.end
        self.text = "".join([*parts, marked.text[done:]])

    def at(self, place: int, number: int | None = None) -> int:
        """Return where a place of the untouched text is now: behind what was put in there.

        For a mark, by its number, it is behind what marks before it put in there.
        """
        place = self._left(place)
        count = bisect_right(self._ends, place)
        if number is not None:
            first = bisect_left(self._ends, place)
            count = first + sum(each < number for each in self._taken[first:count])
        return place + self._gains[count]

    def mark(self, number: int) -> Mark:
        """Return a mark that is left, where it is now."""
        own = self._marks[number]
        if own.within is None:
            return own._replace(start=self.at(own.start, number), end=self.at(own.end, number))
        if own.within in self.numbers:
            outer = self.mark(own.within)
            within = self.numbers[own.within]
            return own._replace(start=outer.start, end=outer.end, within=within)
        start = self._inside(own.within) + own.offset
        return own._replace(start=start, end=start + len(own.text), within=None, offset=0)

    def remark(self, own: Remark) -> Remark:
        """Return a comment where it is now."""
        if own.start is None or own.end is None:
            return own
        if own.within is None:
            start = self.at(own.start)
            end = self._end(own.end) if own.end > own.start else start
            return own._replace(start=start, end=max(start, end))
        if own.within in self.numbers:
            place = self.mark(own.within).start
            return own._replace(start=place, end=place, within=self.numbers[own.within])
        start = self._inside(own.within) + own.offset
        return own._replace(start=start, end=start + len(own.quote), within=None, offset=0)

    def blocks(self, known: Collection[Block]) -> Iterator[Block]:
        """Yield the paragraphs, each like the one that begins where it does; new ones are plain."""
        looks = {self.at(block.start): block for block in known}
        start = 0
        for part in self.text.split(PARAGRAPH):
            yield looks.get(start, Block(0, 0))._replace(start=start, end=start + len(part))
            start += len(part) + 1

    def _end(self, place: int) -> int:
        """Return where a range ends now: what was put in right behind it is not in it."""
        place = self._left(place)
        first, last = bisect_left(self._ends, place), bisect_right(self._ends, place)
        gone = [self._marks[n] for n in self._taken[first:last] if self._marks[n].kind == "delete"]
        return place + self._gains[first] - sum(len(mark.text) for mark in gone)

    def _left(self, place: int) -> int:
        """Return a place, or where what it stands in begins if that is taken out."""
        following = self._taken[bisect_right(self._ends, place) :]
        return min([place, *(self._marks[n].start for n in following[:1])])

    def _inside(self, number: int) -> int:
        """Return where the words of an insertion begin that was taken."""
        before = self._taken.index(number)
        return self._marks[number].start + self._gains[before]
