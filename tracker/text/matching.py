"""Which words of two texts are the same words: the longest runs first, and never quadratic.

Common ends are trimmed. What lies between is cut at *anchors*: runs of words that occur once on
either side (as in Bram Cohen's patience diff, with runs instead of lines), chained by the longest
increasing subsequence. Only the short gaps between anchors reach Myers' algorithm (Eugene Myers,
"An O(ND) Difference Algorithm and Its Variations", 1986), which Neil Fraser's diff-match-patch runs
on one private-use character a word. The work is bounded by counting, not by the clock, so the same
two texts have the same result on every machine.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

# A gap's cells are the pairs of words it would compare at worst, each about a microsecond.
SMALL_GAP = 40_000
LARGE_GAP = 250_000
TINY_GAP = 900
ALL_GAPS = 2_000_000
# Lengths of the runs that cut a gap, in the order tried; the gaps they leave go on from there. So a
# text is searched once for each at most, however it was made to resist, and a huge one less often.
RUNS = (32, 8, 2, 1, 4, 1)
ALL_SEARCHES = 3_000_000
# Planes 15 and 16 hold no surrogates and no character that diff-match-patch treats in its own way.
PRIVATE_USE = 0xF0000


class Block(NamedTuple):
    """``length`` words that are the same from ``old`` and from ``new`` on (indexes of words)."""

    old: int
    new: int
    length: int


class _Gap(NamedTuple):
    old: int
    old_end: int
    new: int
    new_end: int
    tried: int  # How many of the runs.


def match(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """Return the blocks of equal words, in order, neither crossing nor adjacent on both sides."""
    numbers: dict[str, int] = {}
    a = [numbers.setdefault(word, len(numbers)) for word in old]
    b = [numbers.setdefault(word, len(numbers)) for word in new]
    blocks: list[Block] = []
    gaps = [_Gap(0, len(a), 0, len(b), 0)]
    cells_left, searches_left = ALL_GAPS, ALL_SEARCHES
    while gaps:
        gap = _trim(a, b, gaps.pop(), blocks)
        shared = set(a[gap.old : gap.old_end]).intersection(b[gap.new : gap.new_end])
        if not shared:
            continue
        rows = [i for i in range(gap.old, gap.old_end) if a[i] in shared]
        columns = [j for j in range(gap.new, gap.new_end) if b[j] in shared]
        cells = len(rows) * len(columns)
        affordable = cells <= cells_left or cells <= TINY_GAP
        if cells > SMALL_GAP or not affordable:
            size = gap.old_end - gap.old + gap.new_end - gap.new
            tried, anchors = _anchors(a, b, gap, searches_left // size)
            searches_left -= size * (tried - gap.tried)
            if anchors:
                gaps.extend(_between(gap._replace(tried=tried), anchors, blocks))
                continue
        if affordable and cells <= LARGE_GAP:
            cells_left -= cells
            blocks.extend(_compare(a, b, rows, columns))
    return _joined(blocks)


def _trim(a: list[int], b: list[int], gap: _Gap, blocks: list[Block]) -> _Gap:
    """Move the common ends of a gap to the blocks and return what is left of it."""
    old, old_end, new, new_end, tried = gap
    while old < old_end and new < new_end and a[old] == b[new]:
        old += 1
        new += 1
    while old < old_end and new < new_end and a[old_end - 1] == b[new_end - 1]:
        old_end -= 1
        new_end -= 1
    if old > gap.old:
        blocks.append(Block(gap.old, gap.new, old - gap.old))
    if old_end < gap.old_end:
        blocks.append(Block(old_end, new_end, gap.old_end - old_end))
    return _Gap(old, old_end, new, new_end, tried)


def _anchors(a: list[int], b: list[int], gap: _Gap, most: int) -> tuple[int, list[Block]]:
    """Try some more lengths; return how many are tried by now, and the longest chain of runs found.

    A run counts where it occurs once on either side. At most ``most`` lengths are tried.
    """
    rows = array("I", a[gap.old : gap.old_end])
    columns = array("I", b[gap.new : gap.new_end])
    tried = gap.tried
    for length in RUNS[gap.tried : gap.tried + most]:
        tried += 1
        places = _single(columns, length)
        pairs = [(i, places[run]) for run, i in _single(rows, length).items() if run in places]
        if pairs:
            chain = _chain(sorted(pairs))
            return tried, [Block(gap.old + i, gap.new + j, length) for i, j in chain]
    return tried, []


def _single(words: "array[int]", length: int) -> dict[bytes, int]:
    """Return the place of each run of so many words that occurs once."""
    data, size = words.tobytes(), words.itemsize
    count = len(words) - length + 1
    if count <= 0:
        return {}
    runs = [data[at : at + length * size] for at in range(0, count * size, size)]
    last = dict(zip(runs, range(count), strict=True))
    first = dict(zip(reversed(runs), range(count - 1, -1, -1), strict=True))
    return {run: place for run, place in last.items() if first[run] == place}


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest chain of pairs that rises on both sides (Schensted, 1961)."""
    tops: list[int] = []
    top_pair: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(top_pair[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            top_pair.append(number)
        else:
            tops[pile] = j
            top_pair[pile] = number
    chain = []
    number = top_pair[-1]
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _between(gap: _Gap, anchors: list[Block], blocks: list[Block]) -> Iterator[_Gap]:
    """Add the anchors to the blocks, leaving out what overlaps, and yield the gaps between them."""
    old, new = gap.old, gap.new
    for anchor in anchors:
        overlap = max(0, old - anchor.old, new - anchor.new)
        if overlap >= anchor.length:
            continue
        i, j, length = anchor.old + overlap, anchor.new + overlap, anchor.length - overlap
        if i > old and j > new:
            yield _Gap(old, i, new, j, gap.tried)
        blocks.append(Block(i, j, length))
        old, new = i + length, j + length
    if gap.old_end > old and gap.new_end > new:
        yield _Gap(old, gap.old_end, new, gap.new_end, gap.tried)


def _compare(a: list[int], b: list[int], rows: list[int], columns: list[int]) -> list[Block]:
    """Compare the words of a gap that occur on both sides, one private-use character each."""
    letters: dict[int, str] = {}
    for i in rows:
        letters.setdefault(a[i], chr(PRIVATE_USE + len(letters)))
    left = "".join([letters[a[i]] for i in rows])
    right = "".join([letters[b[j]] for j in columns])
    pairs = zip(*_kept(_engine().diff_main(left, right, False), rows, columns), strict=True)
    return [Block(i, j, 1) for i, j in pairs]


def _kept(
    ops: list[tuple[int, str]], rows: list[int], columns: list[int]
) -> tuple[list[int], list[int]]:
    """Return the rows and the columns that the ops keep."""
    kept_rows: list[int] = []
    kept_columns: list[int] = []
    row = column = 0
    for kind, text in ops:
        length = len(text)
        if kind == 0:
            kept_rows += rows[row : row + length]
            kept_columns += columns[column : column + length]
        if kind <= 0:
            row += length
        if kind >= 0:
            column += length
    return kept_rows, kept_columns


@cache
def _engine() -> Any:
    """Return diff-match-patch without its clock: results must not depend on the machine."""
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return engine


def _joined(blocks: list[Block]) -> list[Block]:
    """Put the blocks in order and join those that follow each other on both sides."""
    blocks.sort()
    joined: list[Block] = []
    old = new = length = 0
    for block in blocks:
        if block[0] == old + length and block[1] == new + length:
            length += block[2]
            continue
        if length:
            joined.append(Block(old, new, length))
        old, new, length = block
    return [*joined, Block(old, new, length)] if length else joined
