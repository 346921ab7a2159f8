"""Bringing records into stores and out again, for the tests that compare what went in and out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.services.desk import Desk
from tests.stores import AT, AUTHOR, Stores, empty
from tracker.formats.record.read import read
from tracker.formats.record.write import write_yaml
from tracker.services import snapshot
from tracker.services.exporting.record import gather
from tracker.services.importing import meeting, record
from tracker.services.importing.files import File
from tracker.services.snapshot import Snapshot
from tracker.store import journal
from tracker.store.journal import Entry
from tracker.store.open import Store, open_store
from tracker.store.verify import verify


def bring(store: Store, content: bytes, name: str = "record.yaml") -> None:
    """Import a whole record."""
    with store.read() as connection:
        plan = record.plan(connection, read(content, name), File(name, content))
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        record.apply(entry, plan)


def plan_meeting(store: Store, content: bytes, name: str = "w2.yaml") -> meeting.Plan:
    with store.read() as connection:
        latest = snapshot.latest(connection)
        return meeting.plan(latest, read(content, name), File(name, content))


def bring_meeting(store: Store, content: bytes, name: str = "w2.yaml") -> list[str]:
    """Import a meeting's comments; return their ids."""
    plan = plan_meeting(store, content, name)
    with writing(store, "import") as (entry, latest):
        return meeting.apply(entry, latest, plan)


def out(store: Store) -> bytes:
    """Export the whole record."""
    with store.read() as connection:
        return write_yaml(gather(snapshot.latest(connection)))


@contextmanager
def writing(store: Store, command: str = "test") -> Iterator[tuple[Entry, Snapshot]]:
    with journal.entry(store, AUTHOR, AT, command) as entry:
        yield entry, snapshot.latest(entry.connection)


def check_sound(store: Store) -> None:
    with store.read() as connection:
        assert list(verify(connection)) == []


def check_round(stores: Stores, store: Store) -> bytes:
    """Out, into an empty store and out again gives the same bytes; return them."""
    first = out(store)
    check_sound(store)
    with stores.copy(empty) as url:
        other = open_store(url)
        bring(other, first)
        assert out(other).decode() == first.decode()
        check_sound(other)
    return first


@contextmanager
def read_back(stores: Stores, content: bytes) -> Iterator[Desk]:
    """A desk with a store that holds only what a record says."""
    with stores.copy(empty) as url:
        store = open_store(url)
        bring(store, content)
        yield Desk(store)
