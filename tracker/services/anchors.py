"""Anchors: tying a comment to words, and following these to the next wording of their line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select

from tracker.errors import BadInput, UsageError
from tracker.services.lines import Line
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT
from tracker.text import Carried as Followed
from tracker.text import Diff, follow, nearest, occurrences, quote_at
from tracker.text.matching import match
from tracker.text.words import composed, tokens

_anchor = tables.anchor


@dataclass(frozen=True, slots=True)
class Flag:
    """The words a comment flags, and which of their places is meant (from 1) if it has several."""

    words: str
    occurrence: int | None = None


def place(flag: Flag, line: Line) -> tuple[int, int]:
    """Return where the flagged words stand in a line, in code points.

    Straight and curly quotes, and white space of any kind, match alike. Raises BadInput if the
    words are not there, UsageError if they stand there several times and none is chosen.
    """
    if not flag.words.strip():
        raise BadInput("the flagged words are empty", "leave out --on to flag the whole line")
    found = occurrences(flag.words.strip(), line.text)
    # “liberal” is flagged where it is a word, not within “illiberal”, unless it is nowhere else.
    places = [place for place in found if _is_whole(line.text, *place)] or found
    if not places:
        raise BadInput(
            f"line {line.label} does not hold the words {flag.words!r}", _suggestion(flag, line)
        )
    if flag.occurrence is None and len(places) > 1:
        listed = "\n".join(
            f"  {number}: {_around(line.text, *place)}" for number, place in enumerate(places, 1)
        )
        raise UsageError(
            f"line {line.label} holds the words {flag.words!r} {len(places)} times:\n{listed}",
            "say which with --occurrence N, or quote more of the words around them",
        )
    chosen = 1 if flag.occurrence is None else flag.occurrence
    if not 1 <= chosen <= len(places):
        raise BadInput(
            f"line {line.label} holds the words {flag.words!r} {len(places)} times, not {chosen}",
            f"give --occurrence a number from 1 to {len(places)}",
        )
    return places[chosen - 1]


def _is_whole(text: str, start: int, stop: int) -> bool:
    return not (is_within_a_word(text, start) or is_within_a_word(text, stop))


def is_within_a_word(text: str, place: int) -> bool:
    """Say whether a place is within a word. Japanese does not mark words, so none is there."""
    around = text[place - 1 : place + 1] if place else ""
    return len(around) == 2 and around.isalnum() and max(around) < "\u2e80"


def _suggestion(flag: Flag, line: Line) -> str:
    near = nearest(flag.words, line.text)
    if near is None:
        return f"tracker show {line.label} shows the line"
    return f"the nearest passage is: {line.text[near[0] : near[1]]}"


def _around(text: str, start: int, stop: int) -> str:
    before, after = text[max(0, start - 24) : start], text[stop : stop + 24]
    return f"…{before}[{text[start:stop]}]{after}…".replace("\n", " ")


def store_anchor(
    entry: Entry,
    document: int,
    comment: int,
    ordinal: int,
    line: Line,
    flag: Flag | None,
    scope: str = "line",
) -> None:
    """Tie a comment to the flagged words of a line, or to the whole line.

    Without words, ``scope`` may also be its ``section`` (of a heading), or the ``gap`` after it.
    """
    stands = standing(line.wording, line.text, place(flag, line) if flag else None)
    entry.append(
        _anchor,
        {"document": document, "comment": comment, "ordinal": ordinal},
        line=line.id,
        state="exact",
        inherited=0,
        **(stands if flag else {**stands, "scope": scope}),
    )


def standing(wording: int, text: str, span: tuple[int, int] | None) -> dict[str, Any]:
    """Return the columns that say where an anchor stands: some words, or the whole line."""
    if span is None:
        return {"scope": "line", "wording": wording}
    quote = quote_at(text, *span)
    # It may be a little wider than the span: no grapheme and no white space is cut in two.
    start = span[0] if quote.start is None else quote.start
    return {
        "scope": "words",
        "wording": wording,
        "start": start,
        "stop": start + len(quote.exact),
        "quote": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }


KEPT = (
    # What an anchor's next version has of the one before.
    *("document", "comment", "ordinal", "number", "line", "scope", "wording"),
    *("start", "stop", "quote", "prefix", "suffix", "state", "inherited"),
)
_GONE = {"start": None, "stop": None, "state": "orphaned"}
_Row = Mapping[str, Any]


def copy_anchors(entry: Entry, document: int, parent: int, reply: int) -> None:
    """Give a reply the anchors its parent has now, as further ones than those it had before."""
    own = and_(_anchor.c.document == document, _anchor.c.comment == parent)
    copied = {"comment": reply, "number": 1, "inherited": 1}
    first = next_ordinal(entry, document, reply)
    rows = enumerate(current(entry.connection, own), first)
    entry.insert_many(_anchor, [{**row, **copied, "ordinal": ordinal} for ordinal, row in rows])


def next_ordinal(entry: Entry, document: int, comment: int) -> int:
    """Return the ordinal of the next anchor of a comment: those that ended keep theirs."""
    own = (_anchor.c.document == document, _anchor.c.comment == comment)
    last = entry.connection.execute(select(func.max(_anchor.c.ordinal)).where(*own)).scalar()
    return (last or 0) + 1


def followed(row: _Row, wording: int, changed: Diff) -> dict[str, Any]:
    """Return what changes of an anchor when its line has a new wording.

    Words that are partly gone stay anchored to what stands; words that are gone are orphaned, and
    stay so: an orphan is never put back by guessing.
    """
    if row["scope"] != "words" or row["state"] == "orphaned":
        return {"wording": wording}
    found = follow_flagged((row["start"], row["stop"]), row["quote"], changed)
    if found is None:
        return {"wording": wording, **_GONE}
    partial = "partial" in (row["state"], found.state)
    return {
        **standing(wording, changed.new, (found.start, found.end)),
        # The words that were flagged stay on the record as they were.
        "quote": row["quote"],
        "state": "partial" if partial else "exact",
    }


def follow_flagged(span: tuple[int, int], quote: str, changed: Diff) -> Followed | None:
    """Carry the span of flagged words, in which other words may have been written since.

    It is no loss when those go again, and what is left is measured by the words that were flagged.
    """
    found = follow(span, changed)
    if (found and found.state == "exact") or changed.old[slice(*span)] == quote:
        return found
    left = [part for part in (follow(part, changed) for part in _equal(span, changed)) if part]
    if not left:
        return None
    start, end = left[0].start, left[-1].end
    found = _left(quote, changed.new[start:end])
    return found and found._replace(start=start + found.start, end=start + found.end)


def _left(quote: str, text: str) -> Followed | None:
    """Return where in a text the words of a quote stand; none if most of them do not."""
    ours, theirs = tokens(quote), tokens(text)
    blocks = match(composed(ours, quote), composed(theirs, text))
    same = [
        (block.old + place, block.new + place)
        for block in blocks
        for place in range(block.length)
        if not ours[block.old + place].isspace()
    ]
    standing = sum(len(ours[our]) for our, _ in same)
    total = sum(len(token) for token in ours if not token.isspace())
    if standing * 2 < total:
        return None
    start, end = (len("".join(theirs[:place])) for place in (same[0][1], same[-1][1] + 1))
    return Followed(start, end, "exact" if standing == total else "partial")


def _equal(span: tuple[int, int], changed: Diff) -> Iterator[tuple[int, int]]:
    """Yield the parts of a span of the old text that the new text has too."""
    position = 0
    for op in changed.ops:
        part = max(position, span[0]), min(position + len(op.old), span[1])
        if op.kind == "equal" and part[0] < part[1]:
            yield part
        position += len(op.old)


def current(connection: Connection, where: ColumnElement[bool]) -> list[_Row]:
    """Return the anchors that hold now and that a condition holds for, by comment and ordinal."""
    query = (
        select(*(_anchor.c[name] for name in KEPT))
        .where(where, _anchor.c.until == CURRENT, _anchor.c.state != "removed")
        .order_by(_anchor.c.comment, _anchor.c.ordinal)
    )
    return [dict(row) for row in connection.execute(query).mappings()]
