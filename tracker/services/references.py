"""References: the sources that the group cites, which belong to the store as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from tracker.services.retractions import retracted_now
from tracker.store import tables


@dataclass(frozen=True, slots=True)
class Reference:
    """A cited source, its authors as printed."""

    key: str
    title: str
    authors: str | None
    date: str | None
    publisher: str | None
    series: str | None
    note: str | None


def all_references(connection: Connection) -> list[Reference]:
    """Return every reference, in the order they came."""
    reference, series = tables.reference, tables.series
    query = (
        select(
            *(reference.c.key, reference.c.title, reference.c.authors, reference.c.date),
            *(reference.c.publisher, series.c.key, reference.c.note),
        )
        .select_from(reference.outerjoin(series, series.c.id == reference.c.series))
        .where(~retracted_now("reference", reference.c.id))
        .order_by(reference.c.id)
    )
    return [Reference(*row) for row in connection.execute(query)]
