"""What becomes of a base's text, found from its marks and edits alone, without writing a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.exchange.marked import Mark
from tracker.exchange.outgoing import Outgoing


def settled_text(text: str, marks: Sequence[Mark], outgoing: Outgoing) -> str:
    """Return the settled text: an untouched one with what ``settled`` and ``taken`` make of it.

    Words that a taken change brings stand before those of an edit at the same place.
    """
    edits = [
        *_taken(marks, outgoing.taken),
        *((edit.start, edit.end, edit.text) for edit in outgoing.settled),
    ]
    return applied(text, edits)


def applied(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """Return a text with the words from start to end of each edit taken out, and its words put in.

    What two edits delete is deleted once.
    """
    parts = []
    done = 0
    for start, end, words in sorted(edits, key=lambda edit: edit[0]):
        parts += [text[done:start], words]
        done = max(done, end)
    return "".join([*parts, text[done:]])


def _taken(marks: Sequence[Mark], taken: frozenset[int]) -> list[tuple[int, int, str]]:
    """Return the edits that accepting the marks at some places makes."""
    inner: dict[int, list[tuple[int, int, str]]] = {}
    for place in taken:
        mark = marks[place]
        if mark.within is not None:
            cut = (mark.offset, mark.offset + len(mark.text), "")
            inner.setdefault(mark.within, []).append(cut)
    return [
        (mark.start, mark.end, applied(mark.text, inner.get(place, ())))
        if mark.kind == "insert"
        else (mark.start, mark.end, "")
        for place, mark in enumerate(marks)
        if place in taken and mark.within is None
    ]
