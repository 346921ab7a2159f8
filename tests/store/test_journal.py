"""The journal: one entry for each command that writes, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta, timezone
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select, text

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores, contents, empty
from tracker.errors import Refused, StoreError
from tracker.store import journal, tables
from tracker.store.digest import GENESIS
from tracker.store.journal import Entry
from tracker.store.open import Store, open_store
from tracker.store.types import CURRENT
from tracker.store.verify import verify


def write(store: Store, *labels: str, document: int = 1) -> int:
    """Write an entry with these lines; return its number."""
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        entry.document = document
        if entry.connection.execute(select(tables.document.c.id)).first() is None:
            for number in (1, 2):
                entry.insert(tables.document, id=number, key=f"paper-{number}")
        for label in labels:
            store_line(entry, label, document=document)
        return entry.number


def store_line(entry: Entry, label: str, *, document: int = 1) -> int:
    number = entry.next_id(tables.line, document)
    entry.insert(tables.line, document=document, id=number, label=label, kind="sentence")
    return number


def attempt(store: Store, work: Callable[[Entry], Any]) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        work(entry)


def head(store: Store) -> tuple[int, str]:
    with store.read() as connection:
        return journal.head(connection)


def entries(store: Store) -> list[Any]:
    with store.read() as connection:
        query = select(tables.entry).order_by(tables.entry.c.number)
        return list(connection.execute(query))


def holds(store: Store) -> bool:
    with store.read() as connection:
        return not list(verify(connection))


def test_a_new_store_stands_before_its_first_entry(store: Store) -> None:
    assert head(store) == (0, GENESIS)


def test_each_command_that_writes_is_one_entry_chained_to_the_one_before(store: Store) -> None:
    assert [write(store, "1"), write(store, "2"), write(store, "3")] == [1, 2, 3]
    rows = entries(store)
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [GENESIS, rows[0].digest, rows[1].digest]
    assert head(store) == (3, rows[2].digest)
    assert holds(store)


def test_an_entry_tells_who_wrote_what_and_when(store: Store) -> None:
    write(store, "1")
    tokyo = AT.astimezone(timezone(timedelta(hours=9))).replace(microsecond=120)
    with journal.entry(store, "Kamiya 会議", tokyo, "comment add") as entry:
        entry.document, entry.summary = 1, "C1 on 1"
        store_line(entry, "2")
        store_line(entry, "3")
    row = entries(store)[-1]
    assert (row.document, row.author, row.command) == (1, "Kamiya 会議", "comment add")
    assert (row.summary, row.rows) == ("C1 on 1", 2)
    assert row.at == AT.replace(microsecond=120)
    assert row.at.utcoffset() == timedelta(0)


@pytest.mark.parametrize("error", [Refused("no"), ValueError("no"), KeyboardInterrupt()])
def test_an_entry_that_is_broken_off_leaves_everything_as_it_was(
    stores: Stores, error: BaseException
) -> None:
    def work(entry: Entry) -> None:
        store_line(entry, "3")
        line = {"document": 1, "line": 2, "language": "en"}
        entry.append(tables.version, line, wording=2, origin="edited")
        entry.follow(AUTHOR, AT, "again")
        store_line(entry, "4")
        raise error

    with stores.copy(complete) as url:
        store = open_store(url)
        before = contents(store)
        with pytest.raises(type(error)):
            attempt(store, work)
        assert contents(store) == before


def test_what_the_database_refuses_is_told_and_nothing_is_kept(store: Store) -> None:
    write(store, "1")
    before = contents(store)
    with pytest.raises(StoreError) as told:
        attempt(store, lambda entry: [store_line(entry, label) for label in ("2", "1")])
    assert told.value.hint
    assert contents(store) == before


def test_a_row_that_names_what_is_not_there_is_refused_by_the_database(store: Store) -> None:
    write(store, "1")
    before = contents(store)
    answer = {"document": 1, "proposal": 7, "comment": 7}
    with pytest.raises(StoreError):
        attempt(store, lambda entry: entry.insert(tables.proposal_answer, **answer))
    assert contents(store) == before


def test_an_entry_without_rows_is_refused_and_its_number_not_used_up(store: Store) -> None:
    write(store, "1")
    before = contents(store)
    with pytest.raises(Refused, match="nothing to store"):
        attempt(store, lambda entry: None)
    assert contents(store) == before
    assert write(store, "2") == 2


def test_an_entry_followed_by_one_without_rows_is_refused_too(store: Store) -> None:
    def work(entry: Entry) -> None:
        entry.insert(tables.document, id=1, key="paper")
        entry.follow(AUTHOR, AT, "edit")

    before = contents(store)
    with pytest.raises(Refused, match="nothing to store"):
        attempt(store, work)
    assert contents(store) == before


def test_ids_are_counted_from_1_for_each_document(store: Store) -> None:
    write(store, "1", "2")
    write(store, "1", document=2)
    write(store, "3")
    rows = [(row[0], row[1], row[2]) for row in contents(store)["line"]]
    assert rows == [(1, 1, "1"), (1, 2, "2"), (1, 3, "3"), (2, 1, "1")]


def test_ids_of_the_store_are_counted_over_all_its_entries(store: Store) -> None:
    for expected in (1, 2):
        with journal.entry(store, AUTHOR, AT, "meeting add") as entry:
            assert entry.next_id(tables.meeting) == expected
            entry.insert(tables.meeting, id=expected, key=f"W{expected}", name="a workshop")


def test_an_id_given_twice_in_an_entry_and_after_it_is_never_the_same(store: Store) -> None:
    write(store, "1")
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        given = [store_line(entry, str(number)) for number in (2, 3)]
        entry.follow(AUTHOR, AT, "edit")
        given.append(store_line(entry, "4"))
    assert given == [2, 3, 4]


def test_an_id_that_was_reserved_is_not_given_again(store: Store) -> None:
    write(store, "1")
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.reserve_id(tables.line, 1, 7)
        entry.insert(tables.line, document=1, id=7, label="7", kind="sentence")
        assert store_line(entry, "8") == 8
        entry.reserve_id(tables.line, 1, 3)
        entry.insert(tables.line, document=1, id=3, label="3", kind="sentence")
        assert store_line(entry, "9") == 9


def test_a_new_version_ends_the_one_before_it_and_no_other(store: Store) -> None:
    write(store, "1", "2")
    subjects = [{"document": 1, "line": n, "language": lang} for n in (1, 2) for lang in "de"]
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.insert(tables.wording, document=1, id=1, language="d", text="It is so.")
        for subject in subjects:
            number = entry.append(tables.version, subject, wording=1, origin="imported")
            assert number == 1
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        number = entry.append(tables.version, subjects[0], wording=1, origin="edited")
        assert number == 2
    table = tables.version
    with store.read() as connection:
        query = select(table.c.line, table.c.language, table.c.number, table.c.since, table.c.until)
        rows = connection.execute(query.order_by(*table.primary_key)).all()
    assert rows == [
        (1, "d", 1, 2, 3),
        (1, "d", 2, 3, CURRENT),
        (1, "e", 1, 2, CURRENT),
        (2, "d", 1, 2, CURRENT),
        (2, "e", 1, 2, CURRENT),
    ]
    assert holds(store)


def test_an_entry_that_expects_the_head_it_was_prepared_on_is_written(store: Store) -> None:
    write(store, "1")
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.expect(1)
        store_line(entry, "2")
    assert head(store)[0] == 2


@pytest.mark.parametrize("seen", [0, 2])
def test_an_entry_prepared_on_another_head_is_refused(store: Store, seen: int) -> None:
    def work(entry: Entry) -> None:
        store_line(entry, "2")
        entry.expect(seen)

    write(store, "1")
    before = contents(store)
    with pytest.raises(Refused) as told:
        attempt(store, work)
    assert told.value.hint
    assert contents(store) == before


def test_entries_that_follow_each_other_are_consecutive_and_one_transaction(store: Store) -> None:
    write(store, "1")
    with journal.entry(store, AUTHOR, AT, "first") as entry:
        entry.document, entry.summary = 1, "of the first"
        store_line(entry, "2")
        entry.follow("another", AT + timedelta(1), "second")
        store_line(entry, "3")
        assert entry.number == 3
        assert head(store)[0] == 1, "others see nothing of it yet"
    first, second = entries(store)[1:]
    assert (first.author, first.command, first.summary) == (AUTHOR, "first", "of the first")
    assert (second.author, second.command, second.at) == ("another", "second", AT + timedelta(1))
    assert (second.previous, second.rows) == (first.digest, 1)
    assert (second.document, second.summary) == (None, ""), "what was told of the first is not kept"
    assert holds(store)


def test_readers_see_one_state_from_beginning_to_end(store: Store) -> None:
    write(store, "1")
    count = select(func.count()).select_from(tables.line)
    with store.read() as connection:
        assert connection.execute(count).scalar() == 1
        write(store, "2")
        assert connection.execute(count).scalar() == 1


def test_who_writes_a_file_keeps_others_from_writing_before_it_has_read_anything(
    sqlite_stores: Stores,
) -> None:
    with sqlite_stores.copy(empty) as url, open_store(url).write():
        path = url.removeprefix("sqlite:///")
        with (
            closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as other,
            pytest.raises(sqlite3.OperationalError, match="locked"),
        ):
            other.execute("BEGIN IMMEDIATE")


def test_writers_at_once_lose_no_entry_and_break_no_chain(stores: Stores) -> None:
    writers, each = 4, 8
    with stores.copy(empty) as url:
        write(open_store(url))
        together = Barrier(writers)

        def work(writer: int) -> None:
            store = open_store(url)
            together.wait()
            for number in range(each):
                write(store, f"{writer}.{number}")

        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(work, range(writers)))
        store = open_store(url)
        assert [row.number for row in entries(store)] == [*range(1, writers * each + 2)]
        rows = contents(store)["line"]
        assert [row[1] for row in rows] == [*range(1, writers * each + 1)]
        assert len({row[2] for row in rows}) == writers * each
        assert holds(store)


OPEN = select(tables.placement.c.line, tables.placement.c.open).where(
    tables.placement.c.until == CURRENT
)


def comment_on(entry: Entry, line: int) -> None:
    entry.document = 1
    entry.append(
        tables.anchor,
        {"document": 1, "comment": 1, "ordinal": 1},
        scope="line",
        wording=line,
        line=line,
        state="exact",
        inherited=0,
    )


def decide_on(entry: Entry, comment: int) -> None:
    subject = {
        "document": 1,
        "comment": comment,
        "proposal": None,
        "change": None,
        "stage": "decided",
    }
    entry.supersede(tables.verdict, **subject)
    number = entry.next_id(tables.verdict, 1)
    entry.insert(tables.verdict, **subject, id=number, outcome="noted")


def move_line_1(entry: Entry) -> None:
    line = {"document": 1, "line": 1, "language": "en"}
    entry.append(tables.placement, line, rank="D", block="inline", markup="")


def remove_line_1(entry: Entry) -> None:
    line = {"document": 1, "line": 1, "language": "en"}
    entry.append(tables.placement, line, rank=None, block="inline", markup="")


# One comment on line 1 is decided in the complete store, the other is open.
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(lambda entry: decide_on(entry, 2), {1: 0, 2: 0}, id="decided"),
        pytest.param(lambda entry: decide_on(entry, 1), {1: 1, 2: 0}, id="decided again"),
        pytest.param(move_line_1, {1: 1, 2: 0}, id="line moved"),
        pytest.param(remove_line_1, {1: 0, 2: 0}, id="line removed"),
    ],
)
def test_the_open_comments_of_a_line_are_counted_by_the_entry_that_changes_them(
    stores: Stores, change: Callable[[Entry], None], expected: dict[int, int]
) -> None:
    with stores.copy(complete) as url:
        store = open_store(url)
        with journal.entry(store, AUTHOR, AT, "edit") as entry:
            change(entry)
        with store.read() as connection:
            assert {row.line: row.open for row in connection.execute(OPEN)} == {3: 0, **expected}
        assert holds(store)


def test_a_comment_moved_to_another_line_is_open_there_and_no_longer_here(stores: Stores) -> None:
    with stores.copy(complete) as url:
        store = open_store(url)
        for comment in (1, 2):
            with journal.entry(store, AUTHOR, AT, "comment move") as entry:
                entry.append(
                    tables.anchor,
                    {"document": 1, "comment": comment, "ordinal": 1},
                    scope="line",
                    wording=2,
                    line=2,
                    state="exact",
                    inherited=0,
                )
        with store.read() as connection:
            assert {row.line: row.open for row in connection.execute(OPEN)} == {1: 0, 2: 1, 3: 0}
        assert holds(store)


def test_postgresql_knows_what_came_at_once_before_the_entry_is_closed(
    postgres_stores: Stores,
) -> None:
    own = {"document": 1, "kind": "sentence"}
    rows = [{**own, "id": number, "label": str(number)} for number in range(1, 10_001)]
    with (
        postgres_stores.copy(empty) as url,
        journal.entry(open_store(url), AUTHOR, AT, "import") as entry,
    ):
        entry.document = 1
        entry.insert(tables.document, id=1, key="paper")
        entry.insert_many(tables.line, rows)
        known = text("SELECT reltuples FROM pg_class WHERE oid = 'line'::regclass")
        assert entry.connection.execute(known).scalar() == len(rows)
