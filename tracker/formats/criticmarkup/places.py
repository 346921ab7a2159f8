"""Where the changes and comments stand that were read from CriticMarkup."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from tracker.exchange.marked import Mark, Remark
from tracker.exchange.marked_source import Stretch, stretches
from tracker.formats.criticmarkup import heads


class Place(NamedTuple):
    """A place in the untouched text, and in the text as it would read."""

    base: int
    shown: int


class Said(NamedTuple):
    """A comment as it stands in the file, and what it is on; on no words, on the whole."""

    start: Place | None
    end: Place | None
    comment: str


def joined(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return changes that a highlight cut in two as one.

    Two changes by one author are one where the first ends as the second begins.
    """
    made: list[Mark] = []
    for mark in marks:
        last = made[-1] if made else None
        if last and (last.kind, last.author, last.end) == (mark.kind, mark.author, mark.start):
            made[-1] = last._replace(end=mark.end, text=last.text + mark.text)
        else:
            made.append(mark)
    return tuple(made)


def remarks(text: str, marks: Sequence[Mark], said: Sequence[Said]) -> tuple[Remark, ...]:
    """Return the comments on a text; they are numbered from 1 where they have no id of their own.

    The first of a thread is the parent of all its replies.
    """
    shown = _Shown(text, marks)
    read = [heads.read(one.comment) for one in said]
    ids = _ids([head for head, _ in read])
    named = {head.id: id_ for (head, _), id_ in zip(reversed(read), reversed(ids), strict=True)}
    parents = {
        id_: named[head.parent]
        for (head, _), id_ in zip(read, ids, strict=True)
        if head.parent in named and head.parent is not None
    }
    found = []
    for (head, words), id_, one in zip(read, ids, said, strict=True):
        parent = _root(id_, parents)
        about = head.id if head.id and head.id.startswith("C") else None
        made = Remark(id_, head.who, None, words, None, None, parent=parent, done=head.done)
        found.append(shown.placed(made._replace(about=about), one, head.quote))
    return tuple(found)


def _ids(read: Sequence[heads.Head]) -> list[str]:
    """Return an id for each comment, no two the same."""
    taken: set[str] = set()
    found = []
    for number, head in enumerate(read, 1):
        id_ = (head.id or str(number)).removeprefix("#")
        if id_ in taken:
            id_ = f"{id_}*{number}"
        taken.add(id_)
        found.append(id_)
    return found


def _root(id_: str, parents: dict[str, str]) -> str | None:
    """Return the comment that begins the thread of another; none if that begins it itself."""
    seen = {id_}
    root = id_
    while (parent := parents.get(root)) is not None and parent not in seen:
        seen.add(parent)
        root = parent
    return root if root != id_ else None


class _Shown:
    """A text as it would read, and where each place of it came from."""

    def __init__(self, text: str, marks: Sequence[Mark]) -> None:
        self._parts: list[Stretch] = [
            part for part in stretches(text, marks) if part.deleted is None
        ]
        self._starts: list[int] = []
        length = 0
        for part in self._parts:
            self._starts.append(length)
            length += len(part.text)
        self._text = "".join([part.text for part in self._parts])

    def placed(self, remark: Remark, said: Said, quote: str | None) -> Remark:
        """Return a comment on its words; ``quote`` says which, if they are not marked."""
        if said.start is None or said.end is None:
            return remark._replace(quote=quote or "")
        start, end = said.start, said.end
        if quote is not None:
            start = self._before(end, quote) or (end if not quote else start)
        words = self._text[start.shown : end.shown]
        placed = remark._replace(start=start.base, end=end.base, quote=words)
        if not words or start.base != end.base:
            return placed
        first, offset = self._at(start.shown)
        last, _ = self._at(end.shown - 1)
        if first.inserted is None or first.inserted != last.inserted:
            return placed
        return placed._replace(within=first.inserted, offset=first.offset + offset)

    def _before(self, end: Place, words: str) -> Place | None:
        """Return where words begin that stand right before a place; none if others do."""
        start = end.shown - len(words)
        if not words or start < 0 or self._text[start : end.shown] != words:
            return None
        part, inner = self._at(start)
        return Place(part.start + (inner if part.inserted is None else 0), start)

    def _at(self, place: int) -> tuple[Stretch, int]:
        """Return the stretch that a place is in, and where in it."""
        number = bisect_right(self._starts, place) - 1
        return self._parts[number], place - self._starts[number]
