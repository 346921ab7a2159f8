"""What a record says about the house it comes from: series, meetings, voices, sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

from tracker.errors import Refused
from tracker.exchange.record import Meeting, Participant, Record, Reference, Series, Source
from tracker.services import meetings, references
from tracker.services.inputs import check_date, check_optional, check_text
from tracker.store import tables
from tracker.store.journal import Entry


def store_house(entry: Entry, record: Record) -> None:
    """Store the series, meetings, participants and references that are not there yet.

    Raises Refused if one is there under the same name and says something else.
    """
    connection = entry.connection
    series = meetings.all_series(connection)
    _each(entry, "series", record.series, series, meetings.add_series)
    known = meetings.all_meetings(connection)
    _each(entry, "meeting", record.meetings, known, meetings.add_meeting)
    voices = meetings.all_participants(connection)
    _each(entry, "participant", record.participants, voices, meetings.add_participant)
    cited = references.all_references(connection)
    _each(entry, "reference", record.references, cited, meetings.add_reference)


def _each(
    entry: Entry,
    noun: str,
    items: Sequence[Series | Meeting | Participant | Reference],
    known: Sequence[Any],
    add: Callable[..., int],
) -> None:
    there = {item.key: item for item in known}
    for item in items:
        values = {f.name: getattr(item, f.name) for f in fields(item) if f.name != "id"}
        if item.id not in there:
            add(entry, item.id, **values)
            continue
        for name, value in values.items():
            if getattr(there[item.id], name) != value:
                raise Refused(
                    f"the {noun} {item.id} is in the store with another {name}: "
                    f"{getattr(there[item.id], name)!r}, not {value!r}",
                    f"give the {noun} of the file another id",
                )


def store_sources(entry: Entry, document: int, sources: Sequence[Source]) -> dict[str, int]:
    """Store the sources that a record cites; return their numbers by file name."""
    return {source.file: _store_source(entry, document, source) for source in sources}


def _store_source(entry: Entry, document: int, source: Source) -> int:
    number = entry.next_id(tables.source, document)
    entry.insert(
        tables.source,
        document=document,
        id=number,
        role="cited",
        file=check_text(source.file, "file name of a source"),
        title=check_optional(source.title, "title"),
        authors=check_optional(source.authors, "authors"),
        date=check_date(source.date, "source"),
        publisher=check_optional(source.publisher, "publisher"),
        sha256=source.sha256,
        note=check_optional(source.note, "note"),
    )
    return number
