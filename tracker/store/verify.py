"""Recomputing the chain and every derived column, to name what does not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, and_, func, select

from tracker.store import tables
from tracker.store.derived import open_comments
from tracker.store.digest import (
    FORMAT,
    FORMATS,
    GENESIS,
    entry_digest,
    hashed_columns,
    row_digest,
)
from tracker.store.sealing import hashes_of, is_erased
from tracker.store.types import CURRENT
from tracker.store.verify_search import check_index, check_tally


def verify(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each thing that does not hold; nothing if the store is as written."""
    try:
        entries = {row.number: row for row in connection.execute(select(tables.entry))}
    except ValueError as error:
        yield f"an entry has a time that is none: {error}"
        return
    rows: dict[int, list[tuple[Table, str]]] = defaultdict(list)
    for table in tables.JOURNALED:
        yield from _check_rows(connection, table, entries, rows)
    yield from _check_chain(connection, entries, rows)
    yield from _check_until(connection)
    yield from _check_anchor_lines(connection)
    yield from _check_open(connection)
    yield from check_tally(connection)
    yield from check_index(connection)


def _check_rows(
    connection: Connection,
    table: Table,
    entries: dict[int, Row[Any]],
    rows: dict[int, list[tuple[Table, str]]],
) -> Iterator[str]:
    moment = table.info["moment"]
    newest = hashed_columns(table, FORMAT)
    sealed = hashes_of(connection, table)
    # What an entry's format does not hash, the entry cannot have written.
    unknown = {form: set(newest).difference(hashed_columns(table, form)) for form in FORMATS}
    found = connection.execute(select(table), execution_options={"stream_results": True})
    for row in found.mappings():
        number = row[moment]
        rows[number].append((table, row["digest"]))
        if number not in entries:
            yield f"{name_of(table, row)} names entry @{number}, which is not in the journal"
        elif (form := entries[number].format) not in FORMATS:
            continue
        elif row_digest(table, dict(row), form, sealed.get(row["digest"])) != row["digest"] or any(
            row[name] is not None for name in unknown[form]
        ):
            yield f"{name_of(table, row)} is not what entry @{number} wrote"
        elif row["digest"] in sealed and not is_erased(table, row):
            yield f"{name_of(table, row)} is sealed, and some of its words are there"
        sealed.pop(row["digest"], None)
    for digest in sorted(sealed):
        yield f"a seal stands for a row of {table.name} that is not there: {digest[:12]}…"


def _check_chain(
    connection: Connection,
    entries: dict[int, Row[Any]],
    rows: dict[int, list[tuple[Table, str]]],
) -> Iterator[str]:
    previous, expected = GENESIS, 1
    for number in sorted(entries):
        row = entries[number]
        if number != expected:
            yield f"entry @{expected} is missing from the journal"
        written = rows.get(number, [])
        if row.format not in FORMATS:
            yield f"entry @{number} has the format {row.format}, which this program does not know"
        elif len(written) != row.rows:
            yield f"entry @{number} wrote {row.rows} rows, {len(written)} are there"
        elif row.previous != previous:
            yield f"entry @{number} does not follow the entry before it"
        elif entry_digest(previous, row._asdict(), written) != row.digest:
            yield f"entry @{number} ({row.command}) is not what was written"
        previous, expected = row.digest, number + 1
    head = connection.execute(select(tables.head)).one_or_none()
    if head is None:
        yield f"the head is gone, the journal ends at @{expected - 1}"
    elif head.number != expected - 1:
        yield f"the head says @{head.number}, the journal ends at @{expected - 1}"
    elif head.digest != previous:
        yield f"the head does not hold the digest of the last entry, @{head.number}"


def _check_until(connection: Connection) -> Iterator[str]:
    """Each version is current until the next one begins."""
    for table in tables.JOURNALED:
        if "subject" not in table.info:
            continue
        subject = [table.c[name] for name in table.info["subject"]]
        order = table.c.number if "number" in table.c else table.c.id
        follows = func.lead(table.c.since).over(partition_by=subject, order_by=order)
        right = func.coalesce(follows, CURRENT).label("right")
        computed = select(*table.primary_key, table.c.until, right).subquery()
        wrong = select(computed).where(computed.c.until != computed.c.right)
        for row in connection.execute(wrong).mappings():
            yield f"{name_of(table, row)} ends at the wrong entry: {row['until']}"


def _check_anchor_lines(connection: Connection) -> Iterator[str]:
    anchor, version = tables.anchor, tables.version
    stands = and_(
        version.c.document == anchor.c.document,
        version.c.wording == anchor.c.wording,
        version.c.line == anchor.c.line,
    )
    # One on a proposal's wording stands on no line.
    wrong = select(anchor).where(
        anchor.c.line.is_not(None), ~select(version.c.line).where(stands).exists()
    )
    for row in connection.execute(wrong).mappings():
        yield f"{name_of(anchor, row)} stands on a line that never had its wording"


def _check_open(connection: Connection) -> Iterator[str]:
    placement = tables.placement
    wrong = select(placement).where(placement.c.open != open_comments())
    for row in connection.execute(wrong).mappings():
        yield f"{name_of(placement, row)} counts {row['open']} open comments, which is wrong"


def name_of(table: Table, row: Any) -> str:
    """Return what a person calls a row: its table and the columns of its key."""
    key = ", ".join(f"{column.name} {row[column.name]}" for column in table.primary_key)
    return f"{table.name} ({key})"
