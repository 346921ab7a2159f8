"""Putting back what an entry changed: for each row that it wrote, a new one that takes it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, and_, exists, select

from tracker.errors import Refused
from tracker.services.retractions import retract
from tracker.services.undoing.choosing import Chosen
from tracker.services.undoing.versions import Row, keys, subject, written
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

# What is listed by a number or a key of its own; those of the store have no document.
_OF_DOCUMENT = ("comment", "proposal", "edition")
_OF_STORE = ("document", "meeting", "participant", "series", "reference")
# What stands for “there is none” of something that has no identity to retract.
_ENDED: dict[str, dict[str, Any]] = {
    "anchor": {"state": "removed"},
    "placement": {
        **dict.fromkeys(("rank", "gap", "after_line", "trail", "kind", "level", "into_line")),
        "block": "paragraph",
        "markup": "",
    },
    "translation": {"wording": None},
    "assignment": {"assignee": None, "due": None, "note": None, "done": 0},
    "retraction": {"holds": 0},
    "verdict": {
        **dict.fromkeys(("reason", "decided_by", "decided_on", "mode", "votes", "wording")),
        "outcome": "undone",
    },
}
_WRITTEN_ANEW = {"since", "until", "digest", "salt", "number"}


def restore(entry: Entry, chosen: Chosen) -> None:
    """Write what takes an entry back. Raises Refused if something of it cannot be taken back."""
    _check(entry, chosen)
    brought = _documents(entry, chosen)
    _retract(entry, chosen, brought)
    for table in tables.JOURNALED:
        if "subject" in table.info:
            _restore_table(entry, table, chosen, brought)
    _check_ranks(entry)
    retract(entry, "entry", chosen.number)


def _check(entry: Entry, chosen: Chosen) -> None:
    seal, topic, meeting = tables.seal, tables.topic, tables.meeting
    if entry.connection.execute(select(seal.c.id).where(seal.c.entry == chosen.number)).first():
        raise Refused(
            f"@{chosen.number} erased words at their speaker's request; they are gone for good",
            "what was sealed stays sealed",
        )
    own = exists().where(meeting.c.id == topic.c.meeting, meeting.c.entry == chosen.number)
    added = select(topic.c.name).where(topic.c.entry == chosen.number, ~own)
    if entry.connection.execute(added).first():
        raise Refused(
            f"@{chosen.number} gave a meeting a topic, and a topic is not taken back",
            "leave it without comments",
        )


def _documents(entry: Entry, chosen: Chosen) -> set[int]:
    """Return the documents that the entry brought: with them goes all that is in them."""
    table = tables.document
    return set(entry.connection.scalars(select(table.c.id).where(table.c.entry == chosen.number)))


def _retract(entry: Entry, chosen: Chosen, brought: set[int]) -> None:
    for name in _OF_STORE:
        table = _table(name)
        query = select(table.c.id).where(table.c.entry == chosen.number).order_by(table.c.id)
        for number in entry.connection.scalars(query).all():
            retract(entry, name, number)
    for name in _OF_DOCUMENT:
        table = _table(name)
        query = select(table.c.document, table.c.id).where(table.c.entry == chosen.number)
        for row in entry.connection.execute(query.order_by(table.c.document, table.c.id)).all():
            if row.document not in brought:
                retract(entry, name, row.id, document=row.document)


def _table(name: str) -> Table:
    return next(table for table in tables.JOURNALED if table.name == name)


def _restore_table(entry: Entry, table: Table, chosen: Chosen, brought: set[int]) -> None:
    """Let what the entry wrote of a versioned table be followed by what was there before."""
    before: dict[tuple[Any, ...], Row] = {}
    last: dict[tuple[Any, ...], Row] = {}
    for row in written(entry.connection, table, chosen.number):
        if row.get("document") in brought:
            continue
        if row["since"] < chosen.number:
            before[subject(table, row)] = row
        last[subject(table, row)] = row
    if table.name not in _ENDED and table is not tables.meeting_version:
        # What began with the entry is retracted, or (a version of a line) stands nowhere.
        last = {key: row for key, row in last.items() if key in before}
    _check_sealed(entry, table, before.values())
    becomes = []
    for key, row in last.items():
        kept = before.get(key) or _nothing(entry, table, row)
        values = {name: value for name, value in kept.items() if name not in _WRITTEN_ANEW}
        if table is tables.placement:
            # It is counted anew.
            del values["open"]
        if table is tables.verdict:
            values["id"] = entry.next_id(table, row["document"])
        else:
            values["number"] = row["number"] + 1
        becomes.append(values)
    for own in keys(table, last.values()):
        entry.supersede_all(table, own)
    entry.insert_many(table, becomes)


def _nothing(entry: Entry, table: Table, row: Row) -> dict[str, Any]:
    """Return what takes the place of something that was not there before."""
    if table is not tables.meeting_version:
        return {**row, **_ENDED[table.name]}
    # Its first version is the row of the meeting itself.
    meeting = tables.meeting
    query = select(meeting).where(meeting.c.id == row["meeting"])
    first = entry.connection.execute(query).mappings().one()
    kept = {name: first[name] for name in ("series", "name", "kind", "date", "place", "note")}
    return {**kept, "meeting": row["meeting"], "open": 0}


def _check_sealed(entry: Entry, table: Table, rows: Iterable[Row]) -> None:
    """Raise Refused if the words to be put back were erased meanwhile."""
    seal = tables.seal
    query = select(seal.c.row_digest).where(seal.c.row_table == table.name)
    erased = set(entry.connection.scalars(query))
    if any(row["digest"] in erased for row in rows):
        raise Refused(
            "the words that would have to be put back were erased at their speaker's request",
            "write anew what should stand: tracker comment edit",
        )


def _check_ranks(entry: Entry) -> None:
    """Raise Refused if a line would stand where another one stands now."""
    placement, line = tables.placement, tables.line
    other = placement.alias()
    same_place = and_(
        other.c.document == placement.c.document,
        other.c.language == placement.c.language,
        other.c.rank == placement.c.rank,
        other.c.until == CURRENT,
        other.c.line != placement.c.line,
    )
    query = (
        select(line.c.label)
        .join(
            placement, and_(line.c.document == placement.c.document, line.c.id == placement.c.line)
        )
        .where(placement.c.since == entry.number, exists().where(same_place))
    )
    taken = entry.connection.execute(query).scalar()
    if taken is not None:
        raise Refused(
            f"another line stands now where line {taken} stood",
            "take back the change of the text instead: tracker revert @N",
        )
