"""What one text says that another does not, word by word.

Deterministic: the same two texts have the same redline on every machine.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate, chain
from typing import Literal, NamedTuple
from unicodedata import normalize

from tracker.text.grouping import group
from tracker.text.matching import Block, match
from tracker.text.stretches import LONG, pieces_around, stretches
from tracker.text.words import composed

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


def diff(old: str, new: str) -> Diff:
    """Compare two texts by words and return the redline that a person would draw.

    Words are compared in Unicode normal form C; the ops hold them as they were given. Matching is
    described in :mod:`tracker.text.matching`, what reads well in :mod:`tracker.text.grouping`.
    """
    if old == new:
        return Diff((Op("equal", old),) if old else ())
    with _collector_at_rest(len(old) + len(new)):
        left, right = _sides(old, new)
        blocks = match(
            composed(left.pieces.words, old),
            composed(right.pieces.words, new),
            list(zip(left.stretches, right.stretches, strict=True)),
        )
        return Diff(tuple(_ops(_changes(group(blocks, left.pieces, right.pieces), left, right))))


@contextmanager
def _collector_at_rest(size: int) -> Iterator[None]:
    """Keep the garbage collector from looking through the words of a long text again and again.

    There is nothing to collect: nothing here refers to itself. It is half of the time otherwise.
    """
    if size < LONG or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Side:
    """A text in pieces, where each of them begins, and which are stretches of many words."""

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]]) -> None:
        edges = [0, *chain.from_iterable(stretches), len(text)]
        self.pieces, self.stretches = pieces_around(
            text, list(zip(edges[::2], edges[1::2], strict=True))
        )
        lengths = list(map(len, self.pieces.wholes))
        for place, (start, end) in zip(self.stretches, stretches, strict=True):
            lengths[place] = end - start
        self._starts = [0, *accumulate(lengths)]

    def passage(self, start: int, end: int) -> str:
        return self.pieces.text[self._starts[start] : self._starts[end]]

    def word(self, place: int) -> tuple[str, str]:
        """Return a word and the space after it."""
        whole, space = self.passage(place, place + 1), self.pieces.space(place)
        return whole[: len(whole) - len(space)], space


def _sides(old: str, new: str) -> tuple[_Side, _Side]:
    found = stretches(old, new)
    return (
        _Side(old, [(start, start + length) for start, _, length in found]),
        _Side(new, [(start, start + length) for _, start, length in found]),
    )


# What stands in place of what, and what both texts have after it, in the old and new spelling.
_Change = tuple[str, str, str, str]


def _ops(changes: Iterable[_Change]) -> Iterator[Op]:
    """Yield the ops; a space in which both sides of a change end is no part of it."""
    was = text = ""
    for removed, added, was_after, after in changes:
        deleted, inserted, space = _without_space(removed, added)
        if deleted or inserted:
            if text:
                yield Op("equal", text, None if was == text else was)
            if deleted:
                yield Op("delete", deleted)
            if inserted:
                yield Op("insert", inserted)
            was = text = space
        was += was_after
        text += after
    if text:
        yield Op("equal", text, None if was == text else was)


def _without_space(deleted: str, inserted: str) -> tuple[str, str, str]:
    """Return the two sides of a change without the space both end in, and that space."""
    if not deleted or deleted[-1] != inserted[-1:]:
        return deleted, inserted, ""
    old_words, new_words = deleted.rstrip(), inserted.rstrip()
    space = deleted[len(old_words) :]
    if space != inserted[len(new_words) :]:
        return deleted, inserted, ""
    return old_words, new_words, space


def _changes(blocks: Iterable[Block], old: _Side, new: _Side) -> Iterator[_Change]:
    """Yield each change with what follows it; spaces that differ within a block are changes too."""
    deleted = inserted = ""
    i = j = 0
    for block in [*blocks, Block(len(old.pieces.words), len(new.pieces.words), 0)]:
        deleted += old.passage(i, block.old)
        inserted += new.passage(j, block.new)
        i, j = block.old + block.length, block.new + block.length
        was, text = old.passage(block.old, i), new.passage(block.new, j)
        if was == text:
            yield deleted, inserted, was, text
            deleted = inserted = ""
            continue
        for k in range(block.length):
            was, old_space = old.word(block.old + k)
            text, new_space = new.word(block.new + k)
            if normalize("NFC", old_space) == normalize("NFC", new_space):
                yield deleted, inserted, was + old_space, text + new_space
                deleted = inserted = ""
            else:
                yield deleted, inserted, was, text
                deleted, inserted = old_space, new_space
