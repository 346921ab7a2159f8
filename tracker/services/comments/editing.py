"""Editing a comment: a further version of it; those before stay as they were."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from tracker.errors import BadInput, Refused
from tracker.services.comments import reading
from tracker.services.comments.reading import Comment
from tracker.services.comments.writing import Said, check, check_relation, columns
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

_comment = tables.comment_version
_OWN = ("document", "comment", "number", "since", "until", "salt", "digest")
_TOLD = tuple(column.name for column in _comment.columns if column.name not in _OWN)


class CommentVersion(NamedTuple):
    """What a comment said from one entry to another; all is none where it was sealed."""

    number: int
    entry: int
    at: datetime
    author: str
    text: str | None
    speaker: str | None
    side: str | None
    kind: str
    type: str | None
    context: str | None
    note: str | None
    given: str | None
    verbatim: bool
    internal: bool


def versions(snapshot: Snapshot, comment: str) -> list[CommentVersion]:
    """Return the versions of a comment up to the snapshot, oldest first."""
    entry = tables.entry
    query = (
        select(
            *(_comment.c.number, _comment.c.since, entry.c.at, entry.c.author),
            *(_comment.c.text, _comment.c.speaker, _comment.c.side, _comment.c.kind),
            *(_comment.c.type, _comment.c.context, _comment.c.note, _comment.c.given_number),
            *(_comment.c.verbatim, _comment.c.internal),
        )
        .join(entry, entry.c.number == _comment.c.since)
        .where(
            _comment.c.document == snapshot.document,
            _comment.c.comment == comment_id(comment),
            _comment.c.since <= snapshot.at,
        )
        .order_by(_comment.c.number)
    )
    return [
        CommentVersion._make((*row[:-2], bool(row[-2]), bool(row[-1])))
        for row in snapshot.connection.execute(query)
    ]


def edit(entry: Entry, snapshot: Snapshot, name: str, changes: Mapping[str, Any]) -> list[str]:
    """Store a further version of a comment; return the comments that got one.

    ``changes`` names fields of :class:`Said`, or ``relation``; None takes a value away. Replies to
    what becomes internal become internal with it. Raises Refused if nothing would change, or for a
    sealed comment, BadInput or NotFound for what cannot be stored.
    """
    number = comment_id(name)
    found = reading.numbered(snapshot, [number])[0]
    refuse_sealed(found)
    said, values = _edited(snapshot, found, changes)
    if not said.internal and found.internal and found.reply_to:
        above = reading.numbered(snapshot, [comment_id(found.reply_to)])[0]
        if above.internal:
            raise Refused(
                f"{name} replies to {above.id}, which is internal", f"edit {above.id} first"
            )
    entry.document = snapshot.document
    if not append_version(entry, snapshot, number, values):
        raise Refused("nothing would change", f"tracker comment show {found.id} shows it")
    edited = [found.id]
    if said.internal and not found.internal:
        below = list(replies(snapshot, number))
        changed = [r for r in below if append_version(entry, snapshot, r, {"internal": 1})]
        edited += [f"C{reply}" for reply in changed]
    return edited


def _edited(
    snapshot: Snapshot, found: Comment, changes: Mapping[str, Any]
) -> tuple[Said, dict[str, Any]]:
    """Return what a comment says with its changes, and the columns that hold it."""
    own = dict(changes)
    relation = check_relation(own.pop("relation", found.relation))
    if relation is not None and found.reply_to is None:
        raise BadInput(f"{found.id} is no reply, and has no relation", "leave out --relation")
    if found.topic is not None and own.get("meeting", found.meeting) != found.meeting:
        raise Refused(
            f"{found.id} has the topic {found.topic!r} of {found.meeting}",
            f"take it from there first: tracker comment move {found.id}",
        )
    said = replace(said_of(found), **own)
    check(said)
    return said, {**columns(snapshot, said), "relation": relation}


def said_of(comment: Comment) -> Said:
    """Return what a comment says, as it would be handed in."""
    return Said(
        speaker=comment.speaker,
        text=comment.text,
        kind=comment.kind,
        side=comment.side,
        meeting=comment.meeting,
        topic=comment.topic,
        participant=comment.participant,
        type=comment.type,
        context=comment.context,
        note=comment.note,
        number=comment.number,
        verbatim=comment.verbatim,
        internal=comment.internal,
    )


def refuse_sealed(comment: Comment) -> None:
    """Raise Refused if the words of a comment were erased."""
    if comment.sealed is not None:
        raise Refused(
            f"{comment.id} was sealed at @{comment.sealed}", "nothing of it can be changed any more"
        )


def append_version(
    entry: Entry, snapshot: Snapshot, comment: int, changes: Mapping[str, Any]
) -> bool:
    """Store the next version of a comment; return False where nothing would change."""
    own = {"document": snapshot.document, "comment": comment}
    query = select(*(_comment.c[name] for name in _TOLD)).where(
        *(_comment.c[name] == value for name, value in own.items()), _comment.c.until == CURRENT
    )
    was = dict(entry.connection.execute(query).mappings().one())
    becomes = {**was, **changes}
    if becomes == was:
        return False
    entry.append(_comment, own, **becomes)
    return True


def replies(snapshot: Snapshot, comment: int) -> Iterator[int]:
    """Yield the replies to a comment, and those to them, each after the one it replies to."""
    above = [comment]
    while above:
        query = select(_comment.c.comment).where(
            snapshot.current(_comment), _comment.c.parent.in_(above)
        )
        above = list(snapshot.connection.scalars(query.order_by(_comment.c.comment)))
        yield from above
