"""Long stretches that two long texts have in common, found without looking at their words.

Both texts are cut at the same rare letter, as files are cut into chunks by their content (Athicha
Muthitacharoen et al., "A low-bandwidth network file system", 2001), and the chunks are aligned as
lines are. What lies deep within a run of equal chunks stands; its words need not be told apart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from tracker.text.graphemes import has_clusters
from tracker.text.words import Pieces, pieces

# Shorter texts are compared word by word sooner than they are searched for stretches.
LONG = 20_000
# Equal text that is left around every change, in code points: a change may move in it.
MARGIN = 40
# A stretch begins and ends at the first place to do so within so many code points.
_WINDOW = 160
# The shortest stretch that is worth it, in code points.
_SHORTEST = 40
# Which share of the chunks both texts must have; with less the search saves nothing.
_MOSTLY = 0.4
# So many code points a chunk should have.
_CHUNK = 100
_SAMPLE = 4096
# Stands for a stretch in the text that is read into words: a mark of its own.
_PLACE = "\x01"
# Stands for it among the words: no text has a word like this.
STRETCH = _PLACE * 2


class Stretch(NamedTuple):
    """Equal text from ``old`` and from ``new`` on, in code points."""

    old: int
    new: int
    length: int


def stretches(old: str, new: str) -> list[Stretch]:
    """Return the long equal stretches of two texts, in order on both sides, none if both are short.

    Each begins and ends where a word and the space after it end, however much else is read. What
    they leave has :data:`MARGIN` code points of equal text before and after every change.
    """
    if min(len(old), len(new)) < LONG or _PLACE in old or _PLACE in new:
        return []
    if has_clusters(old) or has_clusters(new):
        return []
    return list(_shrunk(old, _runs(old, new), (len(old), len(new))))


def pieces_around(text: str, gaps: Sequence[tuple[int, int]]) -> tuple[Pieces, list[int]]:
    """Return the text in pieces, and the places of those that are stretches: what is between gaps.

    A gap is a range of the text, half open, in code points. The word of a stretch is a mark.
    """
    if len(gaps) == 1:
        return pieces(text), []
    read = pieces(_PLACE.join([text[start:end] for start, end in gaps]))
    places = [place for place, word in enumerate(read.words) if word == _PLACE]
    for place in places:
        read.words[place] = read.wholes[place] = STRETCH
    return Pieces(text, read.words, read.wholes), places


def _runs(old: str, new: str) -> Iterator[Stretch]:
    """Yield the runs of equal chunks."""
    # Lines are not what daily commands compare.
    from tracker.text.standing import standing

    letter = _rare_letter(old)
    left, right = old.split(letter), new.split(letter)
    if len(set(left).intersection(right)) < _MOSTLY * len(left):
        return
    starts, new_starts = _starts(left), _starts(right)
    for i, j, length in standing(left, right):
        start, new_start = starts[i], new_starts[j]
        yield Stretch(start, new_start, starts[i + length] - 1 - start)


def _rare_letter(text: str) -> str:
    """Return the mark, or else the letter, that cuts the text best into chunks."""
    sample = text[:: max(1, len(text) // _SAMPLE)]
    wanted = len(sample) / _CHUNK
    counted = sorted(Counter(sample).items())
    marks = [
        item for item in counted if not item[0].isalnum() and wanted / 4 < item[1] < wanted * 4
    ]
    return min(marks or counted, key=lambda item: abs(item[1] - wanted))[0]


def _starts(chunks: Iterable[str]) -> list[int]:
    return list(accumulate([len(chunk) + 1 for chunk in chunks], initial=0))


def _shrunk(old: str, runs: Iterable[Stretch], ends: tuple[int, int]) -> Iterator[Stretch]:
    """Yield of each run what lies between two places to cut it, away from its ends.

    The common ends of the texts need no margin.
    """
    cut = _cut()
    for start, new_start, length in runs:
        end, shift = start + length, new_start - start
        first, last = start, end
        if (start, new_start) != (0, 0):
            found = cut.search(old, start + MARGIN, end)
            if not found:
                continue
            first = found.end()
        if (end, end + shift) != ends:
            found = cut.search(old, max(first, end - _WINDOW), end - MARGIN)
            if not found:
                continue
            last = found.end()
        if last - first >= _SHORTEST:
            yield Stretch(first, first + shift, last - first)


@cache
def _cut() -> re.Pattern[str]:
    """Return the pattern of what surely ends a word and its space; the next one begins after it."""
    return re.compile(r"(?:\s|[、。「」（）])(?=\S)")
