"""Placing lines: however many come in at one place, they stand in order under short keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, func, select

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores
from tracker.services import lines
from tracker.services.lines import Line
from tracker.services.placing import place_after, remove
from tracker.services.snapshot import Snapshot, at_state, latest
from tracker.store import journal, tables
from tracker.store.journal import Entry
from tracker.store.open import Store, open_store
from tracker.store.rank import LONGEST
from tracker.store.types import CURRENT
from tracker.store.verify import verify


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    """A document with the lines 2 and 1, in this order."""
    with stores.copy(complete) as url:
        yield open_store(url)


def insert_line(entry: Entry, snapshot: Snapshot, label: str) -> int:
    """Store a line with a text of its own, without a place."""
    number = entry.next_id(tables.line, 1)
    entry.insert(tables.line, document=1, id=number, label=label, kind="sentence")
    wording = entry.next_id(tables.wording, 1)
    entry.insert(tables.wording, document=1, id=wording, language="en", text=f"Line {label}.")
    subject = {"document": 1, "line": number, "language": "en"}
    entry.append(tables.version, subject, wording=wording, origin="inserted")
    return number


def order(connection: Connection) -> list[str]:
    return [line.label for line in lines.running_text(latest(connection))]


def longest(connection: Connection) -> int:
    current = tables.placement.c.until == CURRENT
    query = select(func.max(func.length(tables.placement.c.rank))).where(current)
    return int(connection.execute(query).scalar_one())


def insert_many(store: Store, before: str | None, count: int) -> int:
    """Insert lines one by one at the same place; return how long a key ever was."""
    length = 0
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        for number in range(count):
            own = insert_line(entry, snapshot, f"n{number}")
            line: Line | None = lines.find(snapshot, before) if before else None
            place_after(entry, snapshot, "en", line, [(own, "inline")])
            if number % 40 == 39:
                length = max(length, longest(entry.connection))
    return length


@pytest.mark.parametrize(
    ("before", "count"),
    [("2", 1000), ("1", 450), (None, 450)],
    ids=["in the middle", "at the end", "at the beginning"],
)
def test_lines_inserted_at_one_place_stand_in_order_under_keys_that_stay_short(
    store: Store, before: str | None, count: int
) -> None:
    if store.engine.dialect.name == "postgresql":
        count = 450  # enough to spread the neighbours anew
    length = insert_many(store, before, count)
    newest_first = [f"n{number}" for number in reversed(range(count))]
    with store.read() as connection:
        place = {"2": 1, "1": 2, None: 0}[before]
        assert order(connection) == [*["2", "1"][:place], *newest_first, *["2", "1"][place:]]
        assert LONGEST // 2 < length <= LONGEST
        assert list(verify(connection)) == []


def test_lines_placed_together_stand_in_their_order(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        own = [(insert_line(entry, snapshot, f"n{number}"), "inline") for number in range(70)]
        place_after(entry, snapshot, "en", lines.find(snapshot, "2"), own)
    with store.read() as connection:
        assert order(connection) == ["2", *(f"n{number}" for number in range(70)), "1"]


def test_what_was_true_before_keys_were_spread_anew_is_still_shown(store: Store) -> None:
    insert_many(store, "2", 300)
    with store.read() as connection:
        then, number = order(connection), latest(connection).at
    insert_many_more(store)
    with store.read() as connection:
        assert order(connection) != then
        earlier = at_state(latest(connection), f"@{number}")
        assert [line.label for line in lines.running_text(earlier)] == then


def insert_many_more(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        for number in range(120):
            own = insert_line(entry, snapshot, f"m{number}")
            place_after(entry, snapshot, "en", lines.find(snapshot, "2"), [(own, "inline")])


def test_what_lies_between_lines_is_kept_when_their_keys_are_spread_anew(store: Store) -> None:
    insert_many(store, "2", 450)
    with store.read() as connection:
        line = lines.find(latest(connection), "2")
    assert (line.block, line.markup, line.gap, line.after_line) == ("inline", "*", " ", 1)


def test_a_line_that_is_taken_out_stands_nowhere(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        remove(entry, 1, 2, "en")
    with store.read() as connection:
        assert order(connection) == ["1"]
        assert lines.find(latest(connection), "2").rank is None
        assert list(verify(connection)) == []
