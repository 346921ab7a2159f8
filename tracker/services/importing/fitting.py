"""What of a meeting's comments does not fit the document and the store they are meant for."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from tracker.errors import BadInput
from tracker.exchange.record import Anchor, Comment, Record
from tracker.services import meetings
from tracker.services.importing.anchoring import span_of
from tracker.services.importing.replay import Text
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_SHOWN = 20


def misfits(
    snapshot: Snapshot, record: Record, text: Text, *, shown: int | None = _SHOWN
) -> list[str]:
    """Return a sentence for each thing that is neither in the record nor in the store.

    It begins with the field, counted as in the file: ``comments.4.meeting``. The first ``shown``
    are returned, with how many more there are.
    """
    house = _House(snapshot, record)
    found = list(house.series_missing())
    for place, comment in enumerate(record.comments, 1):
        name = f"comments.{place}"
        found += [f"{name}.{wrong}" for wrong in house.missing(comment)]
        for number, anchor in enumerate(comment.anchors, 1):
            wrong = _anchor_fault(anchor, text)
            if wrong:
                found.append(f"{name}.anchors.{number}.{wrong}")
    if shown is not None and len(found) > shown:
        found[shown:] = [f"… and {len(found) - shown:,} more"]
    return found


class _House:
    """All that the comments of a record may name: what it brings and what is stored."""

    def __init__(self, snapshot: Snapshot, record: Record) -> None:
        connection, source = snapshot.connection, tables.source
        self._record = record
        self._series = {item.key for item in meetings.all_series(connection)}
        self._series.update(item.id for item in record.series)
        self._topics = {m.key: m.topics for m in meetings.all_meetings(connection)}
        self._topics.update((meeting.id, meeting.topics) for meeting in record.meetings)
        self._participants = {p.key for p in meetings.all_participants(connection)}
        self._participants.update(item.id for item in record.participants)
        cited = select(source.c.file).where(snapshot.known(source), source.c.role == "cited")
        self._sources = {*connection.scalars(cited), *(item.file for item in record.sources)}
        self._comments = {comment.id for comment in record.comments}
        self._comments |= _stored(snapshot, record)

    def series_missing(self) -> Iterator[str]:
        """Yield the series that the record's meetings and references name in vain."""
        for name in ("meetings", "references"):
            for place, item in enumerate(getattr(self._record, name), 1):
                if item.series is not None and item.series not in self._series:
                    yield f"{name}.{place}.series: there is no series {item.series!r}"

    def missing(self, comment: Comment) -> Iterator[str]:
        """Yield what a comment names in vain."""
        if comment.meeting is not None and comment.meeting not in self._topics:
            known = ", ".join(list(self._topics)[:8]) or "none yet"
            yield f"meeting: there is no meeting {comment.meeting!r}; known: {known}"
        elif comment.topic is not None:
            topics = self._topics.get(comment.meeting or "", ())
            if comment.topic not in topics:
                known = ", ".join(topics) or "none"
                yield f"topic: {comment.meeting} has no topic {comment.topic!r}; it has: {known}"
        if comment.participant is not None and comment.participant not in self._participants:
            yield f"participant: there is no participant {comment.participant!r}"
        if comment.source is not None and comment.source not in self._sources:
            yield f"source: there is no source {comment.source!r}"
        if comment.reply_to is not None and comment.reply_to not in self._comments:
            yield f"reply_to: there is no comment {comment.reply_to}"


def _stored(snapshot: Snapshot, record: Record) -> set[str]:
    """Return the stored comments that the record's comments reply to."""
    own = {comment.id for comment in record.comments}
    named = {c.reply_to for c in record.comments if c.reply_to and c.reply_to not in own}
    comment = tables.comment
    query = select(comment.c.id).where(
        snapshot.known(comment), comment.c.id.in_([comment_id(name) for name in named])
    )
    return {f"C{number}" for number in snapshot.connection.scalars(query)}


def _anchor_fault(anchor: Anchor, text: Text) -> str | None:
    if not text.has_line(anchor.line) or not text.last(anchor.line, anchor.language):
        return f"line: there is no line {anchor.line!r} in {anchor.language or text.language}"
    last = text.last(anchor.line, anchor.language)
    for version in (anchor.version, *(stands.version for stands in anchor.carried)):
        if version is not None and version > last:
            return f"version: line {anchor.line} has no version {version}; the last is {last}"
    _, words = text.version(anchor.line, anchor.language, anchor.version)
    try:
        span_of(anchor, words)
    except BadInput as error:
        return f"quote: {error.message}; {error.hint}"
    for stands in anchor.carried:
        _, words = text.version(anchor.line, anchor.language, stands.version)
        start, end = stands.start, stands.end
        if start is not None and end is not None and not start < end <= len(words):
            return f"carried: line {anchor.line} has no words from {start} to {end}"
    return None
