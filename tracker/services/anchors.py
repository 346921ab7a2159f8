"""Anchors: tying a comment to words, and carrying it to the next version of its line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select

from tracker.errors import BadInput, UsageError
from tracker.services.lines import Line
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT
from tracker.text import diff, follow, nearest, occurrences, quote_at

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
    chosen = flag.occurrence or 1
    if not 1 <= chosen <= len(places):
        raise BadInput(
            f"line {line.label} holds the words {flag.words!r} {len(places)} times, not {chosen}",
            f"give --occurrence a number from 1 to {len(places)}",
        )
    return places[chosen - 1]


def _is_whole(text: str, start: int, stop: int) -> bool:
    return not (_joined(text, start) or _joined(text, stop))


def _joined(text: str, place: int) -> bool:
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
    entry: Entry, document: int, comment: int, ordinal: int, line: Line, flag: Flag | None
) -> None:
    """Tie a comment to the flagged words of a line, or to the whole line."""
    entry.append(
        _anchor,
        {"document": document, "comment": comment, "ordinal": ordinal},
        line=line.id,
        state="exact",
        inherited=0,
        **standing(line.wording, line.text, place(flag, line) if flag else None),
    )


def standing(wording: int, text: str, span: tuple[int, int] | None) -> dict[str, Any]:
    """Return the columns that say where an anchor stands: some words, or the whole line."""
    if span is None:
        return {"scope": "line", "wording": wording}
    quote = quote_at(text, *span)
    return {
        "scope": "words",
        "wording": wording,
        "start": span[0],
        "stop": span[1],
        "quote": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    }


def copy_anchors(entry: Entry, document: int, parent: int, reply: int) -> None:
    """Give a reply the anchors its parent has now."""
    query = select(_anchor).where(
        _anchor.c.document == document, _anchor.c.comment == parent, _anchor.c.until == CURRENT
    )
    for row in entry.connection.execute(query.order_by(_anchor.c.ordinal)).mappings():
        kept = {name: row[name] for name in _CARRIED}
        entry.append(
            _anchor,
            {"document": document, "comment": reply, "ordinal": row["ordinal"]},
            **kept,
            inherited=1,
        )


_CARRIED = (
    *("scope", "wording", "line", "start", "stop"),
    *("quote", "prefix", "suffix", "state"),
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a comment's anchor when its line got a new version."""

    comment: str
    state: str
    quote: str | None


def carry(
    entry: Entry, document: int, line: int, old: str, wording: int, new: str
) -> list[Carried]:
    """Carry the anchors on a line to its new wording; return those on words, with their states.

    Words that are partly gone stay anchored to what stands; words that are gone are orphaned, and
    stay so: an orphan is never put back by guessing.
    """
    changed = diff(old, new)
    query = select(_anchor).where(
        and_(_anchor.c.document == document, _anchor.c.line == line, _anchor.c.until == CURRENT)
    )
    outcomes = []
    for row in entry.connection.execute(query).mappings().all():
        kept = {name: row[name] for name in (*_CARRIED, "inherited")} | {"wording": wording}
        if row["scope"] == "words" and row["state"] != "orphaned":
            found = follow((row["start"], row["stop"]), changed)
            if found is None:
                kept |= {"start": None, "stop": None, "state": "orphaned"}
            else:
                partial = "partial" in (row["state"], found.state)
                kept |= standing(wording, new, (found.start, found.end))
                # The words that were flagged stay on the record as they were.
                kept |= {"quote": row["quote"], "state": "partial" if partial else "exact"}
        if row["scope"] == "words":
            outcomes.append(Carried(f"C{row['comment']}", kept["state"], row["quote"]))
        subject = {name: row[name] for name in ("document", "comment", "ordinal")}
        entry.append(_anchor, subject, **kept)
    return outcomes


def orphan(entry: Entry, document: int, line: int) -> list[Carried]:
    """Say of every anchor on a line that was deleted that its words are gone."""
    query = select(_anchor).where(
        _anchor.c.document == document, _anchor.c.line == line, _anchor.c.until == CURRENT
    )
    outcomes = []
    for row in entry.connection.execute(query).mappings().all():
        kept = {name: row[name] for name in (*_CARRIED, "inherited")}
        kept |= {"start": None, "stop": None, "state": "orphaned"}
        subject = {name: row[name] for name in ("document", "comment", "ordinal")}
        entry.append(_anchor, subject, **kept)
        outcomes.append(Carried(f"C{row['comment']}", "orphaned", row["quote"]))
    return outcomes
