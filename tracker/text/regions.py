"""Lines that changed in one place, and which of them may be the same lines.

Small regions are compared whole. In large ones a line is compared with the few that share its
rarest words, and with those that a comparison of equal wordings puts beside it: never all with all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tracker.text.chains import Box
from tracker.text.likeness import ALMOST, Lines, label, wording
from tracker.text.matching import match
from tracker.text.votes import Votes

# So many pairs of lines are all compared.
_SMALL = 1000
# Chosen on pairs of essay drafts: what likeness two lines have by chance, how much less a pair is
# worth that stands at opposite ends of its region, and how much more alike two lines together must
# be than either alone.
_CHANCE = 0.16
_FAR = 0.3
_GAIN = 0.1
_MOST_PARTS = 6
# How alike two lines are at least that stand alone between the same lines, with the same number.
_SAME_LABEL = 0.3
# A line of fewer features is worth less in the chain: headings repeat, sentences seldom do.
_FULL_LINE = 8


class Region(NamedTuple):
    """Changed lines of either side that stand between the same unchanged ones, half open."""

    old: int
    old_end: int
    new: int
    new_end: int


class Pairs:
    """The pairs of lines worth comparing, and how alike they are."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self.old, self.new = old, new
        self.lines = Lines(old, new)

    def likeness(self, i: int, features: set[int], j: int) -> float:
        """Return how alike an old line, whose features are given as a set, and a new one are."""
        if self.old[i] == self.new[j]:
            return 1.0
        lines = self.lines
        both = lines.old_weights[i] + lines.new_weights[j]
        return min(ALMOST, 2 * lines.shared(features, j) / both) if both else 0.0

    def boxes(self, regions: Sequence[Region]) -> Iterator[list[Box]]:
        """Yield for each region the pairs, splits and merges that a chain may choose from."""
        beside = self._beside([region for region in regions if _cells(region) > _SMALL])
        for region in regions:
            likely = self._likely(region, beside)
            yield [
                *(self._box(region, i, i + 1, j, j + 1, alike) for (i, j), alike in likely.items()),
                *self._splits(region, likely),
                *self._merges(region, likely),
            ]

    def _likely(self, region: Region, beside: dict[int, list[int]]) -> dict[tuple[int, int], float]:
        """Return the likeness of the pairs of a region that have any."""
        old, old_end, new, new_end = region
        is_alone = old_end - old == new_end - new == 1
        is_small = _cells(region) <= _SMALL
        votes = None if is_small else Votes(self.lines.new, range(new, new_end))
        likely: dict[tuple[int, int], float] = {}
        for i in range(old, old_end):
            features = set(self.lines.old[i])
            if votes is None:
                columns: Sequence[int] = range(new, new_end)
            else:
                columns = sorted({*votes.candidates(self.lines.old[i]), *beside[i]})
            for j in columns:
                alike = self.likeness(i, features, j)
                if alike > _CHANCE / 2:
                    likely[i, j] = alike
        if is_alone and (name := label(self.old[old])) and name == label(self.new[new]):
            likely[old, new] = max(likely.get((old, new), 0.0), _SAME_LABEL)
        return likely

    def _box(self, region: Region, i: int, i_end: int, j: int, j_end: int, alike: float) -> Box:
        old, old_end, new, new_end = region
        off = abs((i - old + 1) / (old_end - old + 1) - (j - new + 1) / (new_end - new + 1))
        size = min(1.0, len(self.lines.old[i]) / _FULL_LINE)
        return Box(i, i_end, j, j_end, (alike - _CHANCE - _FAR * off) * size, alike)

    def _splits(self, region: Region, likely: dict[tuple[int, int], float]) -> Iterator[Box]:
        """Yield the lines of the old text that are more like several new ones together."""
        lines = self.lines
        for (i, j), alike in likely.items():
            if (i, j + 1) not in likely or max(alike, likely[i, j + 1]) == 1:
                continue
            features, together = set(lines.old[i]), set(lines.new[j])
            best, end = alike, j + 1
            while (i, end) in likely and end - j < _MOST_PARTS:
                together.update(lines.new[end])
                end += 1
                both = lines.old_weights[i] + lines.weigh(together)
                more = min(ALMOST, 2 * lines.weigh(features & together) / both)
                if more < max(best, likely[i, end - 1]) + _GAIN:
                    break
                best = more
                yield self._box(region, i, i + 1, j, end, best)

    def _merges(self, region: Region, likely: dict[tuple[int, int], float]) -> Iterator[Box]:
        """Yield the lines of the new text that are more like several old ones together."""
        lines = self.lines
        for (i, j), alike in likely.items():
            if (i + 1, j) not in likely or max(alike, likely[i + 1, j]) == 1:
                continue
            features, together = set(lines.new[j]), set(lines.old[i])
            best, end = alike, i + 1
            while (end, j) in likely and end - i < _MOST_PARTS:
                together.update(lines.old[end])
                end += 1
                both = lines.new_weights[j] + lines.weigh(together)
                more = min(ALMOST, 2 * lines.weigh(features & together) / both)
                if more < max(best, likely[end - 1, j]) + _GAIN:
                    break
                best = more
                yield self._box(region, i, end, j, j + 1, best)

    def _beside(self, regions: Sequence[Region]) -> dict[int, list[int]]:
        """Return the new lines that stand beside old ones when equal lines, or wordings, do."""
        beside: dict[int, list[int]] = defaultdict(list)
        rows = [range(region.old, region.old_end) for region in regions]
        columns = [range(region.new, region.new_end) for region in regions]
        for by in (str, wording):
            left, left_at = _strung(self.old, rows, by)
            right, right_at = _strung(self.new, columns, by)
            for block in match(left, right):
                for offset in range(block.length):
                    (region, i), (other, j) = (
                        left_at[block.old + offset],
                        right_at[block.new + offset],
                    )
                    if region == other and i >= 0:
                        beside[i].append(j)
        return beside


def _cells(region: Region) -> int:
    return (region.old_end - region.old) * (region.new_end - region.new)


def _strung(
    lines: Sequence[str], ranges: Sequence[range], by: Callable[[str], str]
) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the lines of some ranges one after another, a mark between, and what each one is.

    That is the number of its range and of the line, or -1 for a mark.
    """
    strung: list[str] = []
    at: list[tuple[int, int]] = []
    for number, places in enumerate(ranges):
        strung += [by(lines[place]) for place in places]
        at += [(number, place) for place in places]
        strung.append(f"\n{number}\n")
        at.append((number, -1))
    return strung, at
