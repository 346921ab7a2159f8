"""Placing lines: however many come in at one place, they stand in order under short keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Connection, and_, func, select

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores
from tracker.services import lines, placing
from tracker.services.joints import Joint
from tracker.services.placing import place_after, remove
from tracker.services.snapshot import latest
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


def insert_line(entry: Entry, label: str) -> int:
    """Store a line without a place."""
    number = entry.next_id(tables.line, 1)
    entry.insert(tables.line, document=1, id=number, label=label, kind="sentence")
    return number


def order(connection: Connection, at: int | None = None) -> list[str]:
    """The labels of the lines that stand, or stood at an entry, in order."""
    line, placement = tables.line, tables.placement
    stands = placement.c.until == CURRENT
    if at is not None:
        stands = and_(placement.c.since <= at, placement.c.until > at)
    query = select(line.c.label).join(placement, placement.c.line == line.c.id)
    placed = query.where(stands, placement.c.rank.is_not(None)).order_by(placement.c.rank)
    return list(connection.scalars(placed))


def longest(connection: Connection) -> int:
    current = tables.placement.c.until == CURRENT
    query = select(func.max(func.length(tables.placement.c.rank))).where(current)
    return int(connection.execute(query).scalar_one())


def insert_many(store: Store, before: str | None, labels: Sequence[str]) -> int:
    """Insert lines one by one at the same place; return how long a key ever was."""
    length = 0
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        for number, label in enumerate(labels):
            own = insert_line(entry, label)
            line = lines.find(snapshot, before) if before else None
            place_after(entry, snapshot, "en", line, [(own, Joint("inline"))])
            if number % 20 == 19:
                length = max(length, longest(entry.connection))
    return length


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let keys be long that have 16 characters, so that few lines make them so."""
    monkeypatch.setattr(placing, "LONGEST", 16)
    return 16


@pytest.mark.parametrize(
    ("before", "place"),
    [("2", 1), ("1", 2), (None, 0)],
    ids=["in the middle", "at the end", "at the beginning"],
)
def test_lines_inserted_at_one_place_stand_in_order_under_keys_that_stay_short(
    store: Store, short: int, before: str | None, place: int
) -> None:
    labels = [f"n{number}" for number in range(200)]
    length = insert_many(store, before, labels)
    with store.read() as connection:
        there = ["2", "1"]
        assert order(connection) == [*there[:place], *reversed(labels), *there[place:]]
        assert short // 2 < length <= short
        assert list(verify(connection)) == []


def test_a_thousand_lines_inserted_at_one_place_have_keys_that_are_not_too_long(
    sqlite_stores: Stores,
) -> None:
    labels = [f"n{number}" for number in range(1000)]
    with sqlite_stores.copy(complete) as url:
        store = open_store(url)
        assert insert_many(store, "2", labels) <= LONGEST
        with store.read() as connection:
            assert order(connection) == ["2", *reversed(labels), "1"]


def test_lines_placed_together_stand_in_their_order(store: Store) -> None:
    labels = [f"n{number}" for number in range(70)]
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        own = [(insert_line(entry, label), Joint("inline")) for label in labels]
        place_after(entry, snapshot, "en", lines.find(snapshot, "2"), own)
    with store.read() as connection:
        assert order(connection) == ["2", *labels, "1"]


@pytest.mark.usefixtures("short")
def test_what_was_true_before_keys_were_spread_anew_is_still_known(store: Store) -> None:
    insert_many(store, "2", [f"n{number}" for number in range(60)])
    with store.read() as connection:
        then, number = order(connection), latest(connection).at
    insert_many(store, "2", [f"m{number}" for number in range(60)])
    with store.read() as connection:
        assert order(connection) != then
        assert order(connection, number) == then
        moved = lines.find(latest(connection), "2")
    assert moved.rank != "B"
    assert (moved.block, moved.markup, moved.gap, moved.after_line) == ("inline", "*", " ", 1)


def test_a_line_that_is_taken_out_stands_nowhere(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.document = 1
        snapshot = latest(entry.connection)
        remove(entry, snapshot, "en", lines.find(snapshot, "2"))
    with store.read() as connection:
        assert order(connection) == ["1"]
        assert lines.find(latest(connection), "2").rank is None
        assert list(verify(connection)) == []
