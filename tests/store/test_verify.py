"""Verify names whatever is not as it was written, down to the row."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from tracker.store import derived, tables
from tracker.store.digest import FORMAT, hashed_columns, row_digest
from tracker.store.open import Store, make_engine, open_store
from tracker.store.types import CURRENT
from tracker.store.verify import name_of, verify

VERSIONED = [table for table in tables.JOURNALED if "subject" in table.info]
ONE_OF_EACH_ENTRY = [
    pytest.param(table, id=table.name)
    for table in (tables.series, tables.wording, tables.comment, tables.verdict)
]


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


def rows_of(connection: Connection, table: Table) -> list[dict[str, Any]]:
    query = select(table).order_by(*table.primary_key)
    return [dict(row) for row in connection.execute(query).mappings()]


def this(table: Table, row: dict[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))


def change(connection: Connection, table: Table, row: dict[str, Any], **values: Any) -> str:
    """Change a row by hand; return what verify calls it now."""
    connection.execute(update(table).where(this(table, row)).values(**values))
    return name_of(table, {**row, **values})


def other(table: Table, name: str, value: Any) -> Any:
    """A value that the column takes and that is not the one it has."""
    for constraint in table.constraints:
        choices = re.match(rf"{name} IN \((.*)\)", str(getattr(constraint, "sqltext", "")))
        if isinstance(constraint, CheckConstraint) and choices:
            allowed = [choice.strip().strip("'") for choice in choices[1].split(",")]
            made = str if isinstance(table.c[name].type, Text) else int
            return next(made(each) for each in allowed if each != str(value))
    kind = table.c[name].type
    if isinstance(kind, LargeBinary):
        return b"x" + (value or b"")
    if isinstance(kind, Text):
        return f"{value or ''}x"
    return (value or 0) + 7


def add(connection: Connection, table: Table, row: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Add a row by hand as if an entry had written it, with a digest that holds."""
    new = {**row, **values}
    new["digest"] = row_digest(table, new)
    connection.execute(insert(table).values(new))
    return new


def add_copy(
    connection: Connection, table: Table, row: dict[str, Any], number: int
) -> dict[str, Any]:
    """Add a row like another, under a key of its own."""
    last = [column.name for column in table.primary_key if column.name != "entry"][-1]
    fresh = {name: f"copy {number}" for name in ("key", "label") if name in table.c}
    # Near to the others: verify looks through all numbers up to the highest.
    return add(connection, table, row, **fresh, **{last: row[last] + 50 * number})


def forged(connection: Connection) -> set[str]:
    """The rows that verify does not find as their entry wrote them."""
    found = (
        re.match(r"(\w+ \(.*?\)) (is not what entry|names entry)", told)
        for told in list(verify(connection))
    )
    return {match[1] for match in found if match}


def test_a_store_that_was_only_written_by_entries_holds(store: Store, example: Store) -> None:
    for each in (store, example):
        with each.read() as connection:
            assert list(verify(connection)) == []


def test_a_store_with_rows_in_every_table_holds(hand: Connection) -> None:
    assert list(verify(hand)) == []


def test_every_table_has_rows_to_tamper_with(hand: Connection) -> None:
    assert [table.name for table in tables.JOURNALED if not rows_of(hand, table)] == []


def test_every_value_changed_by_hand_is_found_and_its_row_named(hand: Connection) -> None:
    wrong = set()
    for table in tables.JOURNALED:
        rows = rows_of(hand, table)
        stored = {"digest", "salt"} & set(table.c.keys())
        for number, name in enumerate((*hashed_columns(table, FORMAT), *stored), 1):
            row = next((row for row in rows if row[name] is not None), rows[0])
            copy = add_copy(hand, table, row, number)
            wrong.add(change(hand, table, copy, **{name: other(table, name, row[name])}))
        add_copy(hand, table, rows[0], 60)  # untouched, and so not found
    assert len(wrong) > 150
    assert forged(hand) == wrong


def test_all_words_removed_by_hand_are_found_and_their_rows_named(hand: Connection) -> None:
    wrong = set()
    for table in tables.JOURNALED:
        row = rows_of(hand, table)[0]
        words = [c.name for c in table.c if c.info.get("words") or c.name == "salt"]
        for number, name in enumerate((name for name in words if table.c[name].nullable), 1):
            copy = add_copy(hand, table, row, number)
            wrong.add(change(hand, table, copy, **{name: None}))
    assert len(wrong) > 30
    assert forged(hand) == wrong


def test_words_cannot_be_shortened_by_hiding_their_beginning_in_the_salt(
    hand: Connection,
) -> None:
    row = rows_of(hand, tables.wording)[0]
    hidden = {"salt": row["salt"] + row["text"][:6].encode(), "text": row["text"][6:]}
    changed = change(hand, tables.wording, row, **hidden)
    assert forged(hand) == {changed}


def test_words_cannot_be_put_in_without_a_salt_where_there_were_none(hand: Connection) -> None:
    version = tables.edition_version
    row = next(row for row in rows_of(hand, version) if row["note"] is None)
    changed = change(hand, version, row, note="put in", salt=None)
    assert forged(hand) == {changed}


@pytest.mark.parametrize("until", [CURRENT, 3, 999])
def test_every_version_that_ends_at_a_wrong_entry_is_named(hand: Connection, until: int) -> None:
    wrong = {
        f"{change(hand, table, row, until=until)} ends at the wrong entry: {until}"
        for table in VERSIONED
        for row in rows_of(hand, table)
        if row["until"] != until
    }
    told = {each for each in list(verify(hand)) if "ends at the wrong entry" in each}
    assert told == wrong


def test_every_wrong_count_of_open_comments_is_named(hand: Connection) -> None:
    placement = tables.placement
    wrong = {
        f"{change(hand, placement, row, open=row['open'] + 1)} counts {row['open'] + 1} open "
        "comments, which is wrong"
        for row in rows_of(hand, placement)
    }
    assert set(verify(hand)) == wrong


def test_a_text_that_is_not_indexed_as_it_reads_is_named(hand: Connection) -> None:
    passage = tables.passage
    rows = {row["kind"]: row for row in rows_of(hand, passage)}
    change(hand, passage, rows["line"], terms=".l1 other words")
    hand.execute(delete(passage).where(this(passage, rows["comment"])))
    stranger = {**rows["proposal"], "id": 999, "item": 77}
    hand.execute(insert(passage).values(stranger))
    assert set(verify(hand)) == {
        f"{kind} {item} of document 1 is not found by what it says"
        for kind, item in (
            ("line", rows["line"]["item"]),
            ("comment", rows["comment"]["item"]),
            ("proposal", 77),
        )
    }


def test_a_row_that_sqlite_would_not_find_is_told(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(complete) as url, open_store(url).write() as connection:
        connection.execute(text("DROP TRIGGER passage_deleted"))
        connection.execute(delete(tables.passage).where(tables.passage.c.kind == "line"))
        derived.fill(connection)
        assert list(verify(connection)) == ["the table of terms does not hold what the index does"]


def test_a_line_whose_comments_are_tallied_wrong_is_named(hand: Connection) -> None:
    tally = tables.tally
    rows = rows_of(hand, tally)
    row = next(row for row in rows if row["open"])
    others = [other for other in rows if other != row]
    wrong = ["the comments on line 1 of document 1 are tallied wrong"]
    for values in ({"comments": 7}, {"open": 0}, {"sort": 9}):
        change(hand, tally, row, **values)
        assert list(verify(hand)) == wrong
        hand.execute(delete(tally))
        hand.execute(insert(tally).values([row, *others]))
    hand.execute(update(tables.sort).values(side="nobody's"))
    assert list(verify(hand)) == wrong
    hand.execute(delete(tally))
    assert list(verify(hand)) == wrong


@pytest.mark.parametrize("line", [2, 999])
def test_every_anchor_on_a_line_that_never_had_its_wording_is_named(
    hand: Connection, line: int
) -> None:
    wrong = {
        f"{change(hand, tables.anchor, row, line=line)} stands on a line that never had its wording"
        for row in rows_of(hand, tables.anchor)
    }
    told = {each for each in list(verify(hand)) if "stands on" in each}
    assert told == wrong


@pytest.mark.parametrize("table", ONE_OF_EACH_ENTRY)
def test_a_row_that_was_deleted_is_missed_by_its_entry(hand: Connection, table: Table) -> None:
    row = rows_of(hand, table)[-1]
    hand.execute(delete(table).where(this(table, row)))
    assert counted(hand, row[table.info["moment"]])


@pytest.mark.parametrize("table", ONE_OF_EACH_ENTRY)
def test_a_row_that_was_added_is_one_too_many_for_its_entry(hand: Connection, table: Table) -> None:
    row = add_copy(hand, table, rows_of(hand, table)[-1], 1)
    assert counted(hand, row[table.info["moment"]])


def counted(connection: Connection, number: int) -> bool:
    return any(told.startswith(f"entry @{number} wrote ") for told in list(verify(connection)))


def test_a_row_exchanged_for_another_with_a_digest_that_holds_is_found(hand: Connection) -> None:
    row = rows_of(hand, tables.wording)[0]
    hand.execute(delete(tables.wording).where(this(tables.wording, row)))
    add(hand, tables.wording, row, text="It was never so.")
    assert [told for told in list(verify(hand)) if told.startswith("entry @2 (import) is not what")]


def test_a_row_that_names_an_entry_of_the_future_is_named(hand: Connection) -> None:
    row = rows_of(hand, tables.comment)[-1]
    add(hand, tables.comment, row, id=99, entry=99)
    assert "comment (document 1, id 99) names entry @99, which is not in the journal" in list(
        verify(hand)
    )


@pytest.mark.parametrize("number", [2, 4])
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
    assert any(told.startswith(f"entry @{number} ") for told in list(verify(hand)))


def test_a_head_that_was_changed_is_told(hand: Connection) -> None:
    [row] = rows_of(hand, tables.head)
    change(hand, tables.head, row, number=9)
    assert list(verify(hand)) == ["the head says @9, the journal ends at @5"]
    change(hand, tables.head, row, number=5, digest="0" * 64)
    assert list(verify(hand)) == ["the head does not hold the digest of the last entry, @5"]
    hand.execute(delete(tables.head))
    assert list(verify(hand)) == ["the head is gone, the journal ends at @5"]


def test_a_time_of_an_entry_that_is_none_is_told(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(complete) as url, open_store(url).write() as connection:
        connection.execute(text("UPDATE entry SET at = 'never' WHERE number = 2"))
        [told] = verify(connection)
        assert told.startswith("an entry has a time that is none: ")


def test_a_last_entry_cut_off_with_all_its_rows_is_told_by_the_head(hand: Connection) -> None:
    cut_off(hand, 5)
    # What it sealed cannot be told any more from what was erased by hand.
    unsealed = "comment_version (document 1, comment 2, number 1) is not what entry @3 wrote"
    assert list(verify(hand)) == [unsealed, "the head says @5, the journal ends at @4"]


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
    connection.execute(update(placement).where(stands).values(open=1))
    derived.fill(connection)
