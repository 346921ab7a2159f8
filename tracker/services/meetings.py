"""What belongs to the store as a whole: series, meetings with their topics, and participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, and_, case, func, or_, select

from tracker.errors import BadInput, NotFound, Refused
from tracker.services.inputs import check_date, check_line, check_optional, check_optional_line
from tracker.services.names import check_key
from tracker.services.retractions import retracted_anywhere, retracted_now
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

Keyed = TypeVar("Keyed", "Series", "Meeting", "Participant")


@dataclass(frozen=True, slots=True)
class Series:
    """A run of meetings."""

    id: int
    key: str
    name: str
    hosts: tuple[str, ...]
    since: str | None
    meetings_planned: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """An occasion on which comments were made; ``topics`` in order."""

    id: int
    key: str
    name: str
    series: str | None
    kind: str | None
    date: str | None
    place: str | None
    note: str | None
    topics: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Participant:
    """A voice that the record or an editor says is one."""

    id: int
    key: str
    name: str
    side: str | None
    note: str | None


def all_series(connection: Connection) -> list[Series]:
    """Return every series, in the order they came."""
    stands = ~retracted_now("series", tables.series.c.id)
    query = select(tables.series).where(stands).order_by(tables.series.c.id)
    rows = connection.execute(query).mappings()
    return [
        Series(
            id=row["id"],
            key=row["key"],
            name=row["name"],
            hosts=tuple((row["hosts"] or "").splitlines()),
            since=row["held_since"],
            meetings_planned=row["meetings_planned"],
            note=row["note"],
        )
        for row in rows
    ]


def all_meetings(connection: Connection, *, retracted: bool = False) -> list[Meeting]:
    """Return every meeting as it is now known; ``retracted`` adds those that were undone."""
    meeting, series, version = tables.meeting, tables.series, tables.meeting_version
    corrected = version.c.number.is_not(None)
    told = [
        case((corrected, version.c[name]), else_=meeting.c[name]).label(name)
        for name in ("name", "kind", "date", "place", "note")
    ]
    of_series = case((corrected, version.c.series), else_=meeting.c.series)
    query = (
        select(meeting.c.id, meeting.c.key, *told, version.c.open, series.c.key.label("series_key"))
        .select_from(meeting)
        .outerjoin(version, and_(version.c.meeting == meeting.c.id, version.c.until == CURRENT))
        .outerjoin(series, series.c.id == of_series)
        .order_by(meeting.c.id)
    )
    if not retracted:
        query = query.where(~retracted_now("meeting", meeting.c.id))
    topics: dict[int, list[str]] = {}
    ordered = select(tables.topic).order_by(tables.topic.c.meeting, tables.topic.c.number)
    for row in connection.execute(ordered):
        topics.setdefault(row.meeting, []).append(row.name)
    return [
        Meeting(
            id=row["id"],
            key=row["key"],
            name=row["name"],
            series=row["series_key"],
            kind=row["kind"],
            date=row["date"],
            place=row["place"],
            note=row["note"],
            topics=tuple(topics.get(row["id"], ())),
            is_open=bool(row["open"]),
        )
        for row in connection.execute(query).mappings()
    ]


def comments_by_meeting(connection: Connection) -> dict[str, int]:
    """Return how many comments were made at each meeting that has any, by its key."""
    comment, meeting = tables.comment_version, tables.meeting
    own = retracted_anywhere("comment", comment.c.document, comment.c.comment)
    is_undone = or_(own, retracted_now("document", comment.c.document))
    query = (
        select(meeting.c.key, func.count())
        .join(comment, comment.c.meeting == meeting.c.id)
        .where(comment.c.until == CURRENT, ~is_undone)
        .group_by(meeting.c.key)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def all_participants(connection: Connection) -> list[Participant]:
    """Return every participant, in the order they came."""
    participant = tables.participant
    query = select(
        *(participant.c.id, participant.c.key, participant.c.name),
        *(participant.c.side, participant.c.note),
    ).where(~retracted_now("participant", participant.c.id))
    return [Participant(*row) for row in connection.execute(query.order_by(participant.c.id))]


def find(connection: Connection, key: str) -> Meeting:
    """Return the meeting so named. Raises NotFound if there is none."""
    return _chosen(all_meetings(connection), key, "meeting")


def find_series(connection: Connection, key: str) -> Series:
    """Return the series so named. Raises NotFound if there is none."""
    return _chosen(all_series(connection), key, "series")


def find_participant(connection: Connection, key: str) -> Participant:
    """Return the participant so named. Raises NotFound if there is none."""
    return _chosen(all_participants(connection), key, "participant")


def _chosen(items: Sequence[Keyed], key: str, noun: str) -> Keyed:
    for item in items:
        if item.key == key:
            return item
    keys = ", ".join(item.key for item in items[:8]) or "none yet"
    raise NotFound(
        f"there is no {noun} {key!r}", f"known: {keys}; how to add one: tracker {noun} add"
    )


def open_meeting(connection: Connection) -> Meeting | None:
    """Return the meeting that is open; none if none is."""
    return next((meeting for meeting in all_meetings(connection) if meeting.is_open), None)


def topic_number(meeting: Meeting, name: str) -> int:
    """Return the number of a meeting's topic, from 1. Raises NotFound if it has no such topic."""
    if name not in meeting.topics:
        listed = ", ".join(meeting.topics) or "none"
        raise NotFound(f"the meeting {meeting.key} has no topic {name!r}", f"its topics: {listed}")
    return meeting.topics.index(name) + 1


def add_series(
    entry: Entry,
    key: str,
    *,
    name: str,
    hosts: Sequence[str] = (),
    since: str | None = None,
    meetings_planned: int | None = None,
    note: str | None = None,
) -> int:
    """Store a series and return its number. Raises Refused if the name is taken."""
    return _add(
        entry,
        tables.series,
        "series",
        key,
        name=check_line(name, "name of the series"),
        hosts="\n".join(check_line(host, "name of a host") for host in hosts) or None,
        held_since=check_date(since, "series"),
        meetings_planned=meetings_planned,
        note=check_optional(note, "note"),
    )


def add_meeting(
    entry: Entry,
    key: str,
    *,
    name: str,
    series: str | None = None,
    kind: str | None = None,
    date: str | None = None,
    place: str | None = None,
    note: str | None = None,
    topics: Sequence[str] = (),
) -> int:
    """Store a meeting with its topics and return its number. Raises Refused if its key is taken."""
    number = _add(
        entry,
        tables.meeting,
        "meeting",
        key,
        series=find_series(entry.connection, series).id if series else None,
        name=check_line(name, "name of the meeting"),
        kind=check_optional_line(kind, "kind of meeting"),
        date=check_date(date, "meeting"),
        place=check_optional_line(place, "place"),
        note=check_optional(note, "note"),
    )
    if len(set(topics)) < len(topics):
        raise BadInput("a topic is named twice", "name each topic once")
    add_topics(entry, number, topics)
    return number


def add_topics(entry: Entry, meeting: int, topics: Sequence[str], after: int = 0) -> None:
    """Store further topics of a meeting that has ``after`` of them."""
    rows = [
        {"meeting": meeting, "number": number, "name": check_line(topic, "topic")}
        for number, topic in enumerate(topics, after + 1)
    ]
    entry.insert_many(tables.topic, rows)


def add_participant(
    entry: Entry, key: str, *, name: str, side: str | None = None, note: str | None = None
) -> int:
    """Store a participant and return the number. Raises Refused if the key is taken."""
    return _add(
        entry,
        tables.participant,
        "participant",
        key,
        name=check_line(name, "name of the participant"),
        side=check_optional_line(side, "side"),
        note=check_optional(note, "note"),
    )


def add_reference(
    entry: Entry,
    key: str,
    *,
    title: str,
    authors: str | None = None,
    date: str | None = None,
    publisher: str | None = None,
    series: str | None = None,
    note: str | None = None,
) -> int:
    """Store a reference and return its number. Raises Refused if the key is taken."""
    return _add(
        entry,
        tables.reference,
        "reference",
        key,
        series=find_series(entry.connection, series).id if series else None,
        title=check_line(title, "title"),
        authors=check_optional_line(authors, "authors"),
        date=check_date(date, "reference"),
        publisher=check_optional_line(publisher, "publisher"),
        note=check_optional(note, "note"),
    )


def _add(entry: Entry, table: Table, noun: str, key: str, **values: Any) -> int:
    check_key(key, noun)
    taken = select(table.c.id).where(table.c.key == key, ~retracted_now(noun, table.c.id))
    if entry.connection.execute(taken).first() is not None:
        raise Refused(f"there is a {noun} {key} already", f"see it with: tracker {noun} list")
    number = entry.next_id(table)
    entry.insert(table, id=number, key=key, **values)
    return number
