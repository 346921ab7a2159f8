"""A stretch of a marked text as it reads with marks taken, and where each letter is from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Mark, Marked

Numbered = tuple[int, Mark]
"""A mark with its place in ``Marked.marks``."""
Origin = tuple[int, int] | None
"""The mark that put a code point in, and the place in its text; none of one that was there."""


class Stretch(NamedTuple):
    """Whole paragraphs, from ``start`` to before ``end``, and the marks in them."""

    start: int
    end: int
    marks: tuple[Numbered, ...]


class Rewritten(NamedTuple):
    """A stretch with marks taken: of each code point the place in the untouched text, or -1.

    ``put_in`` says of those with -1 which mark they come from.
    """

    text: str
    old: tuple[int, ...]
    put_in: tuple[Origin, ...]

    def is_joined(self, before: int, behind: int) -> bool:
        """Return whether nothing was changed from one code point to another behind it."""
        first, last = self.old[before], self.old[behind]
        return first >= 0 and last - first == behind - before


def stretches(marked: Marked, marks: Sequence[Numbered]) -> Iterator[Stretch]:
    """Yield the paragraphs that marks are in; those that lose the end between them as one."""
    starts = [0, *(at + 1 for at, letter in enumerate(marked.text) if letter == PARAGRAPH)]
    ends = [start - 1 for start in starts[1:]] + [len(marked.text)]
    taken: list[Numbered] = []
    first = last = -1
    for number, mark in sorted(marks, key=lambda numbered: numbered[1].start):
        begins = bisect_right(starts, mark.start) - 1
        if taken and begins > last:
            yield Stretch(starts[first], ends[last], tuple(taken))
            taken = []
        if not taken:
            first = begins
        last = max(last, bisect_right(starts, mark.end) - 1, begins)
        taken.append((number, mark))
    if taken:
        yield Stretch(starts[first], ends[last], tuple(taken))


def taken_out_again(marked: Marked, author: str) -> frozenset[tuple[int, int]]:
    """Return what one put in and took out again: the mark that put it in, and the place in it."""
    return frozenset(
        (mark.within, mark.offset + at)
        for mark in marked.marks
        if mark.within is not None and mark.author == author == marked.marks[mark.within].author
        for at in range(len(mark.text))
    )


def rewritten(marked: Marked, stretch: Stretch, gone: Container[tuple[int, int]]) -> Rewritten:
    """Return how a stretch reads with its marks taken, but for what was taken out again."""
    parts: list[str] = []
    old: list[int] = []
    put_in: list[Origin] = []
    position = stretch.start

    def keep(end: int) -> None:
        parts.append(marked.text[position:end])
        old.extend(range(position, end))
        put_in.extend([None] * max(0, end - position))

    for number, mark in stretch.marks:
        keep(mark.start)
        position = max(position, mark.start)
        if mark.kind == "delete":
            position = max(position, mark.end)
        else:
            left = [at for at in range(len(mark.text)) if (number, at) not in gone]
            parts.append("".join([mark.text[at] for at in left]))
            old.extend([-1] * len(left))
            put_in.extend((number, at) for at in left)
    keep(stretch.end)
    return Rewritten("".join(parts), tuple(old), tuple(put_in))
