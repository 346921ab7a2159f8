"""Which lines of two versions of a text are the same lines.

Lines that stand unchanged come first and cost next to nothing. Between them lie *regions*: changed
lines of either side. There lines are compared by the words they share, those that share rare ones
first; one line may have become several, or several one. The heaviest chain of such pairs is kept;
what lies off the chain and is much alike has moved. All work is bounded by counts, so that every
text ends, and the same texts have the same result on every machine.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise, repeat
from typing import NamedTuple

from tracker.text.blanks import Beside, blank_pairs
from tracker.text.chains import Box, heaviest
from tracker.text.likeness import ALMOST
from tracker.text.matching import Block
from tracker.text.moves import with_moves
from tracker.text.pieces import with_pieces
from tracker.text.regions import Pairs, Region
from tracker.text.standing import standing


class Match(NamedTuple):
    """Lines of the old text and what became of them in the new one (indexes from 0).

    One line to one, one to several neighbours (split) or several neighbours to one (merge).
    ``score`` is their likeness from 0 to 1; 1.0 says that they are equal. ``moved`` says that they
    left the order of the lines around them.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    score: float
    moved: bool


_make = partial(tuple.__new__, Match)


def align(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Return which lines belong together, in the order of the old text.

    Every index of either side is in at most one match; what is in none was deleted or inserted.
    Blank lines go with the lines beside them. Near-linear in the number of lines.
    """
    rows, columns = _worded(old), _worded(new)
    left, right = [old[i] for i in rows], [new[j] for j in columns]
    blocks = standing(left, right)
    boxes = _boxes(left, right, blocks)
    moved = _off_the_chain(left, blocks, boxes)
    matches: list[Match] = []
    for block in blocks:
        ours = zip(rows[block.old : block.old + block.length], strict=False)
        theirs = zip(columns[block.new : block.new + block.length], strict=False)
        is_moved = (block.old, block.new) in moved
        # Half the time of calling the class, where there are a hundred thousand.
        matches += map(_make, zip(ours, theirs, repeat(1.0), repeat(is_moved), strict=False))
    for box in boxes:
        is_moved = (box.old, box.new) in moved
        matches.append(
            Match(
                tuple(rows[box.old : box.old_end]),
                tuple(columns[box.new : box.new_end]),
                box.likeness,
                is_moved,
            )
        )
    matches += _blank(old, new, matches) if len(rows) < len(old) else []
    matches.sort()
    return matches


def _worded(lines: Sequence[str]) -> Sequence[int]:
    """Return the places of the lines that are not blank."""
    return [place for place, line in enumerate(lines) if line and not line.isspace()]


def _boxes(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> list[Box]:
    """Return what became of the lines between the blocks."""
    rows: list[int] = []
    columns: list[int] = []
    regions: list[Region] = []
    i = j = 0
    for block in [*blocks, Block(len(old), len(new), 0)]:
        if block.old > i or block.new > j:
            start, start_new = len(rows), len(columns)
            rows += range(i, block.old)
            columns += range(j, block.new)
            regions.append(Region(start, len(rows), start_new, len(columns)))
            # The empty line that ends a region.
            rows.append(-1)
            columns.append(-1)
        i, j = block.old + block.length, block.new + block.length
    if not regions:
        return []
    left = [old[i] if i >= 0 else "" for i in rows]
    right = [new[j] if j >= 0 else "" for j in columns]
    pairs = Pairs(left, right)
    chain = [box for boxes in pairs.boxes(regions) for box in heaviest(boxes)]
    return [
        Box(
            rows[box.old],
            rows[box.old_end - 1] + 1,
            columns[box.new],
            columns[box.new_end - 1] + 1,
            box.worth,
            box.likeness,
        )
        for box in with_pieces(with_moves(pairs, chain), left, right)
    ]


def _off_the_chain(
    old: Sequence[str], blocks: Sequence[Block], boxes: Sequence[Box]
) -> set[tuple[int, int]]:
    """Return where the blocks and boxes begin that must have moved: those off the heaviest chain.

    What has the most letters stays.
    """
    every = [
        Box(i, i + length, j, j + length, _letters(old, i, i + length)) for i, j, length in blocks
    ]
    every += [box._replace(worth=_letters(old, box.old, box.old_end)) for box in boxes]
    every.sort()
    if all(one.new_end <= two.new for one, two in pairwise(every)):
        return set()
    stayed = {(box.old, box.new) for box in heaviest(every)}
    return {(box.old, box.new) for box in every} - stayed


def _letters(lines: Sequence[str], start: int, end: int) -> int:
    return sum(map(len, lines[start:end]))


def _blank(old: Sequence[str], new: Sequence[str], matches: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches of the blank lines, which go with the lines beside them."""
    went: dict[int, Beside] = {}
    for ours, theirs, _, moved in matches:
        went.update(dict.fromkeys(ours, Beside(theirs[0], theirs[-1], moved)))
    for i, j, moved in blank_pairs(old, new, went):
        yield Match((i,), (j,), 1.0 if old[i] == new[j] else ALMOST, moved)
