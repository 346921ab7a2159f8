"""Carrying the comments on a text to its next wording: their words are followed, never searched."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists

from tracker.services.anchors import current, follow_flagged, standing
from tracker.services.paging import batches
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT
from tracker.text import Diff, diff

_anchor = tables.anchor
_GONE = {"start": None, "stop": None, "state": "orphaned"}
# Stands between the lines of a split or a merge; a space like any other.
_JOINT = "\n"
_Row = Mapping[str, Any]


class Carried(NamedTuple):
    """What became of a comment's anchor when its line got a new version."""

    comment: str
    state: str
    quote: str | None


class Part(NamedTuple):
    """A line with one of its wordings."""

    line: int
    wording: int
    text: str


class Moved(NamedTuple):
    """Lines and what they became: one for one; several by a split or a merge; none: deleted."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]


def carry(entry: Entry, snapshot: Snapshot, language: str, moved: Sequence[Moved]) -> list[Carried]:
    """Carry the anchors on lines to what they became; return what is to be told of them.

    Words that are partly gone stay anchored to what stands; words that are gone are orphaned, and
    stay so: an orphan is never put back by guessing. Anchors on a line's words in another language
    are not touched.
    """
    told: list[Carried] = []
    for own, rows, becomes, passages in _carried(snapshot, language, moved):
        entry.supersede_all(_anchor, own)
        entry.insert_many(
            _anchor,
            [
                {**row, **become, "number": row["number"] + 1}
                for row, become in zip(rows, becomes, strict=True)
            ],
        )
        told += _told(rows, becomes, passages)
    return told


def followed(snapshot: Snapshot, language: str, moved: Sequence[Moved]) -> list[Carried]:
    """Return what :func:`carry` would tell; nothing is stored."""
    return [
        each
        for _, rows, becomes, passages in _carried(snapshot, language, moved)
        for each in _told(rows, becomes, passages)
    ]


def _carried(
    snapshot: Snapshot, language: str, moved: Sequence[Moved]
) -> Iterator[tuple[ColumnElement[bool], list[_Row], list[dict[str, Any]], dict[int, Moved]]]:
    """Yield the anchors on some of the lines and what they become, with their condition."""
    passages = {part.line: each for each in moved for part in each.old}
    diffs: dict[int, Diff] = {}
    for lines in batches(list(passages)):
        own = and_(_of_language(snapshot.document, language), _anchor.c.line.in_(lines))
        rows = current(snapshot.connection, own)
        if rows:
            becomes = [_becomes(row, passages[row["line"]], diffs) for row in rows]
            yield own, rows, becomes, passages


def _becomes(row: _Row, moved: Moved, diffs: dict[int, Diff]) -> dict[str, Any]:
    """Return what changes of an anchor."""
    if not moved.new:
        return dict(_GONE)
    first = moved.new[0]
    here = {"line": first.line, "wording": first.wording}
    if row["state"] == "orphaned":
        return here
    place = next(at for at, part in enumerate(moved.old) if part.line == row["line"])
    span, quote = (row["start"], row["stop"]), row["quote"]
    if id(moved) not in diffs:
        diffs[id(moved)] = diff(_joined(moved.old), _joined(moved.new))
    changed = diffs[id(moved)]
    if row["scope"] != "words":
        if len(moved.old) == 1 or row["scope"] != "line":
            part = moved.new[-1] if row["scope"] == "gap" else _most(moved.new, changed)
            return {"line": part.line, "wording": part.wording}
        # In a merged line, the whole of a line that went into it is only some of the words.
        span, quote = (0, len(moved.old[place].text)), moved.old[place].text
    offset = len(_joined(moved.old[:place])) + (len(_JOINT) if place else 0)
    found = follow_flagged((span[0] + offset, span[1] + offset), quote, changed)
    if found is None:
        return {**here, **_GONE, "scope": "words", "quote": quote}
    part, start, end, is_whole = _in_one(moved.new, found.start, found.end)
    states = (row["state"], found.state, "exact" if is_whole else "partial")
    return {
        "line": part.line,
        **standing(part.wording, part.text, (start, end)),
        # The words that were flagged stay on the record as they were.
        "quote": quote,
        "state": "partial" if "partial" in states else "exact",
    }


def _most(parts: Sequence[Part], changed: Diff) -> Part:
    """Return the line in which most letters of the old ones stand; of equal ones the first."""
    if len(parts) == 1:
        return parts[0]
    ends = list(accumulate(len(part.text) + len(_JOINT) for part in parts))
    letters = [0] * len(parts)
    position = 0
    for op in changed.ops:
        end = position + len(op.new)
        while op.kind == "equal" and position < end:
            at = min(bisect_right(ends, position), len(parts) - 1)
            stop = min(end, ends[at]) if at < len(parts) - 1 else end
            letters[at] += len("".join(changed.new[position:stop].split()))
            position = stop
        position = end
    return parts[letters.index(max(letters))]


def _joined(parts: Sequence[Part]) -> str:
    return _JOINT.join(part.text for part in parts)


def _in_one(parts: Sequence[Part], start: int, end: int) -> tuple[Part, int, int, bool]:
    """Return the line that has most of a span of the joined ones, its part, and if that is all."""
    found: list[tuple[int, Part, int, int]] = []
    offset = 0
    for part in parts:
        first = min(max(start - offset, 0), len(part.text))
        last = max(first, min(end - offset, len(part.text)))
        words = part.text[first:last]
        if words.strip():
            first += len(words) - len(words.lstrip())
            last -= len(words) - len(words.rstrip())
            found.append((len("".join(words.split())), part, first, last))
        offset += len(part.text) + len(_JOINT)
    if not found:
        # White space alone was flagged.
        last_part = parts[-1]
        return last_part, min(start, len(last_part.text) - 1), min(end, len(last_part.text)), False
    _, part, first, last = max(found, key=lambda each: each[0])
    if len(parts) == 1:
        return part, start, end, True
    return part, first, last, len(found) == 1


def _of_language(document: int, language: str) -> ColumnElement[bool]:
    """Return the condition for the anchors that stand on words of one language."""
    wording = tables.wording
    of_language = exists().where(
        wording.c.document == _anchor.c.document,
        wording.c.id == _anchor.c.wording,
        wording.c.language == language,
    )
    stands = and_(_anchor.c.until == CURRENT, _anchor.c.state != "removed")
    return and_(_anchor.c.document == document, stands, of_language)


def _told(
    rows: Sequence[_Row], becomes: Sequence[_Row], passages: Mapping[int, Moved]
) -> Iterator[Carried]:
    """Yield what became of anchors; of words that were gone before there is nothing to tell."""
    for row, become in zip(rows, becomes, strict=True):
        quote = become.get("quote", row["quote"])
        is_told = quote is not None or not passages[row["line"]].new
        if row["state"] != "orphaned" and is_told:
            yield Carried(f"C{row['comment']}", become.get("state", row["state"]), quote)
