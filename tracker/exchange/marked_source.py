"""A marked text as it stands in a text file: with its markup, white space and line ends.

Markdown and CriticMarkup are written from it and read into it, so that rejecting everything gives
the file that was, and accepting everything the file that is to be, to the last space. Places are
code points of the untouched text; what is a paragraph is not said here
(:func:`tracker.formats.paragraphs.paragraphed` finds it out).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.marked import Mark, Remark, Stamp


class MarkedSource(NamedTuple):
    """A text with its marks in the order of their places, and its comments.

    ``notice`` says what it is, to whoever opens the file.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    stamp: Stamp | None = None
    title: str | None = None
    notice: str | None = None


class Stretch(NamedTuple):
    """Some words of a marked text, with the places in its marks of what was done to them.

    ``start`` is where they stand in the untouched text, ``offset`` in the words that were inserted
    with them. Inserted words that were deleted again have both marks.
    """

    text: str
    start: int
    inserted: int | None = None
    deleted: int | None = None
    offset: int = 0


def stretches(text: str, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """Yield a text with all that was inserted and deleted, in order. Works for any marked text.

    What two marks delete is deleted once.
    """
    order = sorted(
        (place for place, mark in enumerate(marks) if mark.within is None),
        key=lambda place: marks[place].start,
    )
    again: dict[int, list[int]] = {}
    for place, mark in enumerate(marks):
        if mark.within is not None:
            again.setdefault(mark.within, []).append(place)
    at = gone = 0
    by: int | None = None
    for place in [*order, -1]:
        to = marks[place].start if place >= 0 else len(text)
        for start, end, deleted in ((at, min(gone, to), by), (max(at, gone), to, None)):
            if start < end:
                yield Stretch(text[start:end], start, deleted=deleted)
        at = max(at, to)
        if place >= 0 and marks[place].kind == "insert":
            yield from _inserted(place, marks, again.get(place, ()))
        elif place >= 0 and marks[place].end > gone:
            gone, by = marks[place].end, place


def _inserted(place: int, marks: Sequence[Mark], inner: Sequence[int]) -> Iterator[Stretch]:
    """Yield what was inserted, cut where parts of it were deleted again."""
    mark = marks[place]
    at = 0
    for one in sorted(inner, key=lambda each: marks[each].offset):
        start = max(at, marks[one].offset)
        end = min(len(mark.text), marks[one].offset + len(marks[one].text))
        if at < start:
            yield Stretch(mark.text[at:start], mark.start, place, offset=at)
        if start < end:
            yield Stretch(mark.text[start:end], mark.start, place, one, start)
        at = max(at, end)
    if at < len(mark.text):
        yield Stretch(mark.text[at:], mark.start, place, offset=at)


def accepted(text: str, marks: Sequence[Mark]) -> str:
    """Return a text with all its changes accepted."""
    return "".join([each.text for each in stretches(text, marks) if each.deleted is None])


class Flow:
    """A marked text as it is written: all of it in a row, what was inserted and deleted as well.

    Its own places count code points of that row. Without ``again``, what was deleted from an
    insertion is left out.
    """

    def __init__(self, text: str, marks: Sequence[Mark], *, again: bool = True) -> None:
        self.parts: list[Stretch] = []
        self.starts: list[int] = []
        self._stood: list[int] = []  # The parts of the untouched text, as places in ``parts``.
        self._inserted: dict[int, list[int]] = {}
        length = 0
        for part in stretches(text, marks):
            if part.inserted is not None and part.deleted is not None and not again:
                continue
            if part.inserted is None:
                self._stood.append(len(self.parts))
            else:
                self._inserted.setdefault(part.inserted, []).append(len(self.parts))
            self.parts.append(part)
            self.starts.append(length)
            length += len(part.text)
        self.length = length
        self._stood_starts = [self.parts[number].start for number in self._stood]

    def range(self, remark: Remark) -> tuple[int, int]:
        """Return from where to where the words of a comment stand.

        Where insertions stand at the ends of its range, its quote says whether they are in it.
        """
        if remark.start is None or remark.end is None:
            return 0, 0
        if remark.within is not None:
            start = self._in(remark.within, remark.offset)
            return start, self._in(remark.within, remark.offset + len(remark.quote), is_end=True)
        end = self._behind(remark.end)
        if remark.start >= remark.end:
            return end, end
        start = self._behind(remark.start + 1) - 1
        wider = self._behind(remark.start), self._before(remark.end)
        for chosen in ((start, end), (start, wider[1]), (wider[0], end), wider):
            if self.accepted(*chosen) == remark.quote:
                return chosen
        return start, end

    def accepted(self, start: int, end: int) -> str:
        """Return what stands between two places when all changes are accepted."""
        first = max(0, bisect_right(self.starts, start) - 1)
        found = []
        for number in range(first, len(self.parts)):
            part, began = self.parts[number], self.starts[number]
            if began >= end:
                break
            if part.deleted is None:
                found.append(part.text[max(0, start - began) : end - began])
        return "".join(found)

    def cut(self, places: Sequence[int]) -> Iterator[tuple[int, list[Stretch]]]:
        """Yield the parts from each of these places, in order, to the next; from 0 first."""
        number = 0
        edges = sorted({0, *places})
        for start, end in zip(edges, [*edges[1:], self.length], strict=True):
            parts = []
            while number < len(self.parts) and self.starts[number] < end:
                part, began = self.parts[number], self.starts[number]
                low, high = max(0, start - began), end - began
                parts.append(_piece(part, low, high))
                if began + len(part.text) > end:
                    break
                number += 1
            yield start, parts

    def _behind(self, place: int) -> int:
        """Return where the word before a place of the untouched text ends."""
        number = bisect_left(self._stood_starts, place) - 1
        if number < 0:
            return 0
        part = self._stood[number]
        return self.starts[part] + place - self.parts[part].start

    def _before(self, place: int) -> int:
        """Return where the word behind a place of the untouched text begins."""
        number = bisect_right(self._stood_starts, place) - 1
        inner = place - self._stood_starts[number] if number >= 0 else 0
        if number >= 0 and inner < len(self.parts[self._stood[number]].text):
            return self.starts[self._stood[number]] + inner
        following = number + 1
        return self.starts[self._stood[following]] if following < len(self._stood) else self.length

    def _in(self, mark: int, offset: int, *, is_end: bool = False) -> int:
        """Return where a place in the words of an insertion stands."""
        place = 0
        for number in self._inserted.get(mark, ()):
            part = self.parts[number]
            if part.offset < offset or (part.offset == offset and not is_end):
                place = self.starts[number] + min(offset - part.offset, len(part.text))
        return place


def _piece(part: Stretch, low: int, high: int) -> Stretch:
    """Return some of the words of a stretch."""
    inserted = part.inserted is not None
    return part._replace(
        text=part.text[low:high],
        start=part.start if inserted else part.start + low,
        offset=part.offset + low if inserted else 0,
    )
