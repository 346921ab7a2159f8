"""Search: the lines, comments and proposals that hold all the words asked for, best first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.errors import UsageError
from tracker.services.comments.reading import anchors_of
from tracker.services.snapshot import Snapshot
from tracker.store import search, tables
from tracker.store.search import Passage, Place
from tracker.text.finding import Query, marks, nearness, query
from tracker.text.terms import search_terms

KINDS = {"lines": "line", "proposals": "proposal", "comments": "comment"}
"""What can be searched, in the order in which it is listed, and what one of each is called."""
COMPARED = 500
"""Texts of each kind that are compared with the query, the newest: words may stand in a million."""


class Found(NamedTuple):
    """A text that holds the words. ``marks`` are the words' places in code points.

    ``id`` is the label of a line, or the id of a comment, a proposal (its rationale) or a change.
    ``lines`` are the labels of the lines that it is, or is on.
    """

    id: str
    kind: str
    language: str | None
    lines: tuple[str, ...]
    text: str
    marks: tuple[tuple[int, int], ...]


class Results(NamedTuple):
    """What was found; ``total`` counts it without a limit, ``more`` says that it is a least."""

    found: tuple[Found, ...]
    total: int
    more: bool


def find(
    snapshot: Snapshot, words: str, *, within: Sequence[str] = (), limit: int | None = None
) -> Results:
    """Return what holds all the words now: where they stand together before where they do not.

    ``within`` names kinds of texts. What is equally near comes lines first, then proposals, then
    comments, each in the order of their numbers. Raises UsageError if there is nothing to look for.
    """
    asked = query(words)
    if not asked.terms:
        raise UsageError(
            f"{words!r} has no word to look for", "give a word, or a character of Japanese"
        )
    kinds = [kind for name, kind in KINDS.items() if not within or name in within]
    passages: list[Passage] = []
    more = False
    for kind in kinds:
        most = None if limit is None else COMPARED
        # One more than are compared tells that there are more.
        places = search.find(
            snapshot.connection, snapshot.document, kind, asked.terms, most and most + 1
        )
        more = more or (most is not None and len(places) > most)
        passages += _holding(snapshot, kind, asked, places[:most])
    # Sorting keeps the order of what is equally near.
    ranked = sorted(passages, key=lambda passage: nearness(passage.text, asked))
    return Results(tuple(_told(snapshot, ranked[:limit], asked)), len(passages), more)


def _holding(snapshot: Snapshot, kind: str, asked: Query, places: Sequence[Place]) -> list[Passage]:
    """Return the texts at places that the index has for all terms, by their numbers."""
    wanted = set(places)
    items = list(dict.fromkeys(place.item for place in places))
    found = [
        passage
        for start in range(0, len(items), 5_000)
        for passage in search.current(
            snapshot.connection, snapshot.document, kind, items[start : start + 5_000]
        )
        if passage.place in wanted
    ]
    if not search.is_exact(asked.terms):
        found = [each for each in found if set(asked.terms) <= set(search_terms(each.text))]
    return sorted(found)


def _told(snapshot: Snapshot, passages: Sequence[Passage], asked: Query) -> Iterable[Found]:
    labels = _labels(snapshot, [p.place.item for p in passages if p.place.kind == "line"])
    said = [p.place.item for p in passages if p.place.kind == "comment"]
    anchors = anchors_of(snapshot, said)
    for place, text in passages:
        lines: tuple[str, ...] = ()
        if place.kind == "line":
            name = labels[place.item]
            lines = (name,)
        elif place.kind == "comment":
            name = f"C{place.item}"
            lines = tuple(dict.fromkeys(a.line for a in anchors.get(place.item, ()) if a.line))
        else:
            name = f"P{place.item}.{place.part}" if place.part else f"P{place.item}"
        yield Found(
            id=name,
            kind=place.kind,
            language=place.language or None,
            lines=lines,
            text=text,
            marks=tuple(marks(text, asked.terms)),
        )


def _labels(snapshot: Snapshot, lines: Sequence[int]) -> dict[int, str]:
    line = tables.line
    query_ = select(line.c.id, line.c.label).where(
        line.c.document == snapshot.document, line.c.id.in_(lines)
    )
    return {row.id: row.label for row in snapshot.connection.execute(query_)}
