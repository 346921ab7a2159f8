"""Which element of a base says which of its marks.

Elements get an attribute ``TRACE`` for the time that a file is made: ``m3`` is the base's mark at
the place 3, ``e3`` the tracked edit at the place 3, ``s`` what is settled. It stays with them when
they are cut.
"""

from __future__ import annotations

from collections.abc import Sequence

from tracker.exchange.marked import Mark
from tracker.formats.docx.ours import TRACE
from tracker.formats.tracked.changes import changes
from tracker.formats.tracked.pieces import Piece

SETTLED = "s"


def of_mark(place: int) -> str:
    """Return what tells the base's mark at a place."""
    return f"m{place}"


def of_edit(place: int) -> str:
    """Return what tells the tracked edit at a place."""
    return f"e{place}"


def trace(pieces: Sequence[Piece]) -> tuple[Mark, ...]:
    """Let each element that tracks pieces say of which mark it is a part; return the marks."""
    found = changes(pieces)
    for piece, insertion, deletion in zip(pieces, found.inserted, found.deleted, strict=True):
        if piece.inserted is not None:
            piece.inserted.element.set(TRACE, f"m{insertion}")
        if piece.deleted is not None:
            piece.deleted.element.set(TRACE, f"m{deletion}")
    return found.marks
