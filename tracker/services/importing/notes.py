"""A meeting's notes into a document that is there: as a meeting's comments of a record come in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

from sqlalchemy import Connection

from tracker.errors import BadInput
from tracker.exchange.notes import Fault, Notes
from tracker.exchange.record import Meeting, Record
from tracker.services import meetings
from tracker.services.importing import meeting
from tracker.services.importing.files import File, refuse_known
from tracker.services.importing.fitting import misfits
from tracker.services.importing.stored import stored_text
from tracker.services.snapshot import Snapshot

_SHOWN = 20
_MEND = "nothing was stored; mend the notes and try again: docs/notes.md describes the form"


def plan(snapshot: Snapshot, notes: Notes, file: File) -> meeting.Plan:
    """Return what the comments of a meeting's notes would become in this document.

    Raises Refused if the file, or one of its comments, is in the store already; BadInput that lists
    all faults by the lines of the file.
    """
    refuse_known(snapshot, file)
    settled = _settled(snapshot.connection, notes.record)
    faults = list(notes.faults)
    faults += _placed(_unlike(snapshot.connection, notes.record), notes.places)
    unfit = misfits(snapshot, settled, stored_text(snapshot, settled.comments), shown=None)
    faults += _placed(unfit, notes.places)
    if not faults and not settled.comments:
        faults = [Fault(1, "there is no comment; write: - SPEAKER: what was said")]
    if faults:
        ordered = sorted(dict.fromkeys(faults))
        told = [f"{file.name}, line {fault.line}: {fault.message}" for fault in ordered]
        if len(told) > _SHOWN:
            told[_SHOWN:] = [f"… and {len(told) - _SHOWN:,} more"]
        raise BadInput("\n".join(told), _MEND)
    return meeting.plan(snapshot, settled, file)


def _settled(connection: Connection, record: Record) -> Record:
    """Return the record with meetings that are there as they are, and their further topics."""
    there = {held.key: held for held in meetings.all_meetings(connection)}
    return replace(
        record,
        meetings=tuple(
            _as_held(said, there[said.id]) if said.id in there else said for said in record.meetings
        ),
    )


def _as_held(said: Meeting, held: meetings.Meeting) -> Meeting:
    names = [field.name for field in fields(said) if field.name not in ("id", "topics", "open")]
    further = [topic for topic in said.topics if topic not in held.topics]
    return Meeting(
        id=held.key,
        topics=(*held.topics, *further),
        open=held.is_open,
        **{name: getattr(held, name) for name in names},
    )


def _unlike(connection: Connection, record: Record) -> Iterator[str]:
    """Yield what the store says otherwise of a meeting, and which new meeting has no name."""
    there = {held.key: held for held in meetings.all_meetings(connection)}
    for place, said in enumerate(record.meetings, 1):
        held = there.get(said.id)
        if held is None:
            if said.id and not said.name:
                yield (
                    f"meetings.{place}.name: there is no meeting {said.id} yet; a new one needs a "
                    f"name: # Meeting {said.id}: NAME"
                )
            continue
        for name in ("name", "kind", "date", "place", "series", "note"):
            told = getattr(said, name)
            if told and told != getattr(held, name):
                yield (
                    f"meetings.{place}.{name}: the store has another {name} of {said.id}: "
                    f"{getattr(held, name)!r}, not {told!r}; correct one: tracker meeting set"
                )


def _placed(found: Iterator[str] | list[str], places: Mapping[str, int]) -> Iterator[Fault]:
    """Yield faults that begin with a field, by the line of the file where it stands."""
    for fault in found:
        path, _, message = fault.partition(": ")
        while path and path not in places:
            path = path.rpartition(".")[0]
        yield Fault(places.get(path, 1), message)
