"""The heaviest chain of boxes: pairs of places that rise on both sides.

Each box takes some places of either side; a chain takes none twice and goes forward on both. A
search for the best chain so far that ends before a place is a walk up a tree (Peter Fenwick, "A New
Data Structure for Cumulative Frequency Tables", 1994), so that n boxes take n log n steps.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """Places of the old side (half open) that go with places of the new one.

    ``worth`` is what the box adds to a chain, ``likeness`` how alike the places are, from 0 to 1.
    """

    old: int
    old_end: int
    new: int
    new_end: int
    worth: float
    likeness: float = 1.0


def heaviest(boxes: Sequence[Box]) -> list[Box]:
    """Return the chain of most worth, in order; of equal ones always the same.

    A box of no worth is in no chain. Takes n log n steps and memory for n boxes.
    """
    by_start = sorted(number for number, box in enumerate(boxes) if box.worth > 0)
    by_start.sort(key=lambda number: boxes[number].old)
    by_end = sorted(by_start, key=lambda number: boxes[number].old_end)
    ranks = {end: rank for rank, end in enumerate(sorted({box.new_end for box in boxes}), 1)}
    starts = _ranks_before(boxes, sorted(ranks))
    tree = [(0.0, -1)] * (len(ranks) + 1)
    best: dict[int, tuple[float, int]] = {}
    ended = 0
    for number in by_start:
        box = boxes[number]
        while boxes[by_end[ended]].old_end <= box.old:
            _enter(tree, ranks[boxes[by_end[ended]].new_end], best[by_end[ended]][0], by_end[ended])
            ended += 1
        worth, before = _best_until(tree, starts[number])
        best[number] = (worth + box.worth, before)
    chain: list[Box] = []
    number = max(best, key=lambda number: (best[number][0], -number)) if best else -1
    while number >= 0:
        chain.append(boxes[number])
        number = best[number][1]
    return chain[::-1]


def _ranks_before(boxes: Sequence[Box], ends: list[int]) -> list[int]:
    """Return for each box how many of the ends on the new side are not after its start."""
    return [bisect_right(ends, box.new) for box in boxes]


def _enter(tree: list[tuple[float, int]], rank: int, worth: float, number: int) -> None:
    while rank < len(tree):
        if worth > tree[rank][0]:
            tree[rank] = (worth, number)
        rank += rank & -rank


def _best_until(tree: list[tuple[float, int]], rank: int) -> tuple[float, int]:
    best = (0.0, -1)
    while rank:
        if tree[rank][0] > best[0]:
            best = tree[rank]
        rank &= rank - 1
    return best
