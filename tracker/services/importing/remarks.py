"""What a record says about a text: comments with their anchors and dispositions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from tracker.errors import BadInput
from tracker.exchange import record as exchange
from tracker.exchange.record import Comment
from tracker.services import meetings
from tracker.services.comments.reading import About
from tracker.services.importing.anchoring import (
    Rows,
    anchor_rows,
    inherited,
    proposed_rows,
    stored_anchors,
)
from tracker.services.importing.replay import Text
from tracker.services.importing.settled import read_verdict, verdict_rows
from tracker.services.inputs import check_date, check_line, check_moment, check_optional, check_text
from tracker.services.names import comment_id, proposal_id
from tracker.services.verdicts import Verdict, disposition
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A comment with the number it is stored under, and that of the comment it replies to."""

    number: int
    comment: Comment
    parent: int | None


def number_comments(entry: Entry, document: int, comments: Sequence[Comment]) -> list[Numbered]:
    """Return comments under the numbers they have, or the next ones, each after its parent."""
    known = {comment.id: comment_id(comment.id) for comment in comments if comment.id}
    if known:
        entry.reserve_id(tables.comment, document, max(known.values()))
    return [
        Numbered(
            known[comment.id] if comment.id else entry.next_id(tables.comment, document),
            comment,
            known[comment.reply_to] if comment.reply_to else None,
        )
        for comment in parents_first(comments)
    ]


def parents_first(comments: Sequence[Comment]) -> Iterator[Comment]:
    """Yield comments in their order, each after the one it replies to."""
    by_id = {comment.id: comment for comment in comments if comment.id}
    done: set[int] = set()
    for comment in comments:
        chain = []
        above: Comment | None = comment
        while above is not None and id(above) not in done:
            done.add(id(above))
            chain.append(above)
            above = by_id.get(above.reply_to) if above.reply_to else None
        yield from reversed(chain)


def store_comments(
    entry: Entry, text: Text, comments: Sequence[Numbered], sources: Mapping[str, int]
) -> None:
    """Store comments, each after its parent, all rows of a table at once. Raises BadInput."""
    house = House(entry.connection)
    own = {item.number for item in comments}
    above = {item.parent for item in comments if item.parent is not None} - own
    anchors = stored_anchors(entry.connection, text.document, above)
    internal = _internal(entry.connection, text.document, above)
    versions: Rows = []
    verdicts: Rows = []
    about = _about(entry.connection, text.document, above)
    for item in comments:
        comment, number = item.comment, item.number
        if comment.internal or item.parent in internal:
            internal.add(number)
        about[number] = _on(item, about)
        told = {"document": text.document, "internal": int(number in internal) or None}
        told |= {"proposal": about[number][0], "change": about[number][1]}
        versions.append({**told, **_version(item, house, sources)})
        anchors[number] = _anchors(entry, text, item, anchors)
        settled = [_disposition(verdict) for verdict in comment.dispositions]
        verdicts += verdict_rows(entry, text.document, settled, comment=number)
    identities = [{"document": text.document, "id": item.number} for item in comments]
    entry.insert_many(tables.comment, identities)
    entry.insert_many(tables.comment_version, versions)
    entry.insert_many(tables.anchor, [row for item in comments for row in anchors[item.number]])
    entry.insert_many(tables.verdict, verdicts)
    entry.insert_many(tables.assignment, [_assignment(text, i) for i in comments if _given(i)])


def _anchors(entry: Entry, text: Text, item: Numbered, anchors: Mapping[int, Rows]) -> Rows:
    """Return the anchors of a comment: its own, its parent's, or what its proposal proposes."""
    comment, number = item.comment, item.number
    if comment.anchors:
        return anchor_rows(text, number, comment.anchors, entry.number)
    if comment.apart:
        return []
    if comment.about is not None and (item.parent is None or comment.about.quote is not None):
        return proposed_rows(text, number, comment.about)
    return inherited(anchors.get(item.parent or 0, ()), number)


def _on(item: Numbered, about: Mapping[int, About]) -> About:
    """Return the proposal that a comment is on, and the change of it; a reply is on its parent's.

    Raises BadInput if it is no proposal.
    """
    told = item.comment.about
    if told is not None:
        return proposal_id(told.proposal), told.change
    return about.get(item.parent or 0, (None, None))


def _about(connection: Connection, document: int, comments: set[int]) -> dict[int, About]:
    """Return what proposals some stored comments are on."""
    version = tables.comment_version
    query = select(version.c.comment, version.c.proposal, version.c.change).where(
        version.c.document == document,
        version.c.comment.in_(comments),
        version.c.until == CURRENT,
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _given(item: Numbered) -> bool:
    return item.comment.assigned is not None


def _assignment(text: Text, item: Numbered) -> dict[str, Any]:
    given = item.comment.assigned
    assert given is not None
    return {
        "document": text.document,
        "comment": item.number,
        "number": 1,
        "assignee": check_line(given.to, f"name of who C{item.number} is assigned to"),
        "due": check_date(given.due, "assignment"),
        "note": check_optional(given.note, f"note on what is to be done about C{item.number}"),
        "done": int(given.done),
    }


def _internal(connection: Connection, document: int, comments: set[int]) -> set[int]:
    """Return those of some stored comments that are internal: replies to them are so, too."""
    version = tables.comment_version
    query = select(version.c.comment).where(
        version.c.document == document,
        version.c.comment.in_(comments),
        version.c.until == CURRENT,
        version.c.internal == 1,
    )
    return set(connection.scalars(query))


class House:
    """The store's meetings and participants by their keys, read once."""

    def __init__(self, connection: Connection) -> None:
        self._meetings = {m.key: m for m in meetings.all_meetings(connection)}
        self._participants = {p.key: p for p in meetings.all_participants(connection)}

    def meeting(self, key: str | None) -> meetings.Meeting | None:
        """Return the meeting so named. Raises BadInput if there is none."""
        return _found(self._meetings, key, "meeting")

    def participant(self, key: str | None) -> meetings.Participant | None:
        """Return the participant so named. Raises BadInput if there is none."""
        return _found(self._participants, key, "participant")


def _found(known: Mapping[str, Known], key: str | None, noun: str) -> Known | None:
    if key is not None and key not in known:
        raise BadInput(f"there is no {noun} {key!r}", f"add it to the file, or: tracker {noun} add")
    return known[key] if key is not None else None


def _version(item: Numbered, house: House, sources: Mapping[str, int]) -> dict[str, Any]:
    """Return a comment's own row. Raises BadInput for bad texts."""
    comment = item.comment
    meeting = house.meeting(comment.meeting)
    participant = house.participant(comment.participant)
    topic = None
    if comment.topic is not None:
        if meeting is None:
            raise BadInput(f"the topic {comment.topic!r} belongs to a meeting, and none is named")
        topic = meetings.topic_number(meeting, comment.topic)
    name = f"C{item.number}"
    return {
        "comment": item.number,
        "number": 1,
        "meeting": meeting.id if meeting else None,
        "topic": topic,
        "speaker": _said(comment, comment.speaker, f"speaker of {name}"),
        "side": check_optional(comment.side, f"side of {name}"),
        "participant": participant.id if participant else None,
        "kind": comment.kind,
        "type": comment.type,
        "text": _said(comment, comment.text, f"text of {name}"),
        "context": check_optional(comment.context, f"context of {name}"),
        "note": check_optional(comment.note, f"note of {name}"),
        "verbatim": int(comment.verbatim),
        "parent": item.parent,
        "relation": comment.relation,
        "source": sources[comment.source] if comment.source else None,
        "locator": check_optional(comment.locator, f"locator of {name}"),
        "given_number": check_optional(comment.number, f"number of {name}"),
        "said_at": check_moment(comment.date, name),
    }


def _said(comment: Comment, text: str | None, what: str) -> str | None:
    """Return a text that only the stub of a sealed comment is without. Raises BadInput."""
    return None if comment.sealed else check_text(text or "", what)


def _disposition(verdict: exchange.Verdict) -> Verdict:
    return read_verdict(verdict)._replace(outcome=disposition(verdict.outcome, verdict.reason))
