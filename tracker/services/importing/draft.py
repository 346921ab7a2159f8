"""A draft into the store: a new document, each of its lines with the words and the place it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tracker.errors import Refused
from tracker.exchange import record
from tracker.exchange.draft import Draft, DraftLine
from tracker.services import documents
from tracker.services.importing.files import File, store_file
from tracker.services.importing.known import changes
from tracker.services.importing.replay import Replay
from tracker.services.names import check_key
from tracker.services.snapshot import latest
from tracker.store import tables
from tracker.store.journal import Entry, head

# The marks of a quotation (>) stand on its empty lines too.
_EMPTY_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n>]*(?:>[^\S\r\n>]*)*[\r\n]")
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
    taken = select(tables.document.c.id).where(tables.document.c.key == key)
    if connection.execute(taken).first() is not None:
        found = changes(latest(connection, key), draft)
        told = ", ".join(f"{count} {what}" for what, count in found.items())
        if found.keys() == {"unchanged"}:
            told = "none changed, but the markup or the white space between them did"
        raise Refused(
            f"there is a document {key} already, and {file.name} is not the same text: of its "
            f"lines, {told}",
            "changes go in with tracker propose; to keep it as a document of its own, name it "
            "with --document",
        )
    number, _ = head(connection)
    return Plan(draft, file, number, key, title)


def apply(entry: Entry, plan: Plan) -> str:
    """Store a draft as a document and return its key. Raises Refused if the store moved since."""
    entry.expect(plan.head)
    draft = plan.draft
    document = documents.add(
        entry, plan.document, title=plan.title, language=draft.language, unit=draft.unit
    )
    Replay(entry, document, draft.language, list(_lines(draft))).change(1)
    store_file(entry, document, plan.file)
    entry.summary = plan.document
    return plan.document


def doubtful(draft: Draft) -> list[int]:
    """Return the numbers, from 1, of the lines that look as if they were split wrongly.

    They begin in lower case within a paragraph, or are no longer than a stray abbreviation.
    """
    return [
        number
        for number, line in enumerate(draft.lines, 1)
        if line.kind == "sentence"
        and number > 1
        and _block(line.lead) == "inline"
        and (line.text[0].islower() or len(line.text) <= _SHORT)
    ]


def _lines(draft: Draft) -> Iterator[record.Line]:
    """Yield the lines with their labels, each placed behind the one before."""
    last = len(draft.lines)
    for number, line in enumerate(draft.lines, 1):
        gap, markup = _parted(line, first=number == 1)
        place = record.Place(
            after=str(number - 1) if number > 1 else None,
            block="paragraph" if number == 1 else _block(line.lead),
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


def _parted(line: DraftLine, *, first: bool) -> tuple[str, str]:
    """Return the gap before a line, and the markup that belongs to it: ``- ``, with its indent."""
    at = max(line.lead.rfind("\n"), line.lead.rfind("\r")) + 1
    if not at and not (first and line.lead.strip()):
        return line.lead, ""
    return line.lead[:at], line.lead[at:]


def _block(lead: str) -> record.Block:
    if _EMPTY_LINE.search(lead):
        return "paragraph"
    return "line" if "\n" in lead or "\r" in lead else "inline"
