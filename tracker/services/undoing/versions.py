"""The versions of what an entry wrote: those before it, its own, and those that came later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, select, tuple_, union

from tracker.services.paging import batches
from tracker.store import tables

Row = Mapping[str, Any]


def subject(table: Table, row: Row) -> tuple[Any, ...]:
    """Return what a row of a versioned table tells of: its versions have it in common."""
    return tuple(row[name] for name in table.info["subject"])


def written(connection: Connection, table: Table, number: int) -> list[Row]:
    """Return all versions of each thing that an entry wrote a version of, in their order."""
    found = connection.execute(select(table).where(_around(table, number))).mappings()
    rows: list[Row] = [dict(row) for row in found]
    own = {subject(table, row) for row in rows if row["since"] == number}
    ordinal = "id" if table is tables.verdict else "number"
    return sorted(
        (row for row in rows if subject(table, row) in own), key=lambda row: int(row[ordinal])
    )


def _around(table: Table, number: int) -> ColumnElement[bool]:
    """Return a condition that holds for these versions; of verdicts also for others beside them."""
    # By lists that are made once: looking for each row's own goes through the table once for each.
    if table is tables.verdict:
        lists = (_verdicts(name, number) for name in ("comment", "proposal", "line"))
        return tuple_(table.c.document, table.c.id).in_(union(*lists))
    own = table.alias()
    names = table.info["subject"]
    query = select(*(own.c[name] for name in names)).where(own.c.since == number)
    return tuple_(*(table.c[name] for name in names)).in_(query)


def _verdicts(name: str, number: int) -> Any:
    """Return the query for all verdicts on what an entry gave a verdict on."""
    own, every = tables.verdict.alias(), tables.verdict.alias()
    same = and_(every.c.document == own.c.document, every.c[name] == own.c[name])
    return select(every.c.document, every.c.id).join(own, same).where(own.c.since == number)


def keys(table: Table, rows: Iterable[Row]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions, each for a part of some rows."""
    names = [column.name for column in table.primary_key]
    own = tuple_(*(table.c[name] for name in names))
    wanted: Sequence[Row] = list(rows)
    for part in batches(wanted):
        yield own.in_([tuple(row[name] for name in names) for row in part])
