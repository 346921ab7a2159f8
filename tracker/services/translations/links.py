"""The links of translations: which line renders which authentic lines, and of which wording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from tracker.services.paging import batches
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.types import CURRENT

_link = tables.translation


class Link(NamedTuple):
    """That a line renders an authentic line, in the wording that this had."""

    line: int
    of_line: int
    wording: int


Links = Mapping[tuple[int, int], int | None]
"""By the line that renders and the authentic line, the wording that is rendered; none: no more."""


def links_in(snapshot: Snapshot, language: str) -> list[Link]:
    """Return the links of a language that held at the snapshot."""
    query = (
        select(_link.c.line, _link.c.of_line, _link.c.wording)
        .where(snapshot.current(_link), _link.c.language == language, _link.c.wording.is_not(None))
        .order_by(_link.c.line, _link.c.of_line)
    )
    return [Link(*row) for row in snapshot.connection.execute(query)]


def store_links(entry: Entry, document: int, language: str, links: Links) -> None:
    """Store links, in the place of those there were between the same lines."""
    numbers = _last_numbers(entry, document, language, {line for line, _ in links})
    for line, of_line in links:
        if (line, of_line) in numbers:
            subject = {"document": document, "language": language, "line": line}
            entry.supersede(_link, **subject, of_line=of_line)
    rows = [
        {
            "document": document,
            "language": language,
            "line": line,
            "of_line": of_line,
            "number": numbers.get((line, of_line), 0) + 1,
            "wording": wording,
        }
        for (line, of_line), wording in links.items()
    ]
    entry.insert_many(_link, rows)


def _last_numbers(
    entry: Entry, document: int, language: str, lines: Iterable[int]
) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    for part in batches(sorted(lines)):
        query = (
            select(_link.c.line, _link.c.of_line, func.max(_link.c.number))
            .where(
                _link.c.document == document, _link.c.language == language, _link.c.line.in_(part)
            )
            .group_by(_link.c.line, _link.c.of_line)
        )
        found.update({(row[0], row[1]): row[2] for row in entry.connection.execute(query)})
    return found


def relinked(
    entry: Entry, document: int, language: str, line: int, standing: Mapping[int, int]
) -> dict[tuple[int, int], int | None]:
    """Return the links by which a line renders just these authentic lines, as they say now."""
    known = linked(entry, document, _link.c.language == language, _link.c.line == line)
    ended: dict[tuple[int, int], int | None] = {(line, row.of_line): None for row in known}
    return {**ended, **{(line, of_line): wording for of_line, wording in standing.items()}}


def linked(entry: Entry, document: int, *where: Any) -> Sequence[Any]:
    """Return the links that hold now."""
    query = select(_link.c.language, _link.c.line, _link.c.of_line, _link.c.wording).where(
        _link.c.document == document,
        _link.c.until == CURRENT,
        _link.c.wording.is_not(None),
        *where,
    )
    ordered = query.order_by(_link.c.language, _link.c.line, _link.c.of_line)
    return entry.connection.execute(ordered).all()


def current_wordings(entry: Entry, snapshot: Snapshot, originals: Iterable[int]) -> dict[int, int]:
    """Return the current wording of each of these authentic lines that stands."""
    version, placement = tables.version, tables.placement
    beside = and_(
        placement.c.document == version.c.document,
        placement.c.line == version.c.line,
        placement.c.language == version.c.language,
        placement.c.until == CURRENT,
        placement.c.rank.is_not(None),
    )
    found: dict[int, int] = {}
    for part in batches(sorted(originals)):
        query = (
            select(version.c.line, version.c.wording)
            .join(placement, beside)
            .where(
                version.c.document == snapshot.document,
                version.c.language == snapshot.authentic,
                version.c.line.in_(part),
                version.c.until == CURRENT,
            )
        )
        found.update({row.line: row.wording for row in entry.connection.execute(query)})
    return found
