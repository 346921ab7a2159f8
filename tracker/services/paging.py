"""Paging a listing: some rows, and how many there are in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

BATCH = 5_000
"""Rows to look something up for at once: a database takes only so many values in a query."""


def page(
    connection: Connection,
    query: Select[Any],
    limit: int | None,
    counted: Select[Any] | None = None,
) -> tuple[Sequence[Any], int]:
    """Return the first ``limit`` rows of a query (none: all), and how many it has without it.

    ``counted`` is a query with as many rows that is quicker to count: without joins for looks.
    """
    rows = connection.execute(query.limit(limit)).all()
    if limit is None or len(rows) < limit:
        return rows, len(rows)
    whole = query.order_by(None) if counted is None else counted
    count = select(func.count()).select_from(whole.subquery())
    return rows, connection.execute(count).scalar_one()


def batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the rows in order, some at a time."""
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]
