"""Tracked changes: what leads from one running text to a later one, as edits in a flat text.

A *flat* text is a running text as a program for documents keeps it: paragraphs with ``PARAGRAPH``
between two, and no markup. Lines that were split, merged or reworded are compared word by word with
what they came from; lines that went, came or moved go and come whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Block, BlockKind
from tracker.exchange.outgoing import Edit
from tracker.services import joints
from tracker.services.comparing import Lineage, compare, space_between
from tracker.services.lines import Line
from tracker.text import diff


class Flat(NamedTuple):
    """A running text in one string: its lines in order, and from where to before where each is."""

    text: str
    lines: tuple[Line, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, line: int) -> tuple[int, int] | None:
        """Return where a line stands, by its id; none if it does not."""
        found = (span for each, span in zip(self.lines, self.spans, strict=True) if each.id == line)
        return next(found, None)


class Author(NamedTuple):
    """Who made a change, and when (as :class:`Edit` has it)."""

    name: str
    date: str | None = None


class Piece(NamedTuple):
    """Some words of the later text: as they stand at ``at`` of the earlier one, or in an edit."""

    start: int
    end: int
    at: int
    edit: int | None = None


class Tracked(NamedTuple):
    """The edits that lead to the later text, and where its words are in the earlier one."""

    edits: tuple[Edit, ...]
    pieces: tuple[Piece, ...]


def flat(lines: Sequence[Line], like: Flat | None = None) -> Flat:
    """Return a running text as a flat one; what stands between two lines stays ``like`` it was."""
    known = {} if like is None else _between(like)
    joined = {} if like is None else {line.id: line.block for line in like.lines}
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    before: Line | None = None
    for line in lines:
        between = known.get((before.id if before else None, line.id))
        if between is None or joined[line.id] != line.block:
            between = _separator(line, before)
        start = position + len(between)
        position = start + len(line.text)
        parts += [between, _in_one_row(line.text)]
        spans.append((start, position))
        before = line
    end = known.get((before.id if before else None, None), "")
    return Flat("".join([*parts, end]), tuple(lines), tuple(spans))


def blocks(text: Flat) -> Iterator[Block]:
    """Yield the paragraphs of a flat text, each as its first line is."""
    position = 0
    starts = [start for start, _ in text.spans]
    for part in text.text.split(PARAGRAPH):
        end = position + len(part)
        first = next((n for n, start in enumerate(starts) if position <= start <= end), None)
        line = None if first is None else text.lines[first]
        yield Block(position, end, *_looks(line))
        position = end + 1


def tracked(
    base: Flat,
    target: Flat,
    family: Lineage,
    author: Callable[[Sequence[int]], Author | None],
) -> Tracked:
    """Return the edits from one text to another.

    ``author`` says who changed some lines, by their ids: of none where only what stands between two
    lines is another; it returns none for an edit that is not to be tracked.
    """
    found = _Edits(base, target, author)
    at = to = 0
    for old, new, lines in _regions(base, target, family):
        found.whole((at, old[0]), (to, new[0]))
        found.words(old, new, lines)
        at, to = old[1], new[1]
    found.whole((at, len(base.text)), (to, len(target.text)))
    return Tracked(tuple(found.edits), tuple(found.pieces))


_Span = tuple[int, int]


def _regions(base: Flat, target: Flat, family: Lineage) -> Iterator[tuple[_Span, _Span, list[int]]]:
    """Yield the passages that stayed in their places, in order, with the lines that are in them."""
    old_places = {line.id: n for n, line in enumerate(base.lines)}
    new_places = {line.id: n for n, line in enumerate(target.lines)}
    at = to = -1
    for compared in compare(base.lines, target.lines, family):
        old = [old_places[line.id] for line in compared.old]
        new = [new_places[line.id] for line in compared.new]
        if not old or not new or "moved" in compared.kinds:
            continue
        if not (_is_run(old) and _is_run(new) and old[0] > at and new[0] > to):
            continue
        at, to = old[-1], new[-1]
        ids = list({line.id: None for line in (*compared.old, *compared.new)})
        yield (
            (base.spans[old[0]][0], base.spans[at][1]),
            (target.spans[new[0]][0], target.spans[to][1]),
            ids,
        )


def _is_run(places: Sequence[int]) -> bool:
    return all(two == one + 1 for one, two in pairwise(places))


class _Edits:
    """Edits in the making."""

    def __init__(
        self, base: Flat, target: Flat, author: Callable[[Sequence[int]], Author | None]
    ) -> None:
        self._base, self._target, self._author = base, target, author
        self.edits: list[Edit] = []
        self.pieces: list[Piece] = []

    def words(self, old: _Span, new: _Span, lines: Sequence[int]) -> None:
        """Compare a passage word by word."""
        was, becomes = self._base.text[slice(*old)], self._target.text[slice(*new)]
        at, to = old[0], new[0]
        deleted = 0
        who = self._author(lines) if was != becomes else None
        inserted = ""
        for op in diff(was, becomes).ops if was != becomes else ():
            if op.kind == "equal":
                self._edit(at, at + deleted, to, inserted, who)
                at, to = at + deleted, to + len(inserted)
                deleted, inserted = 0, ""
                self._equal(at, to, len(op.text))
                at, to = at + len(op.text), to + len(op.text)
            else:
                deleted += len(op.old)
                inserted += op.new
        self._edit(at, at + deleted, to, inserted, who)
        if was == becomes:
            self._equal(at, to, len(was))

    def whole(self, old: _Span, new: _Span) -> None:
        """Take out what stood between two passages, and put in what stands there."""
        was, becomes = self._base.text[slice(*old)], self._target.text[slice(*new)]
        if was == becomes:
            self._equal(old[0], new[0], len(was))
            return
        first, rest = _same_ends(was, becomes)
        at, end = old[0] + first, old[1] - rest
        to, stop = new[0] + first, new[1] - rest
        self._equal(old[0], new[0], first)
        gone = _within(self._base, at, end)
        come = [
            (start, last, self._author([line])) for start, last, line in self._lines_in(to, stop)
        ]
        who = self._author(gone) if gone else (come[0][2] if come else self._author([]))
        if not come:
            self._edit(at, end, to, self._target.text[to:stop], who)
        elif end > at and come[0][2] != who:
            self._edit(at, end, to, "", who)
            at = end
        for start, last, by in come:
            self._edit(at, end, start, self._target.text[start:last], by)
            at = end
        self._equal(end, stop, rest)

    def _lines_in(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield the lines of the later text in a stretch of it: from where, to where, which."""
        inside = [n for n, span in enumerate(self._target.spans) if start <= span[1] - 1 < end]
        for n in inside:
            first = start if n == inside[0] else self._target.spans[n - 1][1]
            last = end if n == inside[-1] else self._target.spans[n][1]
            yield first, last, self._target.lines[n].id

    def _edit(self, start: int, end: int, to: int, text: str, who: Author | None) -> None:
        if start == end and not text:
            return
        name, date = who or (None, None)
        self.pieces.append(Piece(to, to + len(text), start, len(self.edits)))
        self.edits.append(Edit(start, end, text, name, date))

    def _equal(self, at: int, to: int, length: int) -> None:
        if length:
            self.pieces.append(Piece(to, to + length, at))


def _same_ends(was: str, becomes: str) -> tuple[int, int]:
    """Return how much white space two stretches begin and end with alike.

    What is new is put behind the paragraph before, whose look it takes; what goes takes its own end
    along.
    """
    if was.strip():
        first = _same(was, becomes)
        return first, _same(was[first:][::-1], becomes[first:][::-1])
    rest = _same(was[::-1], becomes[::-1])
    return _same(was[: len(was) - rest], becomes[: len(becomes) - rest]), rest


def _same(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next(
        (n for n, (a, b) in enumerate(pairs) if a != b or not a.isspace()),
        min(len(one), len(other)),
    )


def _within(text: Flat, start: int, end: int) -> list[int]:
    spans = zip(text.lines, text.spans, strict=True)
    return [line.id for line, span in spans if start <= span[0] and span[1] <= end]


def _between(text: Flat) -> Mapping[tuple[int | None, int | None], str]:
    """Return what stands between two lines, by their ids; none stands for either end."""
    ids = [None, *(line.id for line in text.lines), None]
    edges = [0, *(place for span in text.spans for place in span), len(text.text)]
    gaps = [text.text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
    return {(ids[n], ids[n + 1]): gap for n, gap in enumerate(gaps)}


def _separator(line: Line, before: Line | None) -> str:
    if before is None:
        return ""
    lead = joints.lead(line, before, "\n")
    if line.block == "inline":
        return space_between(before.text, line.text) if not lead.strip() and "\n" in lead else lead
    if line.block == "line" and not line.markup.strip() and not before.markup.strip():
        return "\n"
    return PARAGRAPH


def _in_one_row(text: str) -> str:
    """Return a text without the breaks of the file it came from, of the same length."""
    return text.replace("\n", " ")


def _looks(line: Line | None) -> tuple[BlockKind, int | None, str | None]:
    """Return how a paragraph looks that begins with a line: kind, level, and how an item begins."""
    if line is None:
        return "paragraph", None, None
    if line.kind == "heading":
        return "heading", line.level or 1, None
    markup = line.markup.strip()
    if markup:
        return "item", 1 + len(line.markup[: line.markup.index(markup)]) // 2, markup
    return "paragraph", None, None
