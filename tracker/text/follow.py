"""Where flagged words stand after a change, or that they are gone."""

from typing import Literal, NamedTuple

from tracker.text.diff import Diff, Op
from tracker.text.graphemes import clusters, snap


class Carried(NamedTuple):
    """Where words stand now, in code points, half open: all of them (exact), or most (partial)."""

    start: int
    end: int
    state: Literal["exact", "partial"]


class _Part(NamedTuple):
    """A part of the span that stands: where it was, where it is, and its words."""

    old_start: int
    old_end: int
    start: int
    text: str


def follow(span: tuple[int, int], diff: Diff) -> Carried | None:
    """Carry a span of the old text of a diff to the new one; None if most of its words are gone.

    Offsets are code points, half open, widened to whole graphemes. The result covers what stands of
    the span and what was written in between; what was written at its edges is outside. It is exact
    if all the words stand and partial if at least half do, by their code points without white
    space. ValueError if the span is empty or not in the old text.
    """
    old = diff.old
    if not 0 <= span[0] < span[1] <= len(old):
        raise ValueError(f"no span from {span[0]} to {span[1]} in a text of {len(old)} code points")
    start, end = snap(old, *span)
    if old[start:end].isspace():
        return _follow_space(start, end, diff)
    parts = [part for part in _standing(start, end, diff) if not part.text.isspace()]
    total = _weight(old[start:end])
    standing = sum(_weight(old[part.old_start : part.old_end]) for part in parts)
    if standing * 2 < total:
        return None
    new_start = parts[0].start
    new_end = parts[-1].start + len(parts[-1].text)
    # The space next to lost words was between words; now it would be an edge.
    if parts[0].old_start > start:
        new_start += len(parts[0].text) - len(parts[0].text.lstrip())
    if parts[-1].old_end < end:
        new_end -= len(parts[-1].text) - len(parts[-1].text.rstrip())
    return Carried(new_start, new_end, "exact" if standing == total else "partial")


def _follow_space(start: int, end: int, diff: Diff) -> Carried | None:
    """Carry a span without words: it stands whole or not at all."""
    parts = _standing(start, end, diff)
    if sum(part.old_end - part.old_start for part in parts) < end - start:
        return None
    return Carried(parts[0].start, parts[-1].start + len(parts[-1].text), "exact")


def _weight(text: str) -> int:
    """Count the code points that are not white space."""
    return len("".join(text.split()))


def _standing(start: int, end: int, diff: Diff) -> list[_Part]:
    """Return the parts of a span of the old text that the new text has too."""
    parts: list[_Part] = []
    old_position = position = 0
    for op in diff.ops:
        was = op.old
        first = max(start, old_position)
        last = min(end, old_position + len(was))
        if op.kind == "equal" and first < last:
            left, right = (_respelled(op, edge - old_position) for edge in (first, last))
            parts.append(_Part(first, last, position + left, op.text[left:right]))
        old_position += len(was)
        position += len(op.new)
    return parts


def _respelled(op: Op, offset: int) -> int:
    """Return where in the new spelling of an equal passage an offset into the old one is.

    The spellings have the same graphemes, though not the same code points.
    """
    if op.was is None:
        return offset
    new_offset = old_offset = 0
    for was, text in zip(clusters(op.was), clusters(op.text), strict=False):
        if old_offset >= offset:
            break
        old_offset += len(was)
        new_offset += len(text)
    return new_offset
