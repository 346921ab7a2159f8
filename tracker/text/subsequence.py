"""The longest common subsequence of two short or repetitive sequences, exactly.

Bit vectors: one whole number holds a row of the table of lengths, so that a step over one item of
the one side looks at all of the other (Maxime Crochemore et al., "A fast and practical bit-vector
algorithm for the longest common subsequence problem", 2001; Heikki Hyyrö, "Bit-parallel LCS-length
computation revisited", 2004).
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import accumulate, compress
from operator import add, eq, not_

# Rows kept at once; the others are computed again from the first of their block.
_BLOCK = 1024


def common(left: Sequence[Hashable], right: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of a longest common subsequence, rising on both sides.

    Time and memory are those of the product of the lengths, half a nanosecond and a bit each.
    """
    if len(left) < len(right):
        return [(i, j) for j, i in common(right, left)]
    places: dict[Hashable, int] = {}
    bit = 1
    for item in left:
        places[item] = places.get(item, 0) | bit
        bit <<= 1
    steps = [places.get(item, 0) for item in right]
    step = _step(bit - 1)
    heads = [0]
    for start in range(0, len(steps) - _BLOCK, _BLOCK):
        row = heads[-1]
        for place in steps[start : start + _BLOCK]:
            row = step(row, place)
        heads.append(row)
    found: list[tuple[int, int]] = []
    reach = bit - 1
    for number in reversed(range(len(heads))):
        start = number * _BLOCK
        rows = list(accumulate(steps[start : start + _BLOCK], step, initial=heads[number]))
        for j in range(len(rows) - 2, -1, -1):
            # The last item of the left side that makes the subsequence longer.
            i = (rows[j + 1] & reach).bit_length() - 1
            if i < 0:
                return found[::-1]
            if not rows[j] >> i & 1:
                found.append((i, start + j))
                reach = (1 << i) - 1
    return found[::-1]


def side_by_side(
    left: Sequence[Hashable], right: Sequence[Hashable]
) -> list[tuple[int, int, int]] | None:
    """Return a longest common subsequence if single items changed and at most one run was added.

    As runs: from where on the left and right, and how long. It is a longest one for certain, since
    what is left out of one side does not occur on the other; where that is not so, None. Takes the
    time of a few looks at either side.
    """
    short = min(len(left), len(right))
    ahead = list(map(eq, left, right))
    behind: list[bool] = []
    if len(left) != len(right):
        behind = list(map(eq, reversed(left), reversed(right)))
        before = accumulate(ahead, initial=0)
        after = list(accumulate(behind, initial=0))
        same = list(map(add, before, reversed(after)))
        split = same.index(max(same))
        del ahead[split:], behind[short - split :]
        behind.reverse()
    tail = len(behind)
    for here, there in ((left, right), (right, left)):
        middle = [False] * (len(here) - short)
        lost = set(compress(here, map(not_, [*ahead, *middle, *behind])))
        if lost.isdisjoint(there):
            return [*_runs(ahead, 0, 0), *_runs(behind, len(left) - tail, len(right) - tail)]
    return None


def _runs(same: list[bool], left: int, right: int) -> list[tuple[int, int, int]]:
    """Return where both sides go on alike, from a place on either side on."""
    runs = []
    start = 0
    for end in [*compress(range(len(same)), map(not_, same)), len(same)]:
        if start < end:
            runs.append((left + start, right + start, end - start))
        start = end + 1
    return runs


def _step(all_bits: int) -> Callable[[int, int], int]:
    """Return the function from one row to the next, with a bit set where the length grows."""

    def step(row: int, place: int) -> int:
        clear = all_bits ^ row
        meet = clear & place
        return all_bits & ~((clear + meet) | (clear - meet))

    return step
