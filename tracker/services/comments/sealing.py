"""Sealing a comment: its words are erased everywhere at its speaker's request; a stub is left."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Row, select

from tracker.services.comments import reading
from tracker.services.comments.editing import refuse_sealed
from tracker.services.comments.reading import Comment
from tracker.services.comments.redacting import Redaction, redacted
from tracker.services.comments.traces import standing_elsewhere
from tracker.services.importing.files import File
from tracker.services.inputs import check_text
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import sealing, tables
from tracker.store.journal import Entry
from tracker.store.open import Store

_comment, _source = tables.comment_version, tables.source
_STUB = (
    *("meeting", "topic", "kind", "type", "verbatim", "parent", "relation", "source"),
    *("internal", "proposal", "change"),
)
# Shorter words may stand in any file by chance.
_TELLING = 30


class Kept(NamedTuple):
    """A kept file that holds the remark; ``copy`` is the same without it, where it was found."""

    document: int
    id: int
    name: str
    encoding: str | None
    language: str | None
    copy: bytes | None


class Plan(NamedTuple):
    """What sealing a comment would erase, and where its exact words would still stand."""

    comment: Comment
    versions: tuple[int, ...]
    files: tuple[Kept, ...]
    elsewhere: tuple[str, ...]
    head: int


def plan(snapshot: Snapshot, name: str) -> Plan:
    """Return what sealing a comment would do. Raises NotFound, or Refused if it is sealed."""
    number = comment_id(name)
    found = reading.numbered(snapshot, [number])[0]
    refuse_sealed(found)
    query = (
        select(_comment)
        .where(_comment.c.document == snapshot.document, _comment.c.comment == number)
        .order_by(_comment.c.number)
    )
    rows = snapshot.connection.execute(query).all()
    remark = Redaction.of(rows)
    return Plan(
        comment=found,
        versions=tuple(row.number for row in rows),
        files=tuple(_kept(snapshot, rows, remark)),
        elsewhere=tuple(dict.fromkeys(standing_elsewhere(snapshot, number, remark))),
        head=snapshot.at,
    )


def _kept(snapshot: Snapshot, rows: Any, remark: Redaction) -> list[Kept]:
    """Return the kept files, of any document, that brought the remark or hold its very words."""
    query = select(_source).where(_source.c.role == "imported", _source.c.content.is_not(None))
    entries = {row.since for row in rows}
    found = []
    for row in snapshot.connection.execute(query.order_by(_source.c.document, _source.c.id)):
        copy = redacted(row.content, row.encoding, remark)
        came_with_it = row.entry in entries and row.document == snapshot.document
        telling = max(len(text) for text in remark.texts) >= _TELLING
        if came_with_it or (telling and copy is not None):
            found.append(_as_kept(row, copy))
    return found


def _as_kept(row: Row[Any], copy: bytes | None) -> Kept:
    return Kept(row.document, row.id, row.file, row.encoding, row.language, copy)


def apply(entry: Entry, snapshot: Snapshot, plan: Plan, reason: str) -> None:
    """Erase the words of a comment and leave its stub, which says why.

    Raises Refused if the store moved since the plan was made.
    """
    check_text(reason, "reason")
    entry.expect(plan.head)
    entry.document = snapshot.document
    own = {"document": snapshot.document, "comment": comment_id(plan.comment.id)}
    same = [_comment.c[name] == value for name, value in own.items()]
    last = _comment.c.number == plan.versions[-1]
    kept = entry.connection.execute(select(_comment).where(*same, last)).mappings().one()
    for number in plan.versions:
        sealing.seal(entry, _comment, **own, number=number)
    entry.append(_comment, own, **{name: kept[name] for name in _STUB}, note=reason)
    for file in plan.files:
        sealing.seal(entry, _source, document=file.document, id=file.id)
        _store_copy(entry, file)


def _store_copy(entry: Entry, file: Kept) -> None:
    """Keep a file without the remark; only its name, where the remark was not found in it."""
    entry.insert(
        _source,
        document=file.document,
        id=entry.next_id(_source, file.document),
        role="imported",
        file=file.name,
        encoding=file.encoding,
        language=file.language,
        content=file.copy,
        sha256=File(file.name, file.copy).sha256 if file.copy is not None else None,
    )


def sweep(store: Store) -> str | None:
    """Free the database's files of what was erased; return what kept it from being done."""
    return sealing.sweep(store, (_comment, _source, tables.passage))
