"""A dump: the whole store as JSON Lines, the same bytes from either database.

The first line says what it is and where the chain ends. Then each table that the journal hashes,
and the entries themselves: a line with the table's name and columns, and a line for each row, in
the order of its primary key, by code point. The last line says how many rows there were, so that a
dump that was cut off is told from a whole one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, Text, select

from tracker.store import tables
from tracker.store.columns import metadata
from tracker.store.digest import FORMAT
from tracker.store.journal import head
from tracker.store.open import SCHEMA
from tracker.store.types import timestamp

KIND = "tracker dump"
VERSION = 1
"""Of the form described above."""
ORDER: tuple[Table, ...] = tuple(
    table for table in metadata.sorted_tables if table in tables.JOURNALED or table is tables.entry
)
"""The tables of a dump: those a row refers to come before its own."""
_BATCH = 1_000


def dump(connection: Connection) -> Iterator[str]:
    """Yield the lines of a dump, without their line ends. Holds a batch of rows at a time."""
    number, digest = head(connection)
    yield _line(
        {
            "kind": KIND,
            "version": VERSION,
            "schema": SCHEMA,
            "format": FORMAT,
            "head": number,
            "digest": digest,
        }
    )
    rows = 0
    for table in ORDER:
        names = [column.name for column in table.columns]
        yield _line({"table": table.name, "columns": names})
        for row in _rows(connection, table):
            yield _line([_written(value) for value in row])
            rows += 1
    yield _line({"rows": rows})


def _rows(connection: Connection, table: Table) -> Iterator[Any]:
    by_code_point = connection.dialect.name == "postgresql"
    order = [
        column.collate("C") if by_code_point and isinstance(column.type, Text) else column
        for column in table.primary_key
    ]
    query = select(table).order_by(*order)
    yield from connection.execute(query, execution_options={"yield_per": _BATCH})


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if value is None or isinstance(value, (int, str)):
        return value
    return timestamp(value)


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
