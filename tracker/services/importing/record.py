"""A record into the store: the text change by change, then everything said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from tracker.errors import BadInput, Refused
from tracker.exchange.record import Edition, Record
from tracker.services import documents, editions
from tracker.services.importing.files import File, store_file
from tracker.services.importing.house import refuse_conflicts, store_house, store_sources
from tracker.services.importing.proposed import store_decisions, store_proposals
from tracker.services.importing.remarks import number_comments, store_comments
from tracker.services.importing.replay import Replay
from tracker.services.importing.settled import store_agreements, store_links
from tracker.store.journal import Entry, head
from tracker.store.types import timestamp


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a record would store, found out without storing anything."""

    record: Record
    file: File
    head: int
    document: str


def plan(connection: Connection, record: Record, file: File) -> Plan:
    """Return what importing a whole record would do.

    Raises Refused if its document is there already, or a meeting of the same name that is another;
    BadInput for what cannot be stored.
    """
    if record.document is None:
        raise BadInput(
            "the record has no document of its own",
            "name the one its comments are on with --document",
        )
    key = record.document.key
    if documents.is_taken(connection, key):
        raise Refused(
            f"the document {key} is in the store already",
            "import it into another store: tracker --database OTHER.db init",
        )
    for change in record.changes:
        _moment(change.at)
    refuse_conflicts(connection, record)
    number, _ = head(connection)
    return Plan(record, file, number, key)


def apply(entry: Entry, plan: Plan) -> str:
    """Store a record: an entry for each change of its text; return the document's key.

    These entries keep the author and the time that the record gives its changes; everything else
    comes in one more, under the importer's name. Raises Refused if the store moved since the plan
    was made, BadInput for what cannot be stored.
    """
    entry.expect(plan.head)
    record = plan.record
    importer = (entry.author, entry.at, entry.command)
    document, states, replay = _replayed(entry, record)
    if record.changes:
        entry.follow(*importer)
        entry.document = document
    entry.summary = "record"
    store_house(entry, record)
    sources = store_sources(entry, document, record.sources)
    store_file(entry, document, plan.file)
    comments = number_comments(entry, document, record.comments)
    store_proposals(entry, replay.text, record.proposals)
    store_comments(entry, replay.text, comments, sources)
    store_decisions(entry, replay.text, record.proposals)
    store_agreements(entry, replay.text, record.lines)
    store_links(entry, replay.text, record.lines)
    for edition in record.editions:
        _store_edition(entry, document, edition, states[edition.change], replay)
    return plan.document


def _replayed(entry: Entry, record: Record) -> tuple[int, dict[int, int], Replay]:
    """Store the text, an entry for each change of it: the document, and the changes' entries."""
    told = record.document
    assert told is not None
    if record.changes:
        first = record.changes[0]
        entry.author, entry.at, entry.command = first.author, _moment(first.at), first.command
        entry.summary = first.summary
    document = documents.add(
        entry,
        told.key,
        title=told.title,
        language=told.language,
        unit=told.unit,
        note=told.note,
        attribution=told.attribution,
    )
    replay = Replay(entry, document, told.language, record.lines)
    states = {1: entry.number}
    replay.change(1)
    for change in record.changes[1:]:
        entry.follow(change.author, _moment(change.at), change.command)
        entry.document, entry.summary = document, change.summary
        states[change.number] = entry.number
        replay.change(change.number)
    return document, states, replay


def _store_edition(
    entry: Entry, document: int, edition: Edition, state: int, replay: Replay
) -> None:
    printed = edition.printed or {}
    editions.store(
        entry,
        document,
        edition.id,
        state=state,
        printed={replay.text.line(label): number for label, number in printed.items()},
        values={
            "name": edition.name,
            "status": edition.status,
            "date": edition.date,
            "note": edition.note,
        },
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None and timestamp(moment) == text:
            return moment.astimezone(UTC)
    except ValueError:
        pass
    raise BadInput(
        f"{text!r} is no time of a change", "write UTC such as 2022-09-30T08:15:00.000000Z"
    )
