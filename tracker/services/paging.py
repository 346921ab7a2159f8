"""Paging a listing: some rows, and how many there are in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select


def page(
    connection: Connection, query: Select[Any], limit: int | None
) -> tuple[Sequence[Any], int]:
    """Return the first ``limit`` rows of a query (none: all), and how many it has without it."""
    rows = connection.execute(query.limit(limit)).all()
    if limit is None or len(rows) < limit:
        return rows, len(rows)
    count = select(func.count()).select_from(query.order_by(None).subquery())
    return rows, connection.execute(count).scalar_one()
