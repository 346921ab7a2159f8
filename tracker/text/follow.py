"""Where flagged words stand after a change, or that they are gone."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from tracker.text.diff import Diff, Op
from tracker.text.graphemes import clusters, snap

# Two or more kana or kanji; a voicing mark on its own would belong to the sign before it.
_SPACELESS = re.compile("[\u3005-\u3098\u309b-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")


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
    # A space may carry a combining mark, and is then no space to leave out.
    new_start, new_end = snap(diff.new, new_start, new_end)
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
    for op in finer(diff.ops):
        was = op.old
        first = max(start, old_position)
        last = min(end, old_position + len(was))
        if op.kind == "equal" and first < last:
            left, right = (_respelled(op, edge - old_position) for edge in (first, last))
            parts.append(_Part(first, last, position + left, op.text[left:right]))
        old_position += len(was)
        position += len(op.new)
    return parts


def finer(ops: Sequence[Op]) -> Iterator[Op]:
    """Yield the ops, those that replace a run of Japanese by more or less of it taken apart.

    A redline replaces such a run whole, since no spaces tell its words: 制裁 by 経済制裁. The
    flagged 制裁 stands all the same. Only where one of the two holds the other whole, and once, is
    that sure: 中国 does not stand in 中東.
    """
    waiting: Op | None = None
    for op in ops:
        if waiting is not None and op.kind == "insert":
            yield from _apart(waiting, op)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = op if op.kind == "delete" else None
        if waiting is None:
            yield op
    if waiting is not None:
        yield waiting


def _apart(deleted: Op, inserted: Op) -> Iterator[Op]:
    core = min(deleted.text, inserted.text, key=len).strip()
    held = all(_holds_once(op.text, core) for op in (deleted, inserted))
    if not (held and _SPACELESS.fullmatch(core)):
        yield deleted
        yield inserted
        return
    old_before, _, old_after = deleted.text.partition(core)
    new_before, _, new_after = inserted.text.partition(core)
    yield Op("delete", old_before)
    yield Op("insert", new_before)
    yield Op("equal", core)
    yield Op("delete", old_after)
    yield Op("insert", new_after)


def _holds_once(text: str, core: str) -> bool:
    """Return whether a text has a passage once, in whole graphemes."""
    at = text.find(core)
    end = at + len(core)
    return at >= 0 and text.find(core, at + 1) < 0 and snap(text, at, end) == (at, end)


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
