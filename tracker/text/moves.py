"""Lines that moved: much alike, and out of the order of the lines that stayed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.text.chains import Box
from tracker.text.regions import Pairs
from tracker.text.votes import Votes

# A line elsewhere must be much like one to be the same line, and more alike than what stands here.
_ALIKE = 0.5
_BETTER = 0.25
# Beside lines that moved less is needed.
_ALIKE_IN_RUN = 0.3
# So many features (words and pairs of words) say enough to tell a line from all others; of lines
# that are equal fewer do.
_TELLING = 6
_TELLING_IF_EQUAL = 1


def with_moves(pairs: Pairs, chain: Sequence[Box]) -> list[Box]:
    """Return the boxes of a chain and of the lines that moved, in the order of the old text.

    A run of moved lines ends where its region does: there an empty line stands. A weak pair of the
    chain gives way when one of its lines is found elsewhere, much more alike.
    """
    return _Moves(pairs, chain).found()


class _Move(NamedTuple):
    rank: tuple[float, int, int, int]
    old: int
    new: int
    likeness: float


class _Moves:
    """Boxes in the making; every line is in one at most."""

    def __init__(self, pairs: Pairs, chain: Sequence[Box]) -> None:
        self._pairs = pairs
        self._of_old: dict[int, Box] = {}
        self._of_new: dict[int, Box] = {}
        for box in chain:
            self._add(box)

    def found(self) -> list[Box]:
        for move in sorted(self._candidates()):
            if self._gives_way(move):
                self._take(move)
        return sorted(set(self._of_old.values()))

    def _candidates(self) -> Iterator[_Move]:
        """Yield the pairs of lines that may have moved."""
        pairs = self._pairs
        old, new = pairs.lines.old, pairs.lines.new
        votes = Votes(new, [j for j in range(len(new)) if self._is_open(self._of_new, j)])
        for i, features in enumerate(old):
            if not self._is_open(self._of_old, i):
                continue
            sought = set(features)
            for j in votes.candidates(features):
                alike = pairs.likeness(i, sought, j)
                telling = _TELLING_IF_EQUAL if alike == 1 else _TELLING
                if alike >= _ALIKE and min(len(features), len(new[j])) >= telling:
                    yield _Move((-alike, abs(i - j), i, j), i, j, alike)

    def _is_open(self, boxes: dict[int, Box], place: int) -> bool:
        return place not in boxes or boxes[place].likeness + _BETTER <= 1

    def _gives_way(self, move: _Move) -> bool:
        """Say whether what the lines are in now is nothing, or much less alike."""
        boxes = (self._of_old.get(move.old), self._of_new.get(move.new))
        return all(box is None or box.likeness + _BETTER <= move.likeness for box in boxes)

    def _take(self, move: _Move) -> None:
        """Make a pair, and go on to the lines before and after it."""
        for box in (self._of_old.get(move.old), self._of_new.get(move.new)):
            if box is not None:
                self._drop(box)
        self._add(Box(move.old, move.old + 1, move.new, move.new + 1, 0.0, move.likeness))
        for step in (-1, 1):
            i, j = move.old + step, move.new + step
            while (alike := self._free_likeness(i, j)) >= _ALIKE_IN_RUN:
                self._add(Box(i, i + 1, j, j + 1, 0.0, alike))
                i, j = i + step, j + step

    def _free_likeness(self, i: int, j: int) -> float:
        """Return how alike two lines are that nothing has taken yet, or 0."""
        lines = self._pairs.lines
        if not (0 <= i < len(lines.old) and 0 <= j < len(lines.new)):
            return 0.0
        if i in self._of_old or j in self._of_new or not lines.old[i]:
            return 0.0
        return self._pairs.likeness(i, set(lines.old[i]), j)

    def _add(self, box: Box) -> None:
        self._of_old.update(dict.fromkeys(range(box.old, box.old_end), box))
        self._of_new.update(dict.fromkeys(range(box.new, box.new_end), box))

    def _drop(self, box: Box) -> None:
        for i in range(box.old, box.old_end):
            del self._of_old[i]
        for j in range(box.new, box.new_end):
            del self._of_new[j]
