"""One more meeting's comments into a document that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from tracker.errors import BadInput
from tracker.exchange.record import Comment, Record
from tracker.services import documents, lines
from tracker.services.anchors import copy_anchors
from tracker.services.comments import reading
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.importing.house import store_house, store_sources
from tracker.services.importing.remarks import (
    House,
    insert_anchors,
    locate_words,
    parents_first,
    store_comment,
    store_dispositions,
)
from tracker.services.importing.replay import Text
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a meeting's comments would store."""

    record: Record
    file: File
    head: int
    comments: tuple[Planned, ...]


def plan(snapshot: Snapshot, record: Record, file: File) -> Plan:
    """Return what the comments of a record would become in this document.

    Raises Refused if the same file was imported before, BadInput or NotFound for what does not
    fit the document.
    """
    refuse_known(snapshot, file)
    if not record.comments:
        raise BadInput(f"{file.name} has no comments", "docs/record.md describes the form")
    text = text_of(snapshot, record.comments)
    last = snapshot.connection.execute(
        select(func.coalesce(func.max(tables.comment.c.id), 0)).where(
            tables.comment.c.document == snapshot.document
        )
    ).scalar_one()
    ids: dict[str, str] = {}
    planned = []
    for number, comment in enumerate(parents_first(record.comments), last + 1):
        own = f"C{number}"
        if comment.id is not None:
            _refuse_store_id(comment.id)
            ids[comment.id] = own
        parent = None
        if comment.reply_to is not None:
            parent = ids.get(comment.reply_to) or comment.reply_to
            if comment.reply_to not in ids:
                reading.numbered(snapshot, [comment_id(comment.reply_to)])
        anchored = []
        for anchor in comment.anchors:
            _, words = text.version(anchor.line, anchor.language, anchor.version)
            locate_words(own, anchor, words)
            anchored.append((anchor.line, anchor.quote))
        planned.append(Planned(own, comment, parent, tuple(anchored)))
    return Plan(record, file, snapshot.at, tuple(planned))


def _refuse_store_id(name: str) -> None:
    if name[:1] in "Cc" and name[1:].isdecimal():
        raise BadInput(
            f"the comment {name} of the file has an id that only the store gives",
            "call it something else, such as a1: it gets its number when it is stored",
        )


def text_of(snapshot: Snapshot, comments: Sequence[Comment]) -> Text:
    """Return the lines that comments are on, with their versions as the store has them."""
    text = Text(snapshot.document, snapshot.language)
    anchors = [anchor for comment in comments for anchor in comment.anchors]
    for label, language in dict.fromkeys((a.line, a.language) for a in anchors):
        line = lines.find(snapshot, label, language)
        text.add_line(label, line.id)
        for version in lines.versions(snapshot, line.id, language):
            text.add_version(label, language or snapshot.language, version.wording, version.text)
    return text


def apply(entry: Entry, snapshot: Snapshot, plan: Plan) -> list[str]:
    """Store the comments of a plan; return their ids. Raises Refused if the store moved since."""
    entry.expect(plan.head)
    document = snapshot.document
    entry.document = document
    store_house(entry, plan.record)
    known = {source.file for source in documents.sources(snapshot)}
    new = [source for source in plan.record.sources if source.file not in known]
    store_sources(entry, document, new)
    store_file(entry, document, plan.file)
    sources = _source_numbers(entry, document)
    house = House(entry)
    text = text_of(snapshot, plan.record.comments)
    for planned in plan.comments:
        comment, number = planned.comment, comment_id(planned.id)
        entry.reserve_id(tables.comment, document, number)
        parent = comment_id(planned.parent) if planned.parent else None
        store_comment(entry, document, number, comment, parent, house, sources)
        if comment.anchors:
            insert_anchors(entry, text, number, comment)
        elif parent is not None:
            copy_anchors(entry, document, parent, number)
        store_dispositions(entry, document, number, comment)
    return [planned.id for planned in plan.comments]


def _source_numbers(entry: Entry, document: int) -> dict[str, int]:
    source = tables.source
    query = select(source.c.file, source.c.id).where(
        source.c.document == document, source.c.role == "cited"
    )
    return {row.file: row.id for row in entry.connection.execute(query)}
