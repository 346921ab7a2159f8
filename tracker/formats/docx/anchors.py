"""Where the marks of comments and of lines stand: between which runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.formats.docx.ours import TRACE
from tracker.formats.docx.runs import lifted, split_run
from tracker.formats.docx.story import Piece, Story
from tracker.formats.docx.tracking import cut

_FARTHEST = 64
"""Pieces that are looked at for words inserted at the end of a range."""
Spot = tuple[int, int]
"""A place between pieces: the number of a paragraph, and that of the run before which it is."""


class Range(NamedTuple):
    """What a pair of marks is around: untouched words, or some of those of an insertion.

    ``trace`` tells the insertion; ``start`` is then a place in its words, and the range is as long
    as ``quote``. Else this says whether words that were inserted at the ends are in the range. If
    it is none, or of other words, only such are as replace the last words of the range.
    """

    start: int
    end: int
    quote: str | None = None
    trace: str | None = None


class Placed(NamedTuple):
    """Marks to be put around a range: ``rank`` orders such as begin at one place."""

    range: Range
    before: etree._Element
    after: tuple[etree._Element, ...]


def place(found: Story, marks: list[Placed]) -> None:
    """Put marks around their ranges, in their order where they meet."""
    traced = _traced(found, {mark.range.trace for mark in marks} - {None})
    for mark in marks:
        _cut_at_ends(found, mark.range, traced)
    traced = _traced(found, {mark.range.trace for mark in marks} - {None})
    befores: dict[Spot, list[etree._Element]] = {}
    afters: dict[Spot, list[etree._Element]] = {}
    for mark in marks:
        start, end = _spots(found, mark.range, traced)
        if start >= end:
            befores.setdefault(start, []).extend((mark.before, *mark.after))
        else:
            befores.setdefault(start, []).append(mark.before)
            afters.setdefault(end, []).extend(mark.after)
    for spot in {**befores, **afters}:
        _put(found, spot, [*afters.get(spot, ()), *befores.get(spot, ())])


Traced = dict[str | None, list[tuple[int, Piece]]]


def _traced(found: Story, traces: set[str | None]) -> Traced:
    """Return the pieces of some insertions, each with the number of its paragraph."""
    pieces: Traced = {trace: [] for trace in traces}
    if traces:
        for number, para in enumerate(found.paras):
            for piece in (*para.runs, para.mark):
                trace = None if piece.ins is None else piece.ins.get(TRACE)
                if trace is not None and trace in pieces:
                    pieces[trace].append((number, piece))
    return pieces


def _cut_at_ends(found: Story, wanted: Range, traced: Traced) -> None:
    if wanted.trace is None:
        cut(found, wanted.start)
        cut(found, wanted.end)
        return
    pieces = traced[wanted.trace]
    _cut_inserted(found, pieces, wanted.start)
    # The words of the quote are those that are seen: of what was deleted again, none is.
    end, left = 0, len(wanted.quote or "")
    for _, piece in pieces:
        if end >= wanted.start and left > 0:
            here = len(piece.text) if piece.cut is not None else min(left, len(piece.text))
            left -= 0 if piece.cut is not None else here
            end += here
        elif end < wanted.start:
            end += len(piece.text)
    _cut_inserted(found, pieces, end)


def _cut_inserted(found: Story, pieces: list[tuple[int, Piece]], at: int) -> None:
    for place, (number, piece) in enumerate(pieces):
        if 0 < at < len(piece.text):
            rest = split_run(piece, at)
            runs = found.paras[number].runs
            runs.insert(runs.index(piece) + 1, rest)
            pieces.insert(place + 1, (number, rest))
            return
        at -= len(piece.text)


def _spots(found: Story, wanted: Range, traced: Traced) -> tuple[Spot, Spot]:
    """Return where a range begins and ends."""
    if wanted.trace is not None:
        return _spots_inserted(found, wanted, traced[wanted.trace])
    start = _before(found, wanted.start)
    end = start if wanted.end <= wanted.start else _behind(found, wanted.end)
    lefts = list(_outwards(found, start, _back))
    rights = list(_outwards(found, end, _forth))
    if wanted.quote is not None and len(lefts) + len(rights) > 2:
        core = "".join([_seen(piece) for piece in _between(found, start, end)])
        for left, before in lefts:
            for right, behind in rights:
                if before[::-1] + core + behind == wanted.quote:
                    return left, right
    return start, _with_replacement(found, start, end)


def _with_replacement(found: Story, start: Spot, end: Spot) -> Spot:
    """Return the end of a range, or that of what replaces its last words.

    Word drops a comment all of whose words are accepted to be deleted.
    """
    last: Piece | None = None
    spot = end
    while spot > start and (last is None or not last.text):
        spot, last = _back(found, spot) or (start, None)
    if last is None or last.cut is None:
        return end
    trace = None
    spot = end
    while (found_next := _forth(found, spot)) is not None and found_next[0][0] == end[0]:
        spot, piece = found_next
        if piece.text and (piece.ins is None or trace not in (None, piece.ins.get(TRACE))):
            break
        if piece.ins is not None and piece.text:
            trace, end = piece.ins.get(TRACE), spot
    return end


def _spots_inserted(
    found: Story, wanted: Range, pieces: list[tuple[int, Piece]]
) -> tuple[Spot, Spot]:
    """Return where words of an insertion begin and end: as many as the quote has are seen."""
    if not pieces:
        return _spots(found, Range(0, 0), {})
    at, seen = 0, 0
    first: Spot | None = None
    last: Spot | None = None
    for number, piece in pieces:
        spot = _spot_of(found, number, piece)
        if first is None and wanted.start < at + len(piece.text):
            first = last = spot
        at += len(piece.text)
        if first is not None and seen < len(wanted.quote or ""):
            seen += len(_seen(piece))
            last = (number, spot[1] + 1) if piece.text != PARAGRAPH else (number + 1, 0)
    if first is None or last is None:
        number, piece = pieces[-1]
        spot = _spot_of(found, number, piece)
        first = last = (number, spot[1] + 1) if piece.text != PARAGRAPH else spot
    return first, last


def _spot_of(found: Story, number: int, piece: Piece) -> Spot:
    runs = found.paras[number].runs
    return number, runs.index(piece) if piece.text != PARAGRAPH else len(runs)


def _before(found: Story, place: int) -> Spot:
    """Return the spot right before the untouched words that begin at a place."""
    number = found.at(place)
    runs = found.paras[number].runs
    for at, piece in enumerate(runs):
        if piece.ins is None and piece.end > place:
            return number, at
    return number, len(runs)


def _behind(found: Story, place: int) -> Spot:
    """Return the spot right behind the untouched words that end at a place."""
    number = found.at(place - 1)
    runs = found.paras[number].runs
    for at in range(len(runs) - 1, -1, -1):
        if runs[at].ins is None and runs[at].text and runs[at].end == place:
            return number, at + 1
    if number + 1 < len(found.paras):
        return number + 1, 0
    return number, len(runs)


def _outwards(
    found: Story, spot: Spot, step: Callable[[Story, Spot], tuple[Spot, Piece] | None]
) -> Iterator[tuple[Spot, str]]:
    """Yield a spot and those beyond words that were inserted there, with what stands between."""
    said = ""
    yield spot, said
    for _ in range(_FARTHEST):
        found_next = step(found, spot)
        if found_next is None:
            return
        spot, piece = found_next
        if piece.text and piece.ins is None:
            return
        said += _seen(piece)[:: -1 if step is _back else 1]
        yield spot, said


def _back(found: Story, spot: Spot) -> tuple[Spot, Piece] | None:
    number, at = spot
    if at > 0:
        return (number, at - 1), found.paras[number].runs[at - 1]
    if number > 0:
        para = found.paras[number - 1]
        return (number - 1, len(para.runs)), para.mark
    return None


def _forth(found: Story, spot: Spot) -> tuple[Spot, Piece] | None:
    number, at = spot
    runs = found.paras[number].runs
    if at < len(runs):
        return (number, at + 1), runs[at]
    if number + 1 < len(found.paras):
        return (number + 1, 0), found.paras[number].mark
    return None


def _between(found: Story, start: Spot, end: Spot) -> Iterator[Piece]:
    spot = start
    while spot < end and (found_next := _forth(found, spot)) is not None:
        spot, piece = found_next
        yield piece


def _seen(piece: Piece) -> str:
    return "" if piece.cut is not None else piece.text


def _put(found: Story, spot: Spot, elements: list[etree._Element]) -> None:
    number, at = spot
    para = found.paras[number]
    if at >= len(para.runs):
        para.element.extend(elements)
        return
    node = lifted(para.runs[at].element)
    for each in elements:
        node.addprevious(each)
