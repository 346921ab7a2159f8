"""What one text says that another does not, word by word.

Deterministic: the same two texts have the same redline on every machine.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple
from unicodedata import normalize

from tracker.text.grouping import group
from tracker.text.matching import match
from tracker.text.words import Unit, composed, units

Kind = Literal["equal", "delete", "insert"]


class Op(NamedTuple):
    """A passage that both texts have, or one of them.

    ``text`` is what a redline shows. An equal passage may be spelled with other code points in the
    old text (``が`` as one code point or two), which no reader can see: ``text`` is then the new
    spelling and ``was`` the old one. Everywhere else ``was`` is None.
    """

    kind: Kind
    text: str
    was: str | None = None

    @property
    def old(self) -> str:
        """What the old text has here, code point for code point; nothing for an insertion."""
        if self.kind == "insert":
            return ""
        return self.text if self.was is None else self.was

    @property
    def new(self) -> str:
        """What the new text has here, code point for code point; nothing for a deletion."""
        return "" if self.kind == "delete" else self.text


class Diff(NamedTuple):
    """A redline. No two neighbouring ops are of one kind, none is empty, deletions come first."""

    ops: tuple[Op, ...]

    @property
    def old(self) -> str:
        """The old text, exactly as it was given."""
        return "".join([op.old for op in self.ops])

    @property
    def new(self) -> str:
        """The new text, exactly as it was given."""
        return "".join([op.new for op in self.ops])


class Edit(NamedTuple):
    """One change to the old text: what stands from ``start`` to ``end`` becomes ``text``.

    Offsets are code points, half open; an insertion has its start as its end.
    """

    start: int
    end: int
    text: str


def diff(old: str, new: str) -> Diff:
    """Compare two texts by words and return the redline that a person would draw.

    Words are compared in Unicode normal form C; the ops hold them as they were given. Matching is
    described in :mod:`tracker.text.matching`, what reads well in :mod:`tracker.text.grouping`.
    """
    if old == new:
        return Diff((Op("equal", old),) if old else ())
    old_units, new_units = units(old), units(new)
    blocks = match(
        composed([word for word, _ in old_units], old),
        composed([word for word, _ in new_units], new),
    )
    blocks = group(blocks, old_units, new_units)
    old_starts, new_starts = _starts(old_units), _starts(new_units)
    redline = _Redline()
    i = j = 0
    for block in blocks:
        redline.replace(
            old[old_starts[i] : old_starts[block.old]], new[new_starts[j] : new_starts[block.new]]
        )
        i, j = block.old + block.length, block.new + block.length
        was = old[old_starts[block.old] : old_starts[i]]
        text = new[new_starts[block.new] : new_starts[j]]
        if was == text:
            redline.keep(was, text)
        else:
            redline.keep_words(old_units[block.old : i], new_units[block.new : j])
    redline.replace(old[old_starts[i] :], new[new_starts[j] :])
    return Diff(redline.finish())


def edits(diff: Diff) -> list[Edit]:
    """Return the changes of a redline, a replacement as one, in the order of the old text."""
    found: list[Edit] = []
    position = 0
    for op in diff.ops:
        if op.kind == "delete":
            found.append(Edit(position, position + len(op.text), ""))
            position += len(op.text)
        elif op.kind == "equal":
            position += len(op.old)
        elif found and found[-1].end == position and not found[-1].text:
            found[-1] = Edit(found[-1].start, position, op.text)
        else:
            found.append(Edit(position, position, op.text))
    return found


def hulls(diff: Diff, changes: Sequence[Edit] | None = None) -> list[tuple[int, int]]:
    """Return what each change needs to stand as it is: its range in the old text and a word more.

    Offsets are code points of the old text, half open, one range a change and in its order (ranges
    may overlap). A range is wider by one word or mark on each side: what is written between two
    words depends on both, so that "shall" → "may" and "shall" → "shall not" meet. A range is empty
    only in a text without words. ``changes`` are the edits to look at, all of them unless given.
    """
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    for word, space in units(diff.old):
        if word:
            starts.append(position)
            ends.append(position + len(word))
        position += len(word) + len(space)
    ranges = []
    for edit in edits(diff) if changes is None else changes:
        before = bisect_left(starts, edit.start) - 1
        after = bisect_right(ends, edit.end)
        start = starts[before] if before >= 0 else edit.start
        end = ends[after] if after < len(ends) else edit.end
        ranges.append((start, end))
    return ranges


def _starts(split: Sequence[Unit]) -> list[int]:
    """Return where each unit begins in its text, and where the text ends."""
    return list(accumulate([len(word) + len(space) for word, space in split], initial=0))


class _Redline:
    """Ops in the making: neighbours of one kind become one, deletions go before insertions."""

    def __init__(self) -> None:
        self._ops: list[Op] = []
        self._was: list[str] = []
        self._kept: list[str] = []
        self._deleted: list[str] = []
        self._inserted: list[str] = []

    def keep(self, was: str, text: str) -> None:
        """Add what both texts have, in the old and the new spelling."""
        if not was:
            return
        if self._deleted or self._inserted:
            self._end_change()
        self._was.append(was)
        self._kept.append(text)

    def keep_words(self, old: Sequence[Unit], new: Sequence[Unit]) -> None:
        """Add words that both texts have, with the spaces after them, which may not be the same."""
        for (was, old_space), (word, new_space) in zip(old, new, strict=True):
            self.keep(was, word)
            if old_space == new_space or normalize("NFC", old_space) == normalize("NFC", new_space):
                self.keep(old_space, new_space)
            else:
                self.replace(old_space, new_space)

    def replace(self, old: str, new: str) -> None:
        """Add what only one text has, or each in the stead of the other."""
        if (old or new) and self._kept:
            self._end_kept()
        if old:
            self._deleted.append(old)
        if new:
            self._inserted.append(new)

    def finish(self) -> tuple[Op, ...]:
        """Return the ops."""
        self._end_change()
        self._end_kept()
        return tuple(self._ops)

    def _end_kept(self) -> None:
        was, text = "".join(self._was), "".join(self._kept)
        if text:
            self._ops.append(Op("equal", text, None if was == text else was))
        self._was, self._kept = [], []

    def _end_change(self) -> None:
        """Write the change down; a space that both sides end in is no part of it."""
        deleted, inserted = "".join(self._deleted), "".join(self._inserted)
        old_words, new_words = deleted.rstrip(), inserted.rstrip()
        space = deleted[len(old_words) :]
        if space and space == inserted[len(new_words) :]:
            deleted, inserted = old_words, new_words
            self._was, self._kept = [space], [space]
        if deleted:
            self._ops.append(Op("delete", deleted))
        if inserted:
            self._ops.append(Op("insert", inserted))
        self._deleted, self._inserted = [], []
