"""Whatever is typed, undo takes it back step by step, and a dump makes an equal store of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.desk import Desk, three_lines
from tests.services.seen import undo, visible
from tests.stores import PostgresStores, SqliteStores, Stores, empty, journaled
from tracker.errors import TrackerError
from tracker.services import dumps, reverting
from tracker.store.open import open_store

labels = st.sampled_from(["1", "2", "3", "1a", "2a", "0a"])
numbers = st.integers(1, 4)
few = st.integers(1, 2)
words = st.lists(
    st.sampled_from(["The parties", "keep", "the harbour", "open.", "港は", "開く。"]),
    min_size=1,
    max_size=4,
).map(" ".join)
Command = Callable[[Desk], object]


def _revert(desk: Desk, number: int) -> None:
    with desk.writing("revert") as (entry, now):
        reverting.revert(entry, now, f"@{number}", "before")


commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(lambda label: lambda desk: desk.say(label), labels),
    st.builds(lambda label: lambda desk: desk.say(label, words="party"), labels),
    st.builds(lambda n: lambda desk: desk.reply(f"C{n}"), numbers),
    st.builds(lambda n: lambda desk: desk.dispose(f"C{n}", outcome="accepted"), numbers),
    st.builds(lambda label, text: lambda desk: desk.replace(label, text), labels, words),
    st.builds(lambda label, text: lambda desk: desk.insert(label, text), labels, words),
    st.builds(lambda label: lambda desk: desk.delete(label), labels),
    st.builds(lambda n, text: lambda desk: desk.insert("3", text, to=f"P{n}"), numbers, words),
    st.builds(lambda n, m, text: lambda desk: desk.replace(f"P{n}.{m}", text), numbers, few, words),
    st.builds(lambda n: lambda desk: desk.update(f"P{n}"), numbers),
    st.builds(lambda n, m: lambda desk: desk.join(f"P{n}", f"P{m}"), numbers, numbers),
    st.builds(lambda n, m: lambda desk: desk.resolve(f"P{n}", f"P{m}"), numbers, numbers),
    st.builds(lambda n, m: lambda desk: desk.accept(f"P{n}.{m}"), numbers, few),
    st.builds(lambda n: lambda desk: desk.accept(f"P{n}", dispose="accepted"), numbers),
    st.builds(lambda n: lambda desk: desk.accept(f"P{n}"), numbers),
    st.builds(lambda n: lambda desk: desk.decide("rejected", f"P{n}"), numbers),
    st.builds(lambda n: lambda desk: desk.edition(f"edition-{n}"), numbers),
    st.builds(lambda n: lambda desk: desk.set(title=f"Title {n}"), numbers),
    st.builds(lambda n: lambda desk: _revert(desk, n + 1), numbers),
)
runs = st.lists(commands, min_size=4, max_size=14)


def type_and_undo(stores: Stores, typed: Sequence[Command]) -> None:
    with stores.copy(three_lines) as url:
        desk = Desk(open_store(url))
        seen = []
        for command in typed:
            before = visible(desk)
            try:
                command(desk)
            except TrackerError:
                assert visible(desk) == before
            else:
                seen.append(before)
        for before in reversed(seen):
            undo(desk)
            assert visible(desk) == before
        desk.check()


def dump_and_load(first: Stores, second: Stores, typed: Sequence[Command]) -> None:
    with first.copy(three_lines) as url, second.copy(empty) as other:
        desk, there = Desk(open_store(url)), open_store(other)
        for command in typed:
            try:
                command(desk)
                if len(journaled(desk.store)["entry"]) % 5 == 0:
                    undo(desk)
            except TrackerError:
                continue
        with desk.store.read() as connection:
            dumps.restore(there, list(dumps.lines(connection)))
        assert journaled(there) == journaled(desk.store)
        assert Desk(there).head == desk.head


QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def test_whatever_is_typed_is_undone_step_by_step(sqlite_stores: SqliteStores) -> None:
    @settings(max_examples=15, suppress_health_check=QUIET)
    @given(runs)
    def check(typed: list[Command]) -> None:
        type_and_undo(sqlite_stores, typed)

    check()


def test_it_is_undone_on_postgresql_too(postgres_stores: PostgresStores) -> None:
    @settings(max_examples=2, suppress_health_check=QUIET)
    @given(runs)
    def check(typed: list[Command]) -> None:
        type_and_undo(postgres_stores, typed)

    check()


def test_a_dump_of_whatever_was_typed_makes_an_equal_store(
    sqlite_stores: SqliteStores, postgres_stores: PostgresStores
) -> None:
    @settings(max_examples=4, suppress_health_check=QUIET)
    @given(runs)
    def check(typed: list[Command]) -> None:
        dump_and_load(sqlite_stores, postgres_stores, typed)
        dump_and_load(postgres_stores, sqlite_stores, typed)

    check()
