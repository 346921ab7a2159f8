"""The paragraphs of a marked text file: headings, items and running text, without their markup.

Changes of the file become changes of its paragraphs. What is in one paragraph before and after is
kept; all else between is taken out and put in by whoever changed something there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked, Remark
from tracker.exchange.marked_source import MarkedSource, Stretch, stretches
from tracker.text.blocks import blocks
from tracker.text.markup import marks_of
from tracker.text.wrapping import Paragraph, paragraphs


def paragraphed(source: MarkedSource) -> Marked:
    """Return a marked text in its paragraphs; a line end within one is a space."""
    made = _Paragraphed(source)
    return Marked(
        text=made.old.flat,
        blocks=tuple(made.old.blocks()),
        marks=tuple(each.mark for each in made.changes),
        remarks=tuple(made.remark(each) for each in source.remarks),
        stamp=source.stamp
        and source.stamp._replace(
            lines=tuple((label, *made.old.span(*span)) for label, *span in source.stamp.lines)
        ),
        title=source.title,
        language=source.stamp.language if source.stamp else None,
    )


class _Side:
    """A file before or after its changes, and its paragraphs joined: the *flat* text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[Paragraph] = paragraphs(text, blocks(text))
        self.flat = PARAGRAPH.join([part.body for part in self.parts])
        self._starts = [part.start for part in self.parts]
        self._flat_starts: list[int] = []
        length = 0
        for part in self.parts:
            self._flat_starts.append(length)
            length += len(part.body) + 1

    def place(self, place: int, *, up: bool = False) -> int:
        """Return where a place of the file is; of one between paragraphs, the one after if ``up``.

        Otherwise it is the end of the one before.
        """
        number = bisect_right(self._starts, place) - 1
        if number < 0:
            return 0
        part, start = self.parts[number], self._flat_starts[number]
        if place <= part.end:
            return start + place - part.start
        if up and number + 1 < len(self.parts):
            return self._flat_starts[number + 1]
        return start + len(part.body)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where the words of a part of the file stand."""
        first = self.place(start, up=True)
        return first, max(first, self.place(end))

    def overlapping(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield what of a part of the file is in paragraphs: from, to, and the flat place."""
        number = max(0, bisect_right(self._starts, start) - 1)
        while number < len(self.parts) and self.parts[number].start < end:
            part = self.parts[number]
            low, high = max(start, part.start), min(end, part.end)
            if low < high:
                yield low, high, self._flat_starts[number] + low - part.start
            number += 1

    def blocks(self) -> Iterator[Block]:
        """Yield the paragraphs as blocks of the flat text."""
        for part, start in zip(self.parts, self._flat_starts, strict=True):
            end = start + len(part.body)
            if part.kind == "heading":
                yield Block(start, end, "heading", part.level)
            elif part.level is None:
                yield Block(start, end)
            else:
                yield Block(start, end, "item", part.level, self._marker(part))

    def _marker(self, part: Paragraph) -> str | None:
        """Return what an item begins with; none for what goes on below the first words of one."""
        begin = max(self.text.rfind(end, 0, part.start) for end in "\r\n") + 1
        line = self.text[begin : part.end]
        marks = marks_of(line)
        found = line[marks.begin : part.start - begin].strip()
        return found if marks.columns and found else None


class _Kept(NamedTuple):
    """Words that are in a paragraph before and after; the file's places behind them besides."""

    old: int
    new: int
    length: int
    old_end: int
    new_end: int


class _Change(NamedTuple):
    """A mark in the paragraphs; ``new`` is where an insertion stands in the new flat text."""

    mark: Mark
    new: int


class _Paragraphed:
    def __init__(self, source: MarkedSource) -> None:
        self._source = source
        self._runs = list(stretches(source.text, source.marks))
        self.old = _Side(source.text)
        self.new = _Side("".join([run.text for run in self._runs if run.deleted is None]))
        self._owners = _Owners(self._runs)
        self.changes: list[_Change] = []
        old = new = old_raw = new_raw = 0
        end = _Kept(len(self.old.flat), len(self.new.flat), 0, len(source.text), len(self.new.text))
        for kept in [*self._kept(), end]:
            # Where the words begin in the files, as far as the end is none.
            raw = kept.old_end - kept.length, kept.new_end - kept.length
            self._between(old, kept.old, new, kept.new, (old_raw, raw[0], new_raw, raw[1]))
            old, new = kept.old + kept.length, kept.new + kept.length
            old_raw, new_raw = kept.old_end, kept.new_end
        self._inserts = [n for n, each in enumerate(self.changes) if each.mark.kind == "insert"]
        self._insert_starts = [self.changes[n].new for n in self._inserts]

    def _kept(self) -> Iterator[_Kept]:
        """Yield the words that stay and are in a paragraph on both sides, in order."""
        shown = 0
        for run in self._runs:
            if run.inserted is None and run.deleted is None:
                ahead = shown - run.start
                for start, end, old in self.old.overlapping(run.start, run.start + len(run.text)):
                    for low, high, new in self.new.overlapping(start + ahead, end + ahead):
                        inner = low - ahead - start
                        yield _Kept(old + inner, new, high - low, high - ahead, high)
            if run.deleted is None:
                shown += len(run.text)

    def _between(
        self, old: int, old_end: int, new: int, new_end: int, raw: tuple[int, int, int, int]
    ) -> None:
        """Add the changes between two passages that stay, from flat places to flat places."""
        gone, come = self.old.flat[old:old_end], self.new.flat[new:new_end]
        if gone == come:
            return
        # A paragraph's end on both sides is nobody's change; which one is new, the file tells.
        breaks = self.new.text[raw[2] : raw[2] + 1]
        first, last = _same_ends(gone, come, from_end=breaks in ("", "\n", "\r"))
        old, new, old_end, new_end = old + first, new + first, old_end - last, new_end - last
        deleters, inserters = self._owners.of(*raw)
        # What the markup alone did is whose change stands there, or stood there last.
        anyone = [*deleters, *inserters] or [(0, self._owners.before(raw[1]))]
        cuts = [(self.old.place(at, up=True), by) for at, by in deleters or anyone[-1:]]
        for start, end, by in _cut(old, old_end, cuts):
            whose, words = self._source.marks[by], self.old.flat[start:end]
            mark = Mark("delete", whose.author, whose.date, start, end, words)
            self.changes.append(_Change(mark, new))
        cuts = [(self.new.place(at, up=True), by) for at, by in inserters or anyone[:1]]
        for start, end, by in _cut(new, new_end, cuts):
            whose, words = self._source.marks[by], self.new.flat[start:end]
            mark = Mark("insert", whose.author, whose.date, old_end, old_end, words)
            self.changes.append(_Change(mark, start))

    def remark(self, remark: Remark) -> Remark:
        """Return a comment on the file as one on its paragraphs."""
        if remark.start is None or remark.end is None:
            return remark
        if remark.within is not None:
            return self._remark_within(remark, remark.within)
        start, end = self.old.span(remark.start, remark.end)
        if remark.start == remark.end:
            start = end = self.old.place(remark.end)
        return remark._replace(start=start, end=end)

    def _remark_within(self, remark: Remark, within: int) -> Remark:
        begin = self._owners.inserted_at[within] + remark.offset
        start, end = self.new.span(begin, begin + len(remark.quote))
        number = bisect_right(self._insert_starts, start) - 1
        place = self._inserts[number] if number >= 0 else None
        if place is not None:
            mark, stands = self.changes[place]
            if end <= stands + len(mark.text):
                return remark._replace(
                    start=mark.start,
                    end=mark.start,
                    quote=self.new.flat[start:end],
                    within=place,
                    offset=start - stands,
                )
        at = self.old.place(self._source.marks[within].start)
        return remark._replace(start=at, end=at, within=None, offset=0)


class _Owners:
    """Which marks of a file stand where, before and after its changes."""

    def __init__(self, runs: Sequence[Stretch]) -> None:
        self._deleted: list[tuple[int, int, int]] = []  # From, to, and the mark.
        self._inserted: list[tuple[int, int, int]] = []
        self.inserted_at: dict[int, int] = {}
        shown = 0
        for run in runs:
            if run.inserted is not None and run.deleted is None:
                self._inserted.append((shown, shown + len(run.text), run.inserted))
                self.inserted_at.setdefault(run.inserted, shown)
            elif run.inserted is None and run.deleted is not None:
                self._deleted.append((run.start, run.start + len(run.text), run.deleted))
            if run.deleted is None:
                shown += len(run.text)

    def of(
        self, old: int, old_end: int, new: int, new_end: int
    ) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return what was deleted and inserted between places of the file: from where, by whom."""
        return _touching(self._deleted, old, old_end), _touching(self._inserted, new, new_end)

    def before(self, old: int) -> int:
        """Return the mark before a place of the untouched file, else the first of all."""
        every = self._deleted or self._inserted
        return every[max(0, bisect_left(every, (old,)) - 1)][2]


def _same_ends(one: str, other: str, *, from_end: bool) -> tuple[int, int]:
    """Return how many paragraphs' ends two texts have in common at their beginning and end."""
    counts = []
    for _ in range(2):
        count = 0
        sides = (one[::-1], other[::-1]) if from_end else (one, other)
        while count < min(map(len, sides)) and {side[count] for side in sides} == {PARAGRAPH}:
            count += 1
        counts.append(count)
        rest = slice(0, -count or None) if from_end else slice(count, None)
        one, other, from_end = one[rest], other[rest], not from_end
    return (counts[1], counts[0]) if from_end else (counts[0], counts[1])


def _touching(marks: Sequence[tuple[int, int, int]], start: int, end: int) -> list[tuple[int, int]]:
    first = max(0, bisect_left(marks, (start,)) - 1)
    found = []
    for number in range(first, len(marks)):
        low, high, by = marks[number]
        if low >= end:
            break
        if high > start:
            found.append((low, by))
    return found


def _cut(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Yield the pieces of a passage, each from where somebody's changes begin."""
    by = cuts[0][1]
    for cut, following in cuts:
        if start < cut < end:
            yield start, cut, by
            start = cut
        if cut <= start:
            by = following
    if start < end:
        yield start, end, by
