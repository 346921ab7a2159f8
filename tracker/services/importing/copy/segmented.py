"""The lines of an edited copy: stored lines where they stand in it, the rest as it was split.

How a stored text was split may have been mended by hand, or be of another unit. So the lines that
are known are found in the raw text first, and only what stands between them is split anew.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.record import LineKind
from tracker.services.anchors import is_within_a_word
from tracker.services.joints import written
from tracker.services.lines import Line
from tracker.text import unchanged

# A passage this long is not in a text by chance; a shorter one must stand where it is looked for.
_LONG = 12


_LINE_END = re.compile(r"\r\n|\r|\n")


class _Span(NamedTuple):
    """A line in the raw text, in code points, with what kind of line it is."""

    start: int
    end: int
    kind: LineKind
    level: int | None


def segmented(draft: Draft, stored: Sequence[Line]) -> Draft:
    """Return the draft with its lines cut where the stored lines stand in its text."""
    text = draft.text
    own = list(_spans_of(draft))
    known = list(_apart(_known(text, own, stored)))
    spans = sorted([*known, *_rest(text, own, known)])
    lines: list[DraftLine] = []
    position = 0
    for start, end, kind, level in spans:
        lines.append(DraftLine(text[position:start], text[start:end], kind, level))
        position = end
    return replace(draft, lines=tuple(lines), trail=text[position:])


def in_line_ends(draft: Draft, end: str) -> Draft:
    """Return the draft with its lines ending so."""
    lines = tuple(
        line._replace(lead=_LINE_END.sub(end, line.lead), text=_LINE_END.sub(end, line.text))
        for line in draft.lines
    )
    return replace(draft, lines=lines, trail=_LINE_END.sub(end, draft.trail))


def _apart(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Yield spans that do not overlap: of two that do, the first."""
    end = 0
    for span in sorted(spans):
        if span.start >= end:
            yield span
            end = span.end


def _spans_of(draft: Draft) -> Iterator[_Span]:
    position = 0
    for line in draft.lines:
        start = position + len(line.lead)
        position = start + len(line.text)
        yield _Span(start, position, line.kind, line.level)


def _known(text: str, own: Sequence[_Span], stored: Sequence[Line]) -> Iterator[_Span]:
    """Yield where stored lines stand in the raw text, word for word."""
    kinds = {(span.start, span.end): span for span in own}
    found = _by_rows(text, stored)
    taken = sorted(found.values())
    for number, place in _between(text, stored, found, taken):
        found[number] = place
    for number, (start, end) in found.items():
        line = stored[number]
        told = kinds.get((start, end))
        # What kind of line it is, the copy says; of one that it splits otherwise, the store does.
        kind = told.kind if told else line.kind
        level = told.level if told else line.level
        yield _Span(start, end, kind, level)  # type: ignore[arg-type]  # the table takes no other


def _by_rows(text: str, stored: Sequence[Line]) -> dict[int, tuple[int, int]]:
    """Return where the lines stand whose rows stand unchanged in the text, by their places."""
    running, spans = written(stored)
    old, new = running.splitlines(keepends=True), text.splitlines(keepends=True)
    old_starts = [0, *accumulate(map(len, old))]
    new_starts = [0, *accumulate(map(len, new))]
    shifts = {i: new_starts[j] - old_starts[i] for i, j in unchanged(old, new)}
    found: dict[int, tuple[int, int]] = {}
    for number, (start, end) in enumerate(spans):
        rows = range(bisect_right(old_starts, start) - 1, bisect_left(old_starts, end))
        moves = {shifts.get(row) for row in rows}
        if len(moves) == 1 and (shift := moves.pop()) is not None:
            found[number] = (start + shift, end + shift)
    return found


def _between(
    text: str,
    stored: Sequence[Line],
    found: dict[int, tuple[int, int]],
    taken: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield further lines that stand in order between the lines around them."""
    last: tuple[int, int] | None = None
    position = 0
    for number, line in enumerate(stored):
        if number in found:
            last = found[number]
            position = last[1]
            continue
        at = bisect_left(taken, (position, position))
        end = taken[at][0] if at < len(taken) else len(text)
        start = text.find(line.text, position, end)
        if start < 0 or not _stands(text, start, start + len(line.text)):
            continue
        between = text[position:start]
        if len(line.text) >= _LONG or not any(c.isalnum() for c in between):
            position = start + len(line.text)
            yield number, (start, position)


def _stands(text: str, start: int, end: int) -> bool:
    """Return whether a passage begins and ends where words do."""
    return not (is_within_a_word(text, start) or is_within_a_word(text, end))


def _rest(text: str, own: Sequence[_Span], known: Sequence[_Span]) -> Iterator[_Span]:
    """Yield the draft's own lines, and of those that hold known ones, what is left of them."""
    taken = sorted(known)
    starts = [span.start for span in taken]
    for span in own:
        position = span.start
        at = max(0, bisect_right(starts, span.start) - 1)
        while at < len(taken) and taken[at].start < span.end:
            if taken[at].end > position:
                yield from _piece(text, span, position, taken[at].start)
                position = max(position, taken[at].end)
            at += 1
        yield from _piece(text, span, position, span.end)


def _piece(text: str, span: _Span, start: int, end: int) -> Iterator[_Span]:
    """Yield what stands between two places, without the white space around it."""
    piece = text[start:end]
    if piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield span._replace(start=first, end=end - len(piece) + len(piece.rstrip()))
