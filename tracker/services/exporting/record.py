"""The whole record of a document, as people keep it: what importing a record reads back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sqlalchemy import select

from tracker.errors import Refused
from tracker.exchange import record as exchange
from tracker.exchange.record import Record
from tracker.services import documents, editions, meetings, references
from tracker.services.attribution import Voices, voices
from tracker.services.exporting.record_proposals import record_proposals
from tracker.services.exporting.record_remarks import record_comments
from tracker.services.exporting.record_text import RecordText
from tracker.services.exporting.record_verdicts import RecordVerdicts
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.types import timestamp


def gather(snapshot: Snapshot, *, with_internal: bool = False) -> Record:
    """Return a document's whole record, with the series, meetings and voices of the store.

    Voices are named as the document's rule of attribution says; internal comments are left out
    unless they are asked for. Raises Refused if the document has no text yet.
    """
    connection = snapshot.connection
    entries = _changes(snapshot)
    if not entries:
        raise Refused("the document has no text yet", "bring one in with: tracker import FILE")
    numbers = {entry: number for number, entry in enumerate(entries, 1)}
    named = voices(snapshot, with_internal=with_internal)
    decided = RecordVerdicts(snapshot)
    text = RecordText(snapshot, numbers, decided, named)
    comments = record_comments(snapshot, text, decided, named, with_internal=with_internal)
    answered = {comment.id for comment in comments}
    return Record(
        series=tuple(_series(s) for s in meetings.all_series(connection)),
        meetings=tuple(_meeting(m) for m in meetings.all_meetings(connection)),
        participants=tuple(
            exchange.Participant(id=p.key, name=p.name, side=p.side, note=p.note)
            for p in meetings.all_participants(connection)
            if not named.hides
        ),
        references=tuple(_reference(r) for r in references.all_references(connection)),
        document=_document(documents.find(snapshot)),
        sources=_sources(snapshot),
        changes=tuple(_change(snapshot, named, entry, number) for entry, number in numbers.items()),
        lines=text.lines(),
        editions=_editions(snapshot, entries),
        comments=comments,
        proposals=record_proposals(snapshot, text, decided, named, answered),
    )


def _document(document: documents.Document) -> exchange.Document:
    return exchange.Document(
        key=document.key,
        title=document.title,
        language=document.language,
        unit=document.unit,  # type: ignore[arg-type]  # the table takes no other word
        note=document.note,
        attribution=document.attribution,  # type: ignore[arg-type]  # as above
    )


def _series(series: meetings.Series) -> exchange.Series:
    return exchange.Series(
        id=series.key,
        name=series.name,
        hosts=series.hosts,
        since=series.since,
        meetings_planned=series.meetings_planned,
        note=series.note,
    )


def _meeting(meeting: meetings.Meeting) -> exchange.Meeting:
    return exchange.Meeting(
        id=meeting.key,
        name=meeting.name,
        series=meeting.series,
        kind=meeting.kind,
        date=meeting.date,
        place=meeting.place,
        note=meeting.note,
        topics=meeting.topics,
        open=meeting.is_open,
    )


def _reference(reference: references.Reference) -> exchange.Reference:
    return exchange.Reference(
        id=reference.key,
        title=reference.title,
        authors=reference.authors,
        date=reference.date,
        publisher=reference.publisher,
        series=reference.series,
        note=reference.note,
    )


def _sources(snapshot: Snapshot) -> tuple[exchange.Source, ...]:
    return tuple(
        exchange.Source(
            file=source.file or "",
            title=source.title,
            authors=source.authors,
            date=source.date,
            publisher=source.publisher,
            sha256=source.sha256,
            note=source.note,
        )
        for source in documents.sources(snapshot)
        if source.role == "cited"
    )


def _changes(snapshot: Snapshot) -> list[int]:
    """Return the entries that changed the text, in order."""
    version, placement = tables.version, tables.placement
    query = (
        select(version.c.since)
        .where(version.c.document == snapshot.document)
        .union(select(placement.c.since).where(placement.c.document == snapshot.document))
    )
    return sorted(snapshot.connection.scalars(query))


def _change(snapshot: Snapshot, named: Voices, entry: int, number: int) -> exchange.Change:
    table = tables.entry
    row = snapshot.connection.execute(select(table).where(table.c.number == entry)).one()
    return exchange.Change(
        number=number,
        author=named.author(row.author),
        at=timestamp(row.at),
        command=row.command,
        summary=row.summary,
    )


def _editions(snapshot: Snapshot, entries: Sequence[int]) -> tuple[exchange.Edition, ...]:
    return tuple(
        exchange.Edition(
            id=edition.key,
            name=edition.name,
            change=bisect_left(entries, edition.state + 1),
            status=edition.status,  # type: ignore[arg-type]  # the table takes no other word
            date=edition.date,
            note=edition.note,
            printed=dict(edition.printed) or None,
        )
        for edition in editions.all_editions(snapshot)
    )
