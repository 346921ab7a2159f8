"""Where flagged words of one version of a text stand in another, line by line.

The line is followed first, by what it became (:mod:`tracker.text.aligning`), then the words in
it, by the redline of the two wordings (:mod:`tracker.text.follow`). Nothing is searched for: words
that are gone are gone, though the same words may stand elsewhere.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from tracker.text.aligning import Match, align
from tracker.text.diff import diff
from tracker.text.follow import follow
from tracker.text.graphemes import snap

Span = tuple[int, int, int]

# Stands between the lines that a line was split into or merged from; a space like any other.
_JOINT = "\n"


def carry(spans: Sequence[Span], old: Sequence[str], new: Sequence[str]) -> list[Span | None]:
    """Return where each span (line index, start, end) of the old lines stands, None if orphaned.

    Offsets are code points, half open; results are whole graphemes. A span over a whole line is the
    whole line that it became, however reworded: of a split the part with most of its words (the
    first of equal ones), in a merge its own words. A span of words is where most of them stand, in
    one line; what is written in between belongs to it. A span of which less than half stands, or
    whose line was deleted, is None. ValueError if a span is empty or not in its line.
    """
    for line, start, end in spans:
        if not (0 <= line < len(old) and 0 <= start < end <= len(old[line])):
            raise ValueError(f"no span from {start} to {end} in line {line}")
    wanted: dict[int, list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        wanted[span[0]].append(number)
    carried: list[Span | None] = [None] * len(spans)
    for match in align(old, new):
        numbers = [number for line in match.old for number in wanted.get(line, ())]
        if match.score == 1:
            for number in numbers:
                place = match.new[0]
                carried[number] = (place, *snap(new[place], *spans[number][1:]))
        elif numbers:
            passage = _Passage(match, old, new)
            for number in numbers:
                carried[number] = passage.carried(spans[number])
    return carried


class _Passage:
    """The lines of a match as one text on either side, and its redline."""

    def __init__(self, match: Match, old: Sequence[str], new: Sequence[str]) -> None:
        self._match = match
        self._old = [old[line] for line in match.old]
        self._new = [new[line] for line in match.new]
        self._diff = diff(_JOINT.join(self._old), _JOINT.join(self._new))

    def carried(self, span: Span) -> Span | None:
        """Return where a span of one of the old lines stands."""
        line, start, end = span
        at = self._match.old.index(line)
        is_whole = not (self._old[at][:start].strip() or self._old[at][end:].strip())
        if is_whole and len(self._old) == 1:
            standing = self._standing()
            return self._whole(standing.index(max(standing)))
        offset = sum(len(text) + len(_JOINT) for text in self._old[:at])
        found = follow((offset + start, offset + end), self._diff)
        if found is None:
            return self._whole(0) if is_whole else None
        return self._in_a_line(found.start, found.end)

    def _standing(self) -> list[int]:
        """Return how many letters of the old lines stand in each of the new ones."""
        letters = [0] * len(self._new)
        ends = list(accumulate(len(text) + len(_JOINT) for text in self._new))
        position = 0
        for op in self._diff.ops:
            if op.kind == "equal":
                for part in op.text.split(_JOINT):
                    at = bisect_right(ends, position)
                    letters[min(at, len(letters) - 1)] += _letters(part)
                    position += len(part) + len(_JOINT)
                position -= len(_JOINT)
            else:
                position += len(op.new)
        return letters

    def _whole(self, at: int) -> Span | None:
        """Return a whole new line; a blank line may have become an empty one."""
        return (self._match.new[at], 0, len(self._new[at])) if self._new[at] else None

    def _in_a_line(self, start: int, end: int) -> Span | None:
        """Return the part of a span of the joined new lines that is in the one with most of it."""
        parts: list[tuple[int, Span]] = []
        offset = 0
        for place, text in zip(self._match.new, self._new, strict=True):
            first = min(max(start - offset, 0), len(text))
            last = max(first, min(end - offset, len(text)))
            words = text[first:last]
            if len(self._new) > 1 and words.strip():
                first += len(words) - len(words.lstrip())
                last -= len(words) - len(words.rstrip())
            if first < last:
                parts.append((_letters(words), (place, first, last)))
            offset += len(text) + len(_JOINT)
        return max(parts, key=lambda part: part[0])[1] if parts else None


def _letters(text: str) -> int:
    return len("".join(text.split()))
