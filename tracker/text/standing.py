"""Lines that stand unchanged: what holds two versions of a document together.

Lines that occur once on either side, in the heaviest chain (as in Bram Cohen's patience diff), and
the equal lines before and after them. A short line next to a change is let go again: a heading or a
number is the same by chance more often than a sentence.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tracker.text.chains import Box, heaviest
from tracker.text.likeness import wording
from tracker.text.matching import Block

# Shorter lines (in UTF-8, where a kanji counts as three letters) do not hold on their own.
_SHORT = 20
# How many of them are let go on each side of a change.
_MOST_SHORT = 3


def standing(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks of equal lines that surely stand, in order, not crossing.

    Near-linear: every line is looked at a few times.
    """
    blocks = _grown(_once(old, new), old, new)
    return _sure(blocks, old, new)


def unchanged(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places (from 0) of the lines that both texts have, each place used once.

    Those that surely stand, and of the others, moved ones too, the first with the first of the
    same words, the second with the second; of blank lines only those that stand. Near-linear.
    """
    pairs = [
        (block.old + step, block.new + step)
        for block in standing(old, new)
        for step in range(block.length)
    ]
    stood = {j for _, j in pairs}
    free: dict[str, deque[int]] = {}
    for j, line in enumerate(new):
        if j not in stood and line.strip():
            free.setdefault(line, deque()).append(j)
    stood = {i for i, _ in pairs}
    for i, line in enumerate(old):
        if i not in stood and (places := free.get(line)):
            pairs.append((i, places.popleft()))
    return pairs


def _once(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the runs of lines that each side has once, as far as they rise on both sides."""
    places = _single(new)
    pairs = [(i, places[line]) for line, i in _single(old).items() if line in places]
    runs: list[list[int]] = []
    for i, j in pairs:
        if runs and i == runs[-1][0] + runs[-1][2] and j == runs[-1][1] + runs[-1][2]:
            runs[-1][2] += 1
        else:
            runs.append([i, j, 1])
    if all(one[1] < two[1] for one, two in pairwise(runs)):
        return [Block(*run) for run in runs]
    boxes = [Box(i, i + size, j, j + size, _letters(old, i, size)) for i, j, size in runs]
    return [Block(box.old, box.new, box.old_end - box.old) for box in heaviest(boxes)]


def _letters(lines: Sequence[str], start: int, count: int) -> int:
    return sum(map(len, lines[start : start + count]))


def _single(lines: Sequence[str]) -> dict[str, int]:
    """Return the place of each line that occurs once."""
    count = len(lines)
    last = dict(zip(lines, range(count), strict=True))
    if len(last) == count:
        return last
    first = dict(zip(reversed(lines), range(count - 1, -1, -1), strict=True))
    return {line: place for line, place in last.items() if first[line] == place}


def _grown(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Add to each block the equal lines before and after it, and the common ends of the texts."""
    grown: list[Block] = []
    i = j = 0
    for block in [*blocks, Block(len(old), len(new), 0)]:
        start_old, start_new = i, j
        while i < block.old and j < block.new and old[i] == new[j]:
            i += 1
            j += 1
        if i > start_old:
            _append(grown, Block(start_old, start_new, i - start_old))
        back = 0
        room = min(block.old - i, block.new - j)
        while back < room and old[block.old - 1 - back] == new[block.new - 1 - back]:
            back += 1
        _append(grown, Block(block.old - back, block.new - back, block.length + back))
        i, j = block.old + block.length, block.new + block.length
    return [block for block in grown if block.length]


def _append(blocks: list[Block], block: Block) -> None:
    """Add a block, joined to the one before if it goes on where that ends."""
    if blocks:
        old, new, length = blocks[-1]
        if (old + length, new + length) == (block.old, block.new):
            blocks[-1] = Block(old, new, length + block.length)
            return
    blocks.append(block)


def _sure(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Let go of what stands next to a change and may be equal by chance."""
    renumbered = _changed_wordings(blocks, old, new)
    sure: list[Block] = []
    for i, j, length in blocks:
        if renumbered and all(wording(line) in renumbered for line in old[i : i + length]):
            continue
        first = last = 0
        if i or j:
            first = _short_lines(old[i : i + min(length, _MOST_SHORT)])
        if i + length < len(old) or j + length < len(new):
            last = _short_lines(reversed(old[max(i, i + length - _MOST_SHORT) : i + length]))
        if first + last < length:
            sure.append(Block(i + first, j + first, length - first - last))
    return sure


def _changed_wordings(blocks: list[Block], old: Sequence[str], new: Sequence[str]) -> set[str]:
    """Return the wordings of changed lines that either side has, with a number before them.

    Where all lines of a list read alike and one is added above them, equal lines are not the same.
    """
    found: tuple[set[str], set[str]] = (set(), set())
    i = j = 0
    for block in [*blocks, Block(len(old), len(new), 0)]:
        for side, lines in enumerate((old[i : block.old], new[j : block.new])):
            found[side].update([text for line in lines if (text := wording(line)) != line])
        i, j = block.old + block.length, block.new + block.length
    return found[0] & found[1]


def _short_lines(lines: Iterable[str]) -> int:
    """Count the short lines at the beginning."""
    count = 0
    for line in lines:
        if len(line) >= _SHORT or len(line.encode(errors="surrogatepass")) >= _SHORT:
            break
        count += 1
    return count
