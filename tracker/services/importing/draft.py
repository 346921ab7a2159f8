"""A draft into the store: a new document, each of its lines with the words and the place it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from tracker.errors import Refused
from tracker.exchange import record
from tracker.exchange.draft import Draft
from tracker.services import documents
from tracker.services.importing.files import File, store_file
from tracker.services.importing.leads import block_of, parted
from tracker.services.importing.replay import Replay, Text
from tracker.services.names import check_key
from tracker.store.journal import Entry, head

# A sentence this short is most often a piece of one that was cut at an abbreviation.
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a draft would store, found out without storing anything."""

    draft: Draft
    file: File
    head: int
    document: str
    title: str


def plan(connection: Connection, draft: Draft, file: File, key: str, title: str) -> Plan:
    """Return what importing a draft as a new document would do.

    Raises Refused if there is a document of that name, BadInput if it is none.
    """
    check_key(key, "document")
    documents.check_settings(title=title, language=draft.language)
    if documents.is_taken(connection, key):
        raise Refused(f"there is a document {key} already", "name the new one with --document")
    number, _ = head(connection)
    return Plan(draft, file, number, key, title)


def apply(entry: Entry, plan: Plan) -> str:
    """Store a draft as a document and return its key. Raises Refused if the store moved since."""
    store(entry, plan)
    return plan.document


def store(entry: Entry, plan: Plan) -> Text:
    """Store the same, and return its lines, for what is said of them."""
    entry.expect(plan.head)
    draft = plan.draft
    document = documents.add(
        entry, plan.document, title=plan.title, language=draft.language, unit=draft.unit
    )
    replay = Replay(entry, document, draft.language, list(_lines(draft)))
    replay.change(1)
    store_file(entry, document, plan.file, language=draft.language)
    entry.summary = plan.document
    return replay.text


def doubtful(draft: Draft) -> list[int]:
    """Return the numbers, from 1, of the lines that look as if they were split wrongly.

    They begin in lower case within a paragraph, or are no longer than a stray abbreviation.
    """
    return [
        number
        for number, line in enumerate(draft.lines, 1)
        if line.kind == "sentence"
        and number > 1
        and block_of(line.lead) == "inline"
        and (line.text[0].islower() or len(line.text) <= _SHORT)
    ]


def _lines(draft: Draft) -> Iterator[record.Line]:
    """Yield the lines with their labels, each placed behind the one before."""
    last = len(draft.lines)
    for number, line in enumerate(draft.lines, 1):
        gap, markup = parted(line, first=number == 1)
        place = record.Place(
            after=str(number - 1) if number > 1 else None,
            block="paragraph" if number == 1 else block_of(line.lead),
            markup=markup,
            gap=gap,
            trail=draft.trail if number == last else None,
        )
        yield record.Line(
            label=str(number),
            kind=line.kind,
            level=line.level,
            versions=(record.Version(text=line.text),),
            places=(place,),
        )
