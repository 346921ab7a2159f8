"""One more meeting's comments into a document that is there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from tracker.errors import BadInput, Refused
from tracker.exchange.record import Comment, Record
from tracker.services import documents, meetings
from tracker.services.comments import reading
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.importing.fitting import misfits
from tracker.services.importing.house import (
    new_sources,
    refuse_conflicts,
    store_house,
    store_sources,
)
from tracker.services.importing.remarks import Numbered, parents_first, store_comments
from tracker.services.importing.stored import next_number, stored_text
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


@dataclass(frozen=True, slots=True)
class Planned:
    """A comment about to be stored: its new id, what it replies to, the words it is tied to."""

    id: str
    comment: Comment
    parent: str | None
    anchored: tuple[tuple[str, str | None], ...]

    @property
    def numbered(self) -> Numbered:
        """The comment by numbers, as it is stored."""
        parent = comment_id(self.parent) if self.parent else None
        return Numbered(comment_id(self.id), self.comment, parent)


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a meeting's comments would store."""

    record: Record
    file: File
    head: int
    comments: tuple[Planned, ...]


def plan(snapshot: Snapshot, record: Record, file: File) -> Plan:
    """Return what the comments of a record would become in this document.

    Raises Refused if the same file was imported before or says otherwise what a meeting is,
    BadInput that lists what does not fit the document.
    """
    refuse_known(snapshot, file)
    if not record.comments:
        raise BadInput(f"{file.name} has no comments", "docs/record.md describes the form")
    refuse_conflicts(snapshot.connection, record)
    new_sources(_cited(snapshot), record.sources)
    _refuse_said(snapshot, record)
    found = misfits(snapshot, record, stored_text(snapshot, record.comments))
    if found:
        raise BadInput(
            "\n".join(f"{file.name}: {misfit}" for misfit in found),
            "nothing was stored; mend the file and try again",
        )
    first = next_number(snapshot, tables.comment)
    ordered = list(parents_first(record.comments))
    ids = {comment.id: f"C{number}" for number, comment in enumerate(ordered, first)}
    planned = [
        Planned(
            f"C{number}",
            comment,
            ids.get(comment.reply_to, comment.reply_to) if comment.reply_to else None,
            tuple((anchor.line, anchor.quote) for anchor in comment.anchors),
        )
        for number, comment in enumerate(ordered, first)
    ]
    return Plan(record, file, snapshot.at, tuple(planned))


def _cited(snapshot: Snapshot) -> list[documents.Source]:
    return [source for source in documents.sources(snapshot) if source.role == "cited"]


def _refuse_said(snapshot: Snapshot, record: Record) -> None:
    """Raise Refused if a comment of the file is in the store: it would be there twice."""
    stored = {
        (comment.meeting, comment.speaker, comment.text): comment.id
        for key in {comment.meeting for comment in record.comments if comment.meeting}
        for comment in _said_at(snapshot, key)
    }
    again = [
        stored[said]
        for said in ((c.meeting, c.speaker, c.text) for c in record.comments)
        if said in stored
    ]
    if again:
        raise Refused(
            f"{len(again)} of its {len(record.comments)} comments are in the store already: "
            f"{', '.join(again[:8])}{' …' if len(again) > 8 else ''}",
            "take them out of the file, and import what is new",
        )


def _said_at(snapshot: Snapshot, key: str) -> list[reading.Comment]:
    known = {meeting.key: meeting.id for meeting in meetings.all_meetings(snapshot.connection)}
    if key not in known:
        return []
    return reading.listed(snapshot, meeting=known[key])[0]


def apply(entry: Entry, snapshot: Snapshot, plan: Plan) -> list[str]:
    """Store the comments of a plan; return their ids. Raises Refused if the store moved since."""
    entry.expect(plan.head)
    document = snapshot.document
    entry.document = document
    store_house(entry, plan.record)
    store_sources(entry, document, new_sources(_cited(snapshot), plan.record.sources))
    store_file(entry, document, plan.file)
    comments = [planned.numbered for planned in plan.comments]
    sources = _source_numbers(entry, document)
    store_comments(entry, stored_text(snapshot, plan.record.comments), comments, sources)
    return [planned.id for planned in plan.comments]


def _source_numbers(entry: Entry, document: int) -> dict[str, int]:
    source = tables.source
    query = select(source.c.file, source.c.id).where(
        source.c.document == document, source.c.role == "cited"
    )
    return {row.file: row.id for row in entry.connection.execute(query)}
