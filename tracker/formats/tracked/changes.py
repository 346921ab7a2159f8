"""The tracked changes in what was met on a walk, and where the pieces stand in untouched text.

What one author did at one time and in one place is one change, over runs of whatever looks and
over ends of paragraphs: Word cuts the same change into many elements when a part of it is set in
italics, and shows it as one. Another author, another time or untouched words between begin another
one, and so does the other half, or another one, of a move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Mark, MarkKind
from tracker.formats.tracked.pieces import Piece, Tracked


class Changes(NamedTuple):
    """The changes, and for each piece where it begins and which of them it is a part of.

    ``places`` has one more: where the text ends. ``inserted`` is the number of the insertion that a
    piece is of, ``deleted`` that of the deletion; ``offsets`` is where it begins in an insertion.
    """

    marks: tuple[Mark, ...]
    places: Sequence[int]
    inserted: Sequence[int | None]
    deleted: Sequence[int | None]
    offsets: Sequence[int]


class _Change:
    """A change that still grows."""

    def __init__(self, kind: MarkKind, by: Tracked, start: int, within: int | None) -> None:
        self.kind = kind
        self.by = by
        self.start = start
        self.within = within
        self.offset = 0
        self.length = 0
        self.texts: list[str] = []

    def continues(self, by: Tracked, within: int | None) -> bool:
        """Say whether what stands behind this is a part of it."""
        return self.within == within and (self.by is by or self.by.whose == by.whose)

    def add(self, text: str) -> None:
        self.texts.append(text)
        self.length += len(text)

    def mark(self, whole_moves: set[str]) -> Mark:
        width = self.length if self.kind == "delete" and self.within is None else 0
        return Mark(
            kind=self.kind,
            author=self.by.author,
            date=self.by.date,
            start=self.start,
            end=self.start + width,
            text="".join(self.texts),
            move=self.by.move if self.by.move in whole_moves else None,
            within=self.within,
            offset=self.offset,
            utc=self.by.utc,
        )


def changes(pieces: Sequence[Piece]) -> Changes:
    """Return the changes that pieces are parts of, in their order.

    What was deleted again of an insertion comes behind the insertion.
    """
    found: list[_Change] = []
    places, inserted, deleted, offsets = [], [], [], []
    place = 0
    insertion: int | None = None
    deletion: int | None = None
    for text, put_in, cut, _ in pieces:
        places.append(place)
        insertion = _grown(found, insertion, "insert", put_in, place, None)
        deletion = _grown(found, deletion, "delete", cut, place, insertion)
        inserted.append(insertion)
        deleted.append(deletion)
        offset = 0 if insertion is None else found[insertion].length
        offsets.append(offset)
        if deletion is not None:
            if not found[deletion].texts:
                found[deletion].offset = offset
            found[deletion].add(text)
        if insertion is None:
            place += len(text)
        else:
            found[insertion].add(text)
    places.append(place)
    moves = _whole_moves(found)
    return Changes(tuple(each.mark(moves) for each in found), places, inserted, deleted, offsets)


def _grown(
    found: list[_Change],
    last: int | None,
    kind: MarkKind,
    by: Tracked | None,
    place: int,
    within: int | None,
) -> int | None:
    """Return the number of the change that a piece is of: that of the one before it, or a new."""
    if by is None:
        return None
    if last is not None and found[last].continues(by, within):
        return last
    found.append(_Change(kind, by, place, within))
    return len(found) - 1


def _whole_moves(found: Sequence[_Change]) -> set[str]:
    """Return the names of the moves of which both halves are there."""
    halves: dict[MarkKind, set[str]] = {"insert": set(), "delete": set()}
    for each in found:
        if each.by.move is not None:
            halves[each.kind].add(each.by.move)
    return halves["insert"] & halves["delete"]


class Range(NamedTuple):
    """Where words stand in the untouched text, or of which insertion they are a part."""

    start: int
    end: int
    quote: str
    within: int | None = None
    offset: int = 0


def range_of(pieces: Sequence[Piece], found: Changes, begin: int, end: int) -> Range:
    """Return where the pieces from ``begin`` to before ``end`` stand.

    Ends of paragraphs at its ends are left out, unless there is nothing else in it.
    """
    begin, end = _without_ends(pieces, begin, max(begin, end))
    quote = "".join([each.text for each in pieces[begin:end] if each.deleted is None])
    within = _insertion(found, begin, end)
    offset = found.offsets[begin] if within is not None else 0
    return Range(found.places[begin], found.places[end], quote, within, offset)


def _without_ends(pieces: Sequence[Piece], begin: int, end: int) -> tuple[int, int]:
    first, last = begin, end
    while first < last and pieces[first].text == PARAGRAPH:
        first += 1
    while first < last and pieces[last - 1].text == PARAGRAPH:
        last -= 1
    return (first, last) if first < last else (begin, end)


def _insertion(found: Changes, begin: int, end: int) -> int | None:
    """Return the insertion that pieces are of, or that a place stands in the middle of."""
    around = (
        found.inserted[begin:end] if begin < end else found.inserted[max(begin - 1, 0) : begin + 1]
    )
    if begin == end and len(around) < 2:
        return None
    return around[0] if len(set(around)) == 1 else None
