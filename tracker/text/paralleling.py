"""Pairing a text with its translation: which pieces of the one render which of the other.

A dynamic programme over the two sequences, in the manner of William Gale and Kenneth Church, "A
Program for Aligning Sentences in Bilingual Corpora" (Computational Linguistics 19, 1993): pieces
are paired one to one, two to one and so on, in order, so that the lengths of pairs are as likely as
can be. To the lengths come the structure (headings, paragraphs, items and their numbers) and the
names and numbers that both texts have.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import exp
from typing import NamedTuple

from tracker.text.fitting import IMPOSSIBLE, MOVES, Costs, Piece

# Ways that cost so much more than the best one up to the same piece are given up; fewer of them
# where what was found then fits badly, as when one text has much that the other lacks.
_BEAM, _WIDEST_BEAM, _WIDER = 25.0, 230.0, 3.0
_WELL = 0.6
# A pair that fits worse than this is doubtful, even where nothing else would fit better.
_POOR_FIT = 6.0
DOUBTFUL = 0.5
"""Pairs of a lower score should be looked at."""


class Pair(NamedTuple):
    """Pieces of the old text, by their places, and those of the new one that render them.

    One side of it is empty where a piece has no partner. ``score`` is from 0 to 1: how much better
    than any other this pairing is, and how well the two fit.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it."""
        return bool(self.old and self.new) and self.score < DOUBTFUL


def parallel(old: Sequence[Piece], new: Sequence[Piece]) -> list[Pair]:
    """Return how the pieces of two texts pair, in order; every piece is in just one pair.

    Pieces of the new text are put together only within a paragraph or an item, and headings never.
    Where both texts have the same headings, what stands under each is paired on its own.
    """
    costs = Costs(old, new)
    return [pair for part in _parts(old, new) for pair in _paired(costs, part)]


def _paired(costs: Costs, part: _Part) -> list[Pair]:
    beam = _BEAM
    while True:
        found = list(_Lattice(costs, part, beam).pairs())
        scores = [pair.score for pair in found]
        if beam * _WIDER > _WIDEST_BEAM or sum(scores) >= _WELL * len(scores):
            return found
        beam *= _WIDER


class _Part(NamedTuple):
    """Stretches of both texts that are paired with one another, half open."""

    old: int
    old_end: int
    new: int
    new_end: int


def _parts(old: Sequence[Piece], new: Sequence[Piece]) -> list[_Part]:
    """Cut both texts at their headings if these are of the same levels, one by one."""
    heads = [
        [at for at, piece in enumerate(side) if piece.kind == "heading"] for side in (old, new)
    ]
    levels = [
        [side[at].level for at in places] for side, places in zip((old, new), heads, strict=True)
    ]
    if levels[0] != levels[1]:
        return [_Part(0, len(old), 0, len(new))]
    edges = [
        pairwise([0, *places, len(side)]) for side, places in zip((old, new), heads, strict=True)
    ]
    return [_Part(*one, *other) for one, other in zip(*edges, strict=True)]


class _Lattice:
    """All ways to pair two stretches: the cost up to each place, and from there to the end."""

    def __init__(self, costs: Costs, part: _Part, beam: float) -> None:
        self._costs = costs
        self._part = part
        self._rows = part.old_end - part.old
        self._columns = part.new_end - part.new
        self._beam = beam
        self._moves: dict[tuple[int, int], list[tuple[tuple[int, int], float]]] = {}
        self._to: list[dict[int, float]] = [{} for _ in range(self._rows + 1)]
        self._from: list[dict[int, float]] = [{} for _ in range(self._rows + 1)]
        self._best: dict[tuple[int, int], tuple[int, int]] = {}

    def pairs(self) -> Iterator[Pair]:
        """Yield the pairs of the best way."""
        self._forward()
        self._backward()
        place = (self._rows, self._columns)
        steps = []
        while place != (0, 0):
            count = self._best[place]
            place = (place[0] - count[0], place[1] - count[1])
            steps.append((place, count))
        rivals = self._rivals([(place[0], count) for place, count in reversed(steps) if count[0]])
        for (row, column), count in reversed(steps):
            old = tuple(range(self._part.old + row, self._part.old + row + count[0]))
            new = tuple(range(self._part.new + column, self._part.new + column + count[1]))
            score = self._score(rivals[row], old, new) if old and new else 0.0
            yield Pair(old, new, score)

    def _score(self, rival: float, old: Sequence[int], new: Sequence[int]) -> float:
        """Return how sure a pair is: by the next best way without it, and by how well it fits."""
        margin = min(50.0, max(-50.0, rival - self._to[self._rows][self._columns]))
        fit = min(50.0, max(-50.0, self._costs.fit(old, new) - _POOR_FIT))
        return round((1 - exp(-max(0.0, margin))) / (1 + exp(fit)), 3)

    def _found(self, row: int, column: int) -> Iterator[tuple[tuple[int, int], float]]:
        """Yield the moves from a place with their costs."""
        for count in MOVES:
            if row + count[0] <= self._rows and column + count[1] <= self._columns:
                old, new = self._part.old + row, self._part.new + column
                if self._costs.possible(old, new, count):
                    yield count, self._costs.move(old, new, count)

    def _forward(self) -> None:
        self._to[0][0] = 0.0
        for row, here in enumerate(self._to):
            limit = min(here.values()) + self._beam
            # A place may get a further one to its right while the row is gone through.
            waiting = sorted(here)
            while waiting:
                column = waiting.pop(0)
                if here[column] > limit and row < self._rows:
                    continue
                self._moves[row, column] = list(self._found(row, column))
                for count, cost in self._moves[row, column]:
                    down, right = row + count[0], column + count[1]
                    known = self._to[down].get(right, IMPOSSIBLE)
                    if here[column] + cost < known:
                        self._to[down][right] = here[column] + cost
                        self._best[down, right] = count
                        if not count[0] and right not in waiting:
                            insort(waiting, right)

    def _backward(self) -> None:
        self._from[self._rows][self._columns] = 0.0
        for (row, column), moves in sorted(self._moves.items(), reverse=True):
            best = self._from[row].get(column, IMPOSSIBLE)
            for count, cost in moves:
                behind = self._from[row + count[0]].get(column + count[1], IMPOSSIBLE)
                best = min(best, cost + behind)
            self._from[row][column] = best

    def _rivals(self, chosen: Sequence[tuple[int, tuple[int, int]]]) -> dict[int, float]:
        """Return for each old piece that begins a pair the cost of the best way without that pair.

        Every way covers that piece by one move, so the cheapest of the other ones is looked for.
        """
        starts = [row for row, _ in chosen]
        counts = dict(chosen)
        columns = dict(self._chosen_columns())
        rivals = dict.fromkeys(starts, IMPOSSIBLE)
        for (row, column), moves in self._moves.items():
            for count, cost in moves:
                behind = self._from[row + count[0]].get(column + count[1], IMPOSSIBLE)
                whole = self._to[row][column] + cost + behind
                first = bisect_right(starts, row - 1)
                for start in starts[first : bisect_right(starts, row + count[0] - 1)]:
                    same = start == row and counts[start] == count and columns[row] == column
                    if not same and whole < rivals[start]:
                        rivals[start] = whole
        return rivals

    def _chosen_columns(self) -> Iterator[tuple[int, int]]:
        place = (self._rows, self._columns)
        while place != (0, 0):
            count = self._best[place]
            place = (place[0] - count[0], place[1] - count[1])
            if count[0]:
                yield place
