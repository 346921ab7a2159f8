"""Where else the exact words of a remark stand, in any document: what sealing it does not erase."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, and_, or_, select

from tracker.services.comments.redacting import Redaction
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.text.sentences import sentence_spans

# Shorter words stand anywhere by chance; a database takes only so long a pattern, and so many.
_SHORTEST = 8
_PATTERN = 200
_AT_ONCE = 100
# A sentence of a remark tells it only if it is long enough.
_TELLING = 30


class _Keys(NamedTuple):
    """What people call documents, meetings, editions (by document) and lines (by document)."""

    documents: Mapping[int, str]
    meetings: Mapping[int, str]
    editions: Mapping[tuple[int, int], str]
    lines: Mapping[tuple[int, int], str]


_Naming = Callable[[Row[Any], _Keys], str]


def _subject(row: Row[Any], keys: _Keys) -> str:
    if row.comment is not None:
        return f"C{row.comment}"
    if row.proposal is not None:
        return f"P{row.proposal}" if row.change is None else f"P{row.proposal}.{row.change}"
    return f"line {keys.lines[row.document, row.line]}"


# Each table whose rows people write with words of their own, its columns, and its rows' names.
_TOLD: tuple[tuple[Table, tuple[str, ...], _Naming], ...] = (
    (tables.comment_version, ("text", "context", "note"), lambda row, _: f"C{row.comment}"),
    (tables.verdict, ("reason",), lambda row, keys: f"the decision on {_subject(row, keys)}"),
    (
        tables.proposal_version,
        ("rationale",),
        lambda row, _: f"the rationale of P{row.proposal}",
    ),
    (tables.assignment, ("note",), lambda row, _: f"what is to be done about C{row.comment}"),
    (tables.document_version, ("title", "note"), lambda *_: "what is said of the document"),
    (
        tables.edition_version,
        ("name", "note"),
        lambda row, keys: f"the edition {keys.editions[row.document, row.edition]}",
    ),
    (
        tables.source,
        ("title", "authors", "publisher", "note"),
        lambda row, _: f"what is said of the source {row.file}",
    ),
    (tables.meeting, ("name", "place", "note"), lambda row, _: f"the meeting {row.key}"),
    (
        tables.meeting_version,
        ("name", "place", "note"),
        lambda row, keys: f"the meeting {keys.meetings[row.meeting]}",
    ),
    (tables.topic, ("name",), lambda row, keys: f"a topic of {keys.meetings[row.meeting]}"),
    (tables.series, ("name", "hosts", "note"), lambda row, _: f"the series {row.key}"),
    (tables.participant, ("name", "note"), lambda row, _: f"the participant {row.key}"),
    (tables.reference, ("title", "note"), lambda row, _: f"the reference {row.key}"),
)


def standing_elsewhere(snapshot: Snapshot, comment: int, remark: Redaction) -> Iterator[str]:
    """Yield what a person calls each place, in any version, that holds words of a remark.

    Its whole texts, and sentences and notes of it that are long enough to be known by.
    """
    connection = snapshot.connection
    told = _telling(remark, snapshot.language)
    if not told:
        return
    keys = _keys(connection)
    for table, columns, name in _TOLD:
        for row in _holding(connection, table, columns, told):
            document = getattr(row, "document", None)
            if table is tables.comment_version and (document, row.comment) == (
                snapshot.document,
                comment,
            ):
                continue
            yield name(row, keys) + _of(snapshot, keys, document)
    for document, name_ in _in_wordings(connection, told):
        yield name_ + _of(snapshot, keys, document)


def _telling(remark: Redaction, language: str) -> list[str]:
    """Return the texts by which a remark is known again."""
    sentences = [
        text[start:stop] for text in remark.texts for start, stop in sentence_spans(text, language)
    ]
    whole = [text for text in remark.texts if len(text) >= _SHORTEST]
    parts = [text for text in (*sentences, *remark.beside) if len(text) >= _TELLING]
    return list(dict.fromkeys([*whole, *parts]))


def _of(snapshot: Snapshot, keys: _Keys, document: int | None) -> str:
    return "" if document in (None, snapshot.document) else f" of {keys.documents[document]}"


def _keys(connection: Connection) -> _Keys:
    edition, verdict, line = tables.edition, tables.verdict, tables.line
    agreed = and_(line.c.document == verdict.c.document, line.c.id == verdict.c.line)
    labels = select(line.c.document, line.c.id, line.c.label).join(verdict, agreed)
    editions = select(edition.c.document, edition.c.id, edition.c.key)
    return _Keys(
        documents=_by_id(connection, tables.document),
        meetings=_by_id(connection, tables.meeting),
        editions={(row[0], row[1]): row[2] for row in connection.execute(editions)},
        lines={(row[0], row[1]): row[2] for row in connection.execute(labels)},
    )


def _by_id(connection: Connection, table: Table) -> dict[int, str]:
    query = select(table.c.id, table.c.key)
    return {row.id: row.key for row in connection.execute(query)}


def _holding(
    connection: Connection, table: Table, columns: Sequence[str], texts: Sequence[str]
) -> Iterator[Row[Any]]:
    """Yield the rows of a table that hold one of some texts, maybe more than once."""
    for some in (texts[at : at + _AT_ONCE] for at in range(0, len(texts), _AT_ONCE)):
        alike = [
            table.c[column].contains(text[:_PATTERN], autoescape=True)
            for text in some
            for column in columns
        ]
        query = select(table).where(or_(*alike)).order_by(*table.primary_key)
        for row in connection.execute(query):
            values = [getattr(row, column) or "" for column in columns]
            if any(text in value for text in some for value in values):
                yield row


def _in_wordings(connection: Connection, texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield the versions of lines, and the changes proposed, whose wording holds a text."""
    line, version, words = tables.line, tables.version, tables.proposal_wording
    for held in _holding(connection, tables.wording, ("text",), texts):
        own = (held.document, held.id)
        standing = (
            select(line.c.label, version.c.number)
            .join(version, and_(version.c.document == line.c.document, version.c.line == line.c.id))
            .where(version.c.document == own[0], version.c.wording == own[1])
        )
        for label, number in connection.execute(standing):
            yield held.document, f"line {label}:{number}"
        proposed = select(words.c.proposal, words.c.change).where(
            words.c.document == own[0], words.c.wording == own[1], words.c.role == "result"
        )
        for proposal, change in connection.execute(proposed):
            yield held.document, f"P{proposal}.{change}"
