"""What a revision changes, word by word, as it matters to whoever revises the same text.

Finer than a redline, which rewrites with a passage the few words in it that were kept.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tracker.text.matching import Block, match
from tracker.text.words import composed, units

Span = tuple[int, int]


class Cells:
    """A text as its words and the white space after each, in turn: word, space, word, space.

    A cell may be empty. ``forms`` are the cells for comparing, in Unicode normal form C.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.parts = [part for unit in units(text) for part in unit]
        self.forms = composed(self.parts, text)
        self._starts = list(accumulate(map(len, self.parts), initial=0))

    def text(self, span: Span) -> str:
        """Return the text of the cells from one to before another."""
        return self._text[self._starts[span[0]] : self._starts[span[1]]]

    def form(self, span: Span) -> list[str]:
        """Return the cells from one to before another as they are compared."""
        return self.forms[span[0] : span[1]]

    def words(self, span: Span) -> Counter[str]:
        """Count the words among the cells from one to before another, without marks."""
        return Counter([form for form in self.form(span) if form[:1].isalnum()])

    @cached_property
    def count(self) -> Counter[str]:
        """How often each cell occurs in the text."""
        return Counter(self.forms)


class Change(NamedTuple):
    """Cells of the base, and the cells of a revision that stand in their stead.

    From ``hull`` to ``hull_end`` are the cells of the base that the change needs to stand as it is:
    its own and a word more on either side, though there be none.
    """

    start: int
    end: int
    new: int
    new_end: int
    hull: int
    hull_end: int

    @property
    def span(self) -> Span:
        """The cells of the base."""
        return self.start, self.end

    @property
    def new_span(self) -> Span:
        """The cells of the revision."""
        return self.new, self.new_end


def changes(base: Cells, revision: Cells) -> list[Change]:
    """Return the changes that make the revision of the base, in order, none next to another.

    A change that could stand in several places (of three times "the" one is deleted) stands in the
    last of them, so that two revisions that make it make it alike. Its hull begins with the first:
    nobody can tell on which side of it another change is that falls in between.
    """
    found: list[Change] = []
    start = new = 0  # Where the next change begins.
    for run in _runs(base.forms, revision.forms):
        old_span, new_span = (start, run.old), (new, run.new)
        start, new = run.old + run.length, run.new + run.length
        if old_span[0] == old_span[1] and new_span[0] == new_span[1]:
            continue
        before = old_span[0] - (found[-1].end if found else 0)
        left, right = _slides(base, revision, old_span, new_span, before, run.length)
        old_span, new_span = _moved(old_span, right), _moved(new_span, right)
        if right == run.length and (start, new) != (len(base.forms), len(revision.forms)):
            # The next change begins there: they are one.
            start, new = old_span[0], new_span[0]
            continue
        hull = min(_word_before(old_span[0]), _word_after(old_span[0] - right - left))
        found.append(Change(*old_span, *new_span, hull, _word_after(old_span[1])))
    return found


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """Yield the runs of cells that are the same, in order; the last, maybe empty, ends both."""
    done = new_done = 0  # Where the run before ends.
    for block in [*match(old[::2], new[::2]), Block(len(old) // 2, len(new) // 2, 0)]:
        start, new_start = 2 * block.old, 2 * block.new
        end, shift = start + 2 * block.length, new_start - start
        if start > done and new_start > new_done and old[start - 1] == new[new_start - 1]:
            start -= 1
        if old[start:end] != new[start + shift : end + shift]:
            for space in range(start + 1 - start % 2, end, 2):
                if old[space] != new[space + shift]:
                    yield Block(start, start + shift, space - start)
                    start = space + 1
        done = end if start < end else end - 1
        new_done = done + shift
        if start < end or not block.length:
            yield Block(start, start + shift, end - start)


def _slides(
    base: Cells, revision: Cells, old_span: Span, new_span: Span, before: int, after: int
) -> Span:
    """Return by how many cells a change can move left and right so that it means the same.

    ``before`` and ``after`` are how many kept cells it has to move in. What replaces does not move.
    """
    if new_span[0] == new_span[1]:
        cells, (start, end) = base.forms, old_span
    elif old_span[0] == old_span[1]:
        cells, (start, end) = revision.forms, new_span
    else:
        return 0, 0
    left = right = 0
    while left < before and cells[start - 1 - left] == cells[end - 1 - left]:
        left += 1
    while right < after and cells[start + right] == cells[end + right]:
        right += 1
    return left, right


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _word_before(cell: int) -> int:
    """Return where the word before a cell begins."""
    return cell - 2 + cell % 2


def _word_after(cell: int) -> int:
    """Return where the first word from a cell on ends."""
    return cell + cell % 2 + 1
