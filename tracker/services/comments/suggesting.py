"""Suggesting the line that a comment is probably about, where it names none, and linking them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.errors import Refused
from tracker.services import lines
from tracker.services.comments import clues
from tracker.services.comments.moving import take_along
from tracker.services.comments.reading import Comment, numbered
from tracker.services.comments.targets import Spot, tie
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import search, tables
from tracker.store.journal import Entry


class Suggestion(NamedTuple):
    """A line with what speaks for it, the strongest first. ``weight`` only orders."""

    line: str
    text: str
    weight: float
    reasons: tuple[str, ...]


def suggest(
    snapshot: Snapshot, name: str, *, limit: int | None = None
) -> tuple[list[Suggestion], int]:
    """Return the lines a comment is probably about, likeliest first, and how many there are.

    Raises Refused for a comment that is on a line, NotFound for one that is not there.
    """
    return ranked(snapshot, find_unanchored(snapshot, name), limit=limit)


def find_unanchored(snapshot: Snapshot, name: str) -> Comment:
    """Return a comment that is on no line. Raises Refused if it is on one."""
    comment = numbered(snapshot, [comment_id(name)])[0]
    if comment.anchors:
        where = f"on line {', '.join(comment.lines)}" if any(comment.lines) else "on a proposal"
        raise Refused(
            f"{comment.id} is {where} already", f"see it with: tracker comment show {comment.id}"
        )
    return comment


def link(entry: Entry, snapshot: Snapshot, name: str, label: str) -> list[str]:
    """Tie a comment that is on no line to one that stands; return it and its replies that came too.

    Raises Refused for a line that was deleted, or a comment that is on a line.
    """
    comment = find_unanchored(snapshot, name)
    line = lines.standing(snapshot, label, "name a line that stands")
    entry.document = snapshot.document
    tie(entry, snapshot.document, comment_id(comment.id), [Spot(line)])
    return [comment.id, *take_along(entry, snapshot, comment, comment.topic)]


def ranked(
    snapshot: Snapshot, comment: Comment, *, blind: Collection[int] = (), limit: int | None = None
) -> tuple[list[Suggestion], int]:
    """Return the lines a comment is probably about, and how many there are.

    ``blind`` names comments that nothing is learnt from: for measuring how often it is right.
    """
    unseen = {comment_id(comment.id), *blind}
    found: dict[int, list[clues.Clue]] = {}
    for clue in (
        *clues.by_quotes(snapshot, comment),
        *clues.by_words(snapshot, comment, unseen),
        *clues.by_topic(snapshot, comment, unseen),
        *clues.by_thread(snapshot, comment, unseen),
        *clues.by_answer(snapshot, comment),
    ):
        found.setdefault(clue.line, []).append(clue)
    weights = {line: sum(clue.weight for clue in told) for line, told in found.items()}
    standing = _standing(snapshot, sorted(found))
    order = sorted(standing, key=lambda line: (-weights[line], line))
    return [
        Suggestion(*standing[line], weights[line], _reasons(found[line])) for line in order[:limit]
    ], len(order)


def _reasons(told: Sequence[clues.Clue]) -> tuple[str, ...]:
    strongest = sorted(told, key=lambda clue: (-clue.weight, clue.reason))
    return tuple(dict.fromkeys(clue.reason for clue in strongest))


def _standing(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the label and the text of those lines that stand, by their numbers."""
    passages = search.current(snapshot.connection, snapshot.document, "line", numbers)
    texts = {p.place.item: p.text for p in passages if p.place.language == snapshot.language}
    line = tables.line
    query = select(line.c.id, line.c.label).where(
        line.c.document == snapshot.document, line.c.id.in_(list(texts))
    )
    return {row.id: (row.label, texts[row.id]) for row in snapshot.connection.execute(query)}
