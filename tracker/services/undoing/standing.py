"""Later work that stands on an entry: newer versions of what it wrote, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKeyConstraint,
    FromClause,
    Table,
    and_,
    exists,
    func,
    select,
    tuple_,
)

from tracker.errors import Refused
from tracker.services.undoing.choosing import Chosen, moot, moot_numbers
from tracker.services.undoing.versions import written
from tracker.store import tables
from tracker.store.types import CURRENT

_SHOWN = 5
_said = tables.comment_version


def check(connection: Connection, chosen: Chosen) -> None:
    """Raise Refused, naming the entries and what to do, if later work stands on an entry."""
    if not _is_followed(connection, chosen.number):
        return
    standing: set[int] = set()
    for table in tables.JOURNALED:
        if "subject" in table.info:
            standing |= _newer_versions(connection, table, chosen.number)
    for query in _queries(chosen.number):
        standing.update(connection.scalars(query))
    if not standing:
        return
    newest = max(standing)
    entry = tables.entry
    row = connection.execute(select(entry).where(entry.c.number == newest)).one()
    summary = f": {row.summary}" if row.summary else ""
    named = ", ".join(f"@{number}" for number in sorted(standing, reverse=True)[:_SHOWN])
    more = f" and {len(standing) - _SHOWN} more" if len(standing) > _SHOWN else ""
    hint = f"undo that first: tracker undo @{newest}"
    if _changed_text(connection, chosen.number):
        hint += f"; or take back what it changed in the text: tracker revert @{chosen.number}"
    raise Refused(
        f"later work stands on @{chosen.number} ({chosen.command}): {named}{more}\n"
        f"  @{newest} is: {row.command}{summary}",
        hint,
    )


def _is_followed(connection: Connection, number: int) -> bool:
    """Return whether an entry that counts came after one."""
    entry = tables.entry
    query = select(entry.c.number).where(entry.c.number > number, ~moot(entry.c.number)).limit(1)
    return connection.execute(query).first() is not None


def _changed_text(connection: Connection, number: int) -> bool:
    queries = (
        select(table.c.since).where(table.c.since == number).limit(1)
        for table in (tables.version, tables.placement)
    )
    return any(connection.execute(query).first() is not None for query in queries)


def _queries(number: int) -> Iterator[Any]:
    """Yield queries for the entries that stand on one."""
    for table in tables.JOURNALED:
        if table.name != "retraction":
            for constraint in sorted(table.foreign_key_constraints, key=lambda c: str(c.name)):
                yield from _references(table, constraint, number)
    yield from _on_its_changes(number)
    yield _on_its_wordings(tables.anchor, number)
    yield _on_its_wordings(tables.proposal_wording, number)
    yield _on_its_wordings(tables.verdict, number)
    yield _on_its_wordings(tables.translation, number)
    yield _agreements(number)
    yield _editions(number)


def _later(table: FromClause, number: int) -> ColumnElement[bool]:
    moment = table.c.since if "since" in table.c else table.c.entry
    return and_(moment > number, ~moot(moment))


def _moment(table: FromClause) -> ColumnElement[int]:
    return table.c.since if "since" in table.c else table.c.entry


def _newer_versions(connection: Connection, table: Table, number: int) -> set[int]:
    """Return the later entries that wrote a version of what the entry wrote one of."""
    later = {row["since"] for row in written(connection, table, number) if row["since"] > number}
    return later - moot_numbers(connection)


def _references(table: Table, constraint: ForeignKeyConstraint, number: int) -> Iterator[Any]:
    """Yield the query for later rows that refer to a row that the entry brought."""
    target = constraint.referred_table
    if "moment" not in target.info or target.info["moment"] != "entry":
        return
    own = target.alias()
    pairs = [
        table.c[element.parent.name] == own.c[element.column.name]
        for element in constraint.elements
    ]
    brought = exists().where(own.c.entry == number, *pairs)
    yield select(_moment(table)).where(_later(table, number), brought).distinct()


def _on_its_changes(number: int) -> Iterator[Any]:
    """Yield the queries for later rows about a change of a proposal that the entry brought.

    What was said of the whole proposal since was said of that change, too.
    """
    change, source, verdict = tables.proposal_change, tables.proposal_source, tables.verdict
    own, added = change.alias(), change.alias()
    for table, proposal, named in (
        (change, change.c.proposal, own.c.number == change.c.supersedes),
        (change, change.c.amends_proposal, own.c.number == change.c.amends_change),
        (source, source.c.from_proposal, own.c.number == source.c.from_change),
        (
            verdict,
            verdict.c.proposal,
            own.c.number == func.coalesce(verdict.c.change, own.c.number),
        ),
        (_said, _said.c.proposal, own.c.number == _said.c.change),
    ):
        brought = exists().where(
            own.c.entry == number, own.c.document == table.c.document, own.c.proposal == proposal
        )
        # A list made once: without it every later row is looked at.
        known = tuple_(table.c.document, proposal).in_(
            select(added.c.document, added.c.proposal).where(added.c.entry == number)
        )
        about = and_(known, _later(table, number), brought.where(named))
        yield select(_moment(table)).where(about).distinct()


def _on_its_wordings(table: Table, number: int) -> Any:
    """Return the query for later rows on a wording that the entry made the text."""
    version = tables.version
    made = exists().where(
        version.c.document == table.c.document,
        version.c.wording == table.c.wording,
        version.c.since == number,
    )
    return select(_moment(table)).where(_later(table, number), made).distinct()


def _agreements(number: int) -> Any:
    """Return the query for later verdicts on a line that the entry put where it stands.

    What is agreed is the authentic text: where a translation stands has no part in it.
    """
    placement, verdict, document = tables.placement, tables.verdict, tables.document_version
    before = placement.alias()
    stood = and_(
        *(before.c[name] == placement.c[name] for name in ("document", "line", "language")),
        before.c.number == placement.c.number - 1,
        before.c.rank.is_distinct_from(placement.c.rank),
    )
    moved = exists().where(
        placement.c.document == verdict.c.document,
        placement.c.line == verdict.c.line,
        placement.c.since == number,
        document.c.document == placement.c.document,
        document.c.language == placement.c.language,
        document.c.until == CURRENT,
        exists().where(stood),
    )
    return select(_moment(verdict)).where(_later(verdict, number), moved).distinct()


def _editions(number: int) -> Any:
    """Return the query for later editions of a text that the entry changed."""
    edition = tables.edition
    changed = [
        exists().where(table.c.document == edition.c.document, table.c.since == number)
        for table in (tables.version, tables.placement)
    ]
    later = and_(_later(edition, number), edition.c.state >= number)
    return select(edition.c.entry).where(later, changed[0] | changed[1])
