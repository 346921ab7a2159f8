"""What a record says about the house it comes from: series, meetings, voices, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection

from tracker.errors import Refused
from tracker.exchange.record import Meeting, Participant, Record, Reference, Series, Source
from tracker.services import convening, meetings, references
from tracker.services.inputs import check_date, check_optional, check_text
from tracker.store import tables
from tracker.store.journal import Entry

Item = Series | Meeting | Participant | Reference


def store_house(entry: Entry, record: Record) -> None:
    """Store the series, meetings, participants and references that are not there yet.

    Raises Refused if one is there under the same name and says something else.
    """
    add: dict[str, Callable[..., int]] = {
        "series": meetings.add_series,
        "meeting": meetings.add_meeting,
        "participant": meetings.add_participant,
        "reference": meetings.add_reference,
    }
    for noun, item in _new(entry.connection, record):
        add[noun](entry, item.id, **_values(item))
        if isinstance(item, Meeting) and item.open:
            convening.open_(entry, item.id)
    there = {held.key: held for held in meetings.all_meetings(entry.connection)}
    for said in record.meetings:
        held = there[said.id]
        further = said.topics[len(held.topics) :]
        meetings.add_topics(entry, held.id, further, after=len(held.topics))


def refuse_conflicts(connection: Connection, record: Record) -> None:
    """Raise Refused if a meeting, say, is in the store under the same name and is another."""
    for _ in _new(connection, record):
        pass


def _new(connection: Connection, record: Record) -> Iterator[tuple[str, Item]]:
    """Yield what is not there yet, the series first: others refer to them."""
    known: dict[str, tuple[Sequence[Item], Sequence[Any]]] = {
        "series": (record.series, meetings.all_series(connection)),
        "meeting": (record.meetings, meetings.all_meetings(connection)),
        "participant": (record.participants, meetings.all_participants(connection)),
        "reference": (record.references, references.all_references(connection)),
    }
    for noun, (items, stored) in known.items():
        there = {item.key: item for item in stored}
        for item in items:
            if item.id not in there:
                yield noun, item
                continue
            for name, value in _values(item).items():
                held = getattr(there[item.id], name)
                # A meeting may have had further topics.
                goes_on = name == "topics" and value[: len(held)] == held
                if held != value and not goes_on:
                    raise Refused(
                        f"the {noun} {item.id} is in the store with another {name}: "
                        f"{held!r}, not {value!r}",
                        f"say the same, or give the {noun} of the file another id",
                    )


def _values(item: Item) -> dict[str, Any]:
    """Return what is told of something; whether a meeting is open is no part of what it is."""
    names = [field.name for field in fields(item) if field.name not in ("id", "open")]
    return {name: getattr(item, name) for name in names}


def new_sources(known: Sequence[Any], sources: Sequence[Source]) -> list[Source]:
    """Return the sources that are not known yet.

    Raises Refused if one is known under the same file name and is another.
    """
    there = {source.file: source for source in known}
    for source in sources:
        held = there.get(source.file)
        for field in fields(source) if held is not None else ():
            if getattr(held, field.name) != getattr(source, field.name):
                raise Refused(
                    f"the source {source.file} is in the store with another {field.name}",
                    "say the same as before, or name the file otherwise",
                )
    return [source for source in sources if source.file not in there]


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
