"""Which words of two texts are the same words: near-linear, and bounded by counting.

Common ends are trimmed. What lies between is cut at *anchors*: runs of words that occur once on
either side (as in Bram Cohen's patience diff, with runs instead of lines), of which the heaviest
chain that rises on both sides is kept and drawn out as far as the texts agree. The gaps between
them are compared word by word by Neil Fraser's diff-match-patch (Eugene Myers, "An O(ND) Difference
Algorithm and Its Variations", 1986), one private-use character a word and without its clock; texts
too different for that by :mod:`tracker.text.subsequence`, which finds as many words and needs less
time. So the same two texts have the same result on every machine.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, count, pairwise
from typing import Any, NamedTuple

from tracker.text.subsequence import common, side_by_side

# A gap's cells are the pairs of words it would compare at worst.
SMALL_GAP = 250_000
# So large a gap is cut before it is asked which of its words both sides have.
LARGE_GAP = 100 * SMALL_GAP
# Half a nanosecond a cell: a second for all gaps in which no run tells the places apart.
ALL_GAPS = 2_000_000_000
# A microsecond a cell: this much of diff-match-patch is a hundredth of a second or two.
FINE_WORK = 16_000
# Lengths of the runs that cut a gap, in the order tried; the gaps they leave go on from there. So a
# text is searched once for each at most, however it was made to resist.
RUNS = (8, 4, 2, 1)
# Runs are looked for at one in so many of the different words, the same on both sides.
SPARSE = 8
# Planes 15 and 16 hold no surrogates and no character that diff-match-patch treats in its own way.
PRIVATE_USE = 0xF0000


class Block(NamedTuple):
    """``length`` words that are the same from ``old`` and from ``new`` on (indexes of words)."""

    old: int
    new: int
    length: int


# A block in the making: naming so many costs more than finding them.
_Triple = tuple[int, int, int]


class _Gap(NamedTuple):
    """Words between anchors; the first differ, and the last."""

    old: int
    old_end: int
    new: int
    new_end: int
    tried: int  # How many of the runs.

    @property
    def cells(self) -> int:
        return (self.old_end - self.old) * (self.new_end - self.new)


class _Grid(NamedTuple):
    """The words of a gap that occur on both sides, by their places."""

    rows: list[int]
    columns: list[int]

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.columns)


def match(
    old: Sequence[str], new: Sequence[str], known: Sequence[tuple[int, int]] = ()
) -> list[Block]:
    """Return the blocks of equal words, in order, neither crossing nor adjacent on both sides.

    ``known`` are places of the same word on both sides, rising, that are matched in any case.
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    a = list(map(numbers.__getitem__, old))
    b = list(map(numbers.__getitem__, new))
    blocks: list[_Triple] = []
    grids: list[_Grid] = []
    anchors = [Block(0, 0, 0), *[Block(i, j, 1) for i, j in known], Block(len(a), len(b), 0)]
    gaps = list(_between(a, b, _Gap(0, len(a), 0, len(b), 0), anchors, blocks))
    cells_left = ALL_GAPS
    while gaps:
        gap = gaps.pop()
        if _is_easy(a, b, gap, blocks):
            continue
        grid = None if gap.cells > LARGE_GAP else _grid(a, b, gap)
        if not grid or grid.cells > SMALL_GAP:
            tried, anchors = _anchors(a, b, gap)
            if anchors:
                gaps.extend(_between(a, b, gap._replace(tried=tried), anchors, blocks))
                continue
            grid = grid or _grid(a, b, gap)
            if grid.cells > cells_left:
                continue
            cells_left -= grid.cells
        if not grid.cells:
            continue
        grids.append(grid)
    compare = _fine if sum(grid.cells for grid in grids) <= FINE_WORK else _coarse
    for rows, columns in grids:
        pairs = compare([a[i] for i in rows], [b[j] for j in columns])
        blocks.extend([(rows[i], columns[j], 1) for i, j in pairs])
    return _joined(blocks)


def _is_easy(a: list[int], b: list[int], gap: _Gap, blocks: list[_Triple]) -> bool:
    """Add the blocks of a small gap in which few words changed; say whether it is one."""
    i, end, j, new_end, _ = gap
    runs = side_by_side(a[i:end], b[j:new_end]) if gap.cells <= SMALL_GAP else None
    if runs is None:
        return False
    blocks.extend([(i + place, j + there, length) for place, there, length in runs])
    return True


def _between(
    a: list[int], b: list[int], gap: _Gap, anchors: list[Block], blocks: list[_Triple]
) -> Iterator[_Gap]:
    """Draw out the ends of a gap and its anchors, add them to the blocks, and yield what is left.

    Of anchors that overlap, the later is cut.
    """
    old, new = gap.old, gap.new
    first, last = Block(old, new, 0), Block(gap.old_end, gap.new_end, 0)
    for anchor in [first, *anchors, last]:
        overlap = max(0, old - anchor.old, new - anchor.new)
        if anchor.length and overlap >= anchor.length:
            continue
        i, j, end = anchor.old + overlap, anchor.new + overlap, anchor.old + anchor.length
        while i > old and j > new and a[i - 1] == b[j - 1]:
            i -= 1
            j -= 1
        if i > old and j > new and i - old + j - new > 2:
            yield _Gap(old, i, new, j, gap.tried)
        shift = j - i
        stop = min(gap.old_end, gap.new_end - shift)
        while end < stop and a[end] == b[end + shift]:
            end += 1
        if end > i:
            blocks.append((i, j, end - i))
        old, new = end, end + shift


def _grid(a: list[int], b: list[int], gap: _Gap) -> _Grid:
    shared = set(a[gap.old : gap.old_end]).intersection(b[gap.new : gap.new_end])
    return _Grid(
        [i for i in range(gap.old, gap.old_end) if a[i] in shared],
        [j for j in range(gap.new, gap.new_end) if b[j] in shared],
    )


def _anchors(a: list[int], b: list[int], gap: _Gap) -> tuple[int, list[Block]]:
    """Try some more lengths of runs; return how many are tried by now, and the anchors found."""
    left, right = a[gap.old : gap.old_end], b[gap.new : gap.new_end]
    for tried in range(gap.tried, len(RUNS)):
        length = RUNS[tried]
        places = _single(right, length)
        pairs = [
            (gap.old + i, gap.new + places[run])
            for run, i in _single(left, length).items()
            if run in places
        ]
        if pairs:
            chain = _chain(pairs)
            return tried + 1, [Block(i, j, length) for i, j in chain]
    return len(RUNS), []


def _single(words: list[int], length: int) -> dict[bytes, int]:
    """Return the place of each run that occurs once, in order, of those looked at."""
    data = array("I", words)
    size = data.itemsize
    letters = data.tobytes()
    places = list(
        compress(range(len(words)), map(set(range(0, max(words) + 1, SPARSE)).__contains__, words))
    )
    runs = [letters[place * size : (place + length) * size] for place in places]
    last = dict(zip(runs, places, strict=True))
    if len(last) < len(runs):
        first = dict(zip(reversed(runs), reversed(places), strict=True))
        last = {run: place for run, place in last.items() if first[run] == place}
    return last


def _chain(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of the heaviest chain that rises on both sides.

    Pairs that follow each other at one distance are one link, as heavy as they are many. After
    Craige Schensted, "Longest increasing and decreasing subsequences" (1961), with weights.
    """
    links = _links(pairs)
    if len(links) == 1:
        return pairs
    # The chains worth going on with: the further one reaches, the heavier it is.
    reaches: list[int] = []
    weights: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for number, (start, end) in enumerate(links):
        place = bisect_left(reaches, pairs[start][1])
        weight = end - start + (weights[place - 1] if place else 0)
        before.append(ends[place - 1] if place else -1)
        reach = pairs[end - 1][1]
        place = bisect_left(reaches, reach)
        if place and weights[place - 1] >= weight:
            continue
        beaten = place
        while beaten < len(weights) and weights[beaten] <= weight:
            beaten += 1
        reaches[place:beaten] = [reach]
        weights[place:beaten] = [weight]
        ends[place:beaten] = [number]
    chain: list[tuple[int, int]] = []
    number = ends[-1]
    while number >= 0:
        start, end = links[number]
        chain.extend(reversed(pairs[start:end]))
        number = before[number]
    return chain[::-1]


def _links(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return from where to where the pairs keep one distance."""
    breaks = [
        place for place, ((i, j), (k, m)) in enumerate(pairwise(pairs), start=1) if j - i != m - k
    ]
    return list(pairwise([0, *breaks, len(pairs)]))


def _coarse(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    return common(left, right)


def _fine(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Compare words by diff-match-patch, one private-use character each."""
    letters: dict[int, str] = {}
    for word in left:
        letters.setdefault(word, chr(PRIVATE_USE + len(letters)))
    ops = _engine().diff_main(
        "".join([letters[word] for word in left]),
        "".join([letters[word] for word in right]),
        False,
    )
    pairs: list[tuple[int, int]] = []
    i = j = 0
    for kind, text in ops:
        length = len(text)
        if kind == 0:
            pairs.extend(zip(range(i, i + length), range(j, j + length), strict=True))
        if kind <= 0:
            i += length
        if kind >= 0:
            j += length
    return pairs


@cache
def _engine() -> Any:
    """Return diff-match-patch without its clock: results must not depend on the machine."""
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    return engine


def _joined(blocks: list[_Triple]) -> list[Block]:
    """Put the blocks in order and join those that follow each other on both sides."""
    joined: list[Block] = []
    old = new = length = 0
    for next_old, next_new, more in sorted(blocks):
        if next_old == old + length and next_new == new + length:
            length += more
            continue
        if length:
            joined.append(Block(old, new, length))
        old, new, length = next_old, next_new, more
    return [*joined, Block(old, new, length)] if length else joined
