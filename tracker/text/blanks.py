"""Blank lines, which mean nothing on their own: they go with the lines beside them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Beside(NamedTuple):
    """Where a line went: the first and the last new line it is in now, and whether it moved."""

    first: int
    last: int
    moved: bool


class Blank(NamedTuple):
    """A blank line of either side and whether it moved with the lines beside it."""

    old: int
    new: int
    moved: bool


def blank_pairs(old: Sequence[str], new: Sequence[str], went: Mapping[int, Beside]) -> list[Blank]:
    """Return which blank lines belong together; ``went`` says where the other lines went.

    Blank lines between two lines go with those between the same two; what is left over goes with
    those after the line before them, or else with those before the line after them.
    """
    runs, new_runs = _runs(old), _runs(new)
    after = {end: start for start, end in new_runs.items()}
    pairs: list[Blank] = []
    waiting: list[tuple[int, int]] = []
    ends = Beside(-1, -1, False), Beside(len(new), len(new), False)
    for start, end in runs.items():
        before = ends[0] if start == 0 else went.get(start - 1)
        behind = ends[1] if end == len(old) else went.get(end)
        if before and behind and new_runs.get(before.last + 1) == behind.first:
            taken = new_runs.pop(before.last + 1)
            moved = before.moved and behind.moved
            pairs += [
                Blank(i, j, moved)
                for i, j in zip(range(start, end), range(before.last + 1, taken), strict=False)
            ]
        else:
            waiting.append((start, end))
    for start, end in waiting:
        before = ends[0] if start == 0 else went.get(start - 1)
        behind = ends[1] if end == len(old) else went.get(end)
        if before and before.last + 1 in new_runs:
            first, moved = before.last + 1, before.moved
        elif behind and after.get(behind.first) in new_runs:
            first, moved = after[behind.first], behind.moved
        else:
            continue
        places = range(first, new_runs.pop(first))
        pairs += [Blank(i, j, moved) for i, j in zip(range(start, end), places, strict=False)]
    return pairs


def _runs(lines: Sequence[str]) -> dict[int, int]:
    """Return where each run of blank lines begins and ends."""
    runs: dict[int, int] = {}
    start = end = -1
    for place, line in enumerate(lines):
        if line and not line.isspace():
            continue
        if place != end:
            start = place
        end = runs[start] = place + 1
    return runs
