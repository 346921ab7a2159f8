"""Verify names whatever is not as it was written, down to the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import (
    CheckConstraint,
    Connection,
    LargeBinary,
    Table,
    Text,
    and_,
    delete,
    insert,
    select,
    text,
    update,
)

from tests.store.complete import complete
from tests.stores import Stores
from tracker.store import tables
from tracker.store.digest import FORMAT, hashed_columns, row_digest
from tracker.store.open import Store, make_engine, open_store
from tracker.store.types import CURRENT
from tracker.store.verify import name_of, verify

TABLES = [pytest.param(table, id=table.name) for table in tables.JOURNALED]
VERSIONED = [p for p in TABLES if "subject" in p.values[0].info]  # type: ignore[union-attr]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A store with rows in every table, shared: what is done to it is undone each time."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(complete) as made:
        yield made


@pytest.fixture
def hand(url: str) -> Iterator[Connection]:
    """The connection of somebody who changes the database by hand, free of foreign keys."""
    engine = make_engine(open_store(url).url, foreign_keys=False)
    with engine.connect() as connection, connection.begin() as transaction:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        transaction.rollback()


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    savepoint = connection.begin_nested()
    yield
    savepoint.rollback()


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def this(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def change(connection: Connection, table: Table, row: dict[str, Any], **values: Any) -> str:
    """Change a row by hand; return what verify calls it now."""
    connection.execute(update(table).where(this(table, row)).values(**values))
    return name_of(table, {**row, **values})


def write_like(connection: Connection, table: Table, row: dict[str, Any], **values: Any) -> None:
    """Add a row by hand as if an entry had written it, with a digest of its own that holds."""
    new = {**row, **values}
    new["digest"] = row_digest(table, new)
    connection.execute(insert(table).values(new))


def other(table: Table, name: str, value: Any) -> Any:
    """A value that the column takes and that is not the one it has."""
    for constraint in table.constraints:
        choices = re.match(rf"{name} IN \((.*)\)", str(getattr(constraint, "sqltext", "")))
        if isinstance(constraint, CheckConstraint) and choices:
            allowed = [choice.strip().strip("'") for choice in choices[1].split(",")]
            return next(type(value)(each) for each in allowed if each != str(value))
    kind = table.c[name].type
    if isinstance(kind, LargeBinary):
        return b"x" + (value or b"")
    if isinstance(kind, Text):
        return f"{value or ''}x"
    return (value or 0) + 1000


def with_a_value(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next((row for row in rows if row[name] is not None), rows[0])


def named(connection: Connection, name: str) -> bool:
    return any(told.startswith(f"{name} ") for told in verify(connection))


def test_a_store_that_was_only_written_by_entries_holds(
    store: Store, example: Store
) -> None:
    for each in (store, example):
        with each.read() as connection:
            assert list(verify(connection)) == []


def test_a_store_with_rows_in_every_table_holds(hand: Connection) -> None:
    assert list(verify(hand)) == []


def test_every_table_has_rows_to_tamper_with(hand: Connection) -> None:
    assert [table.name for table in tables.JOURNALED if not rows_of(hand, table)] == []


@pytest.mark.parametrize("table", TABLES)
def test_any_hashed_value_changed_by_hand_is_found_and_its_row_named(
    hand: Connection, table: Table
) -> None:
    rows = rows_of(hand, table)
    extra = {"digest", "salt"} & set(table.c.keys())
    missed = []
    for column in (*hashed_columns(table, FORMAT), *sorted(extra)):
        row = with_a_value(rows, column)
        with undone(hand):
            name = change(hand, table, row, **{column: other(table, column, row[column])})
            if not named(hand, name):
                missed.append(column)
    assert missed == []


@pytest.mark.parametrize("table", [p for p in TABLES if "salt" in p.values[0].c])  # type: ignore[union-attr]
def test_any_words_removed_by_hand_are_found_and_their_row_named(
    hand: Connection, table: Table
) -> None:
    rows = rows_of(hand, table)
    removable = [c.name for c in table.c if c.nullable and (c.info.get("words") or c.name == "salt")]
    missed = []
    for column in removable:
        with undone(hand):
            name = change(hand, table, with_a_value(rows, column), **{column: None})
            if not named(hand, name):
                missed.append(column)
    assert missed == []


def test_words_cannot_be_shortened_by_hiding_their_beginning_in_the_salt(
    hand: Connection,
) -> None:
    row = rows_of(hand, tables.wording)[0]
    hidden = {"salt": row["salt"] + row["text"][:6].encode(), "text": row["text"][6:]}
    assert named(hand, change(hand, tables.wording, row, **hidden))


def test_words_cannot_be_put_in_without_a_salt_where_there_were_none(hand: Connection) -> None:
    version = tables.edition_version
    row = next(row for row in rows_of(hand, version) if row["note"] is None)
    assert named(hand, change(hand, version, row, note="put in", salt=None))


@pytest.mark.parametrize("table", VERSIONED)
def test_a_version_that_ends_at_the_wrong_entry_is_named(hand: Connection, table: Table) -> None:
    for row in rows_of(hand, table):
        wrong = {CURRENT, row["since"], 999} - {row["until"]}
        for until in wrong:
            with undone(hand):
                assert named(hand, change(hand, table, row, until=until)), (row, until)


def test_a_wrong_count_of_open_comments_is_named(hand: Connection) -> None:
    for row in rows_of(hand, tables.placement):
        with undone(hand):
            assert named(hand, change(hand, tables.placement, row, open=row["open"] + 1))


def test_an_anchor_on_a_line_that_never_had_its_wording_is_named(hand: Connection) -> None:
    for row in rows_of(hand, tables.anchor):
        for line in (2, 999):
            with undone(hand):
                assert named(hand, change(hand, tables.anchor, row, line=line))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_deleted_is_missed_by_its_entry(hand: Connection, table: Table) -> None:
    row = rows_of(hand, table)[-1]
    hand.execute(delete(table).where(this(table, row)))
    number = row[table.info["moment"]]
    assert any(told.startswith(f"entry @{number} wrote ") for told in verify(hand))


@pytest.mark.parametrize("table", TABLES)
def test_a_row_that_was_added_is_one_too_many_for_its_entry(hand: Connection, table: Table) -> None:
    row = rows_of(hand, table)[-1]
    unique = {"key": "another", "label": "another"}
    last = list(table.primary_key)[-1].name
    fresh = {name: value for name, value in unique.items() if name in table.c}
    write_like(hand, table, row, **{last: row[last] + 1000}, **fresh)
    number = row[table.info["moment"]]
    assert any(told.startswith(f"entry @{number} wrote ") for told in verify(hand))


def test_a_row_exchanged_for_another_with_a_digest_that_holds_is_found(hand: Connection) -> None:
    row = rows_of(hand, tables.wording)[0]
    hand.execute(delete(tables.wording).where(this(tables.wording, row)))
    write_like(hand, tables.wording, row, text="It was never so.")
    assert [told for told in verify(hand) if told.startswith("entry @2 (import) is not what")]


def test_a_row_that_names_an_entry_of_the_future_is_named(hand: Connection) -> None:
    row = rows_of(hand, tables.comment)[-1]
    write_like(hand, tables.comment, row, id=99, entry=99)
    assert "comment (document 1, id 99) names entry @99, which is not in the journal" in list(
        verify(hand)
    )


@pytest.mark.parametrize("number", [1, 2, 4])
@pytest.mark.parametrize(
    "column",
    [
        *("document", "author", "at", "command", "summary", "format", "rows"),
        *("digest", "previous"),
    ],
)
def test_an_entry_whose_header_was_changed_is_named(
    hand: Connection, number: int, column: str
) -> None:
    entry = tables.entry
    row = next(row for row in rows_of(hand, entry) if row["number"] == number)
    value = row[column].replace(year=2021) if column == "at" else other(entry, column, row[column])
    change(hand, entry, row, **{column: value})
    assert any(told.startswith(f"entry @{number} ") for told in verify(hand))


@pytest.mark.parametrize("column", ["number", "digest"])
def test_a_head_that_was_changed_is_told(hand: Connection, column: str) -> None:
    [row] = rows_of(hand, tables.head)
    change(hand, tables.head, row, **{column: other(tables.head, column, row[column])})
    assert any(told.startswith("the head says ") for told in verify(hand))


def test_a_head_that_is_gone_is_told(hand: Connection) -> None:
    hand.execute(delete(tables.head))
    assert any(told.startswith("the head ") for told in verify(hand))


def test_a_last_entry_cut_off_with_all_its_rows_is_told_by_the_head(hand: Connection) -> None:
    cut_off(hand, 4)
    assert list(verify(hand)) == ["the head says @4, the journal ends at @3"]


def test_an_entry_cut_out_of_the_middle_is_missed(hand: Connection) -> None:
    cut_off(hand, 3)
    assert "entry @3 is missing from the journal" in list(verify(hand))


def cut_off(connection: Connection, number: int) -> None:
    """Remove an entry with its rows, and make the versions it ended current again."""
    for table in tables.JOURNALED:
        moment = table.c[table.info["moment"]]
        connection.execute(delete(table).where(moment == number))
        if "until" in table.c:
            ended = table.c.until == number
            connection.execute(update(table).where(ended).values(until=CURRENT))
    connection.execute(delete(tables.entry).where(tables.entry.c.number == number))
    placement = tables.placement
    stands = and_(placement.c.until == CURRENT, placement.c.line == 1)
    connection.execute(update(placement).where(stands).values(open=2))
