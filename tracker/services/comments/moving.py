"""Moving a comment: to other lines or words, a section, a gap, a topic, or the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import and_, select

from tracker.errors import BadInput, Refused
from tracker.services import meetings
from tracker.services.anchors import KEPT, copy_anchors, current
from tracker.services.comments import reading
from tracker.services.comments.editing import append_version, refuse_sealed
from tracker.services.comments.reading import Comment
from tracker.services.comments.targets import Target, spots, tie
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.services.undoing.choosing import moot
from tracker.store import tables
from tracker.store.journal import Entry

_anchor, _comment = tables.anchor, tables.comment_version
_KEPT = tuple(name for name in KEPT if name not in ("number", "state"))


def move(entry: Entry, snapshot: Snapshot, name: str, target: Target) -> list[str]:
    """Put a comment in another place; return it and the replies that went along.

    The anchors it had end. Replies that had them from it get its new ones. Raises Refused if it
    stands there already or is sealed, BadInput or NotFound for a place that is none.
    """
    number = comment_id(name)
    found = reading.numbered(snapshot, [number])[0]
    refuse_sealed(found)
    topic = _topic(snapshot, found, target)
    places = spots(snapshot, target, "move it to a line that stands: tracker text")
    entry.document = snapshot.document
    before = _standing(entry, snapshot, number)
    _end(entry, before, {"inherited": 0})
    tie(entry, snapshot.document, number, places)
    if _same(before, _standing(entry, snapshot, number)) and topic == found.topic:
        raise Refused(f"{found.id} stands there already", f"tracker comment show {found.id}")
    append_version(entry, snapshot, number, {"topic": _number(snapshot, found.meeting, topic)})
    return [found.id, *take_along(entry, snapshot, found, topic)]


def _topic(snapshot: Snapshot, found: Comment, target: Target) -> str | None:
    if target.topic is not None and found.meeting is None:
        raise BadInput(
            f"the topic {target.topic!r} belongs to a meeting, and {found.id} was said at none",
            f"name it first: tracker comment edit {found.id} --meeting KEY",
        )
    _number(snapshot, found.meeting, target.topic)
    return target.topic


def _number(snapshot: Snapshot, meeting: str | None, topic: str | None) -> int | None:
    if meeting is None or topic is None:
        return None
    return meetings.topic_number(meetings.find(snapshot.connection, meeting), topic)


def _standing(entry: Entry, snapshot: Snapshot, comment: int) -> list[Mapping[str, Any]]:
    """Return the anchors that a comment has now, in their order."""
    own = and_(_anchor.c.document == snapshot.document, _anchor.c.comment == comment)
    return current(entry.connection, own)


def _same(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> bool:
    """Say whether anchors stand in the same places, of a comment that has them of its own."""
    kept = [name for name in (*_KEPT, "state") if name != "ordinal"]
    return [[row[name] for name in kept] for row in old] == [
        [row[name] for name in kept] for row in new
    ]


def _end(entry: Entry, rows: list[Mapping[str, Any]], changes: Mapping[str, Any]) -> None:
    """Let anchors end. Those of a comment that was moved by itself are its own from then on."""
    for row in rows:
        subject = {name: row[name] for name in ("document", "comment", "ordinal")}
        values = {name: row[name] for name in _KEPT if name not in subject}
        entry.append(_anchor, subject, **{**values, **changes, "state": "removed"})


def take_along(
    entry: Entry, snapshot: Snapshot, found: Comment, topic: str | None
) -> Iterator[str]:
    """Give the replies that name no words what the comment above them has now; yield them."""
    above = [comment_id(found.id)]
    while above:
        query = (
            select(_comment.c.comment, _comment.c.parent, _comment.c.text)
            .where(snapshot.current(_comment), _comment.c.parent.in_(above))
            .order_by(_comment.c.comment)
        )
        below = [
            row
            for row in entry.connection.execute(query).all()
            if not _has_own(entry, snapshot, row.comment)
        ]
        for row in below:
            _end(entry, _standing(entry, snapshot, row.comment), {})
            copy_anchors(entry, snapshot.document, row.parent, row.comment)
            if row.text is not None:
                _retopic(entry, snapshot, row.comment, found, topic)
            yield f"C{row.comment}"
        above = [row.comment for row in below]


def _has_own(entry: Entry, snapshot: Snapshot, comment: int) -> bool:
    """Say whether a reply was ever put in a place of its own, other than by what was undone."""
    query = select(_anchor.c.comment).where(
        _anchor.c.document == snapshot.document,
        _anchor.c.comment == comment,
        _anchor.c.inherited == 0,
        ~moot(_anchor.c.since),
    )
    return entry.connection.execute(query.limit(1)).first() is not None


def _retopic(
    entry: Entry, snapshot: Snapshot, reply: int, found: Comment, topic: str | None
) -> None:
    """Give a reply that had the topic of the comment above it the new one, or none."""
    own = reading.numbered(snapshot, [reply])[0]
    if own.topic == found.topic and own.meeting == found.meeting:
        changes = {"topic": _number(snapshot, own.meeting, topic)}
        append_version(entry, snapshot, reply, changes)
