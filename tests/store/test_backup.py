"""Backing a store up: a copy of one state, whatever goes on, and in nobody's way."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores, contents
from tracker.errors import Refused, StoreError
from tracker.store import journal, tables
from tracker.store.migrate import backup
from tracker.store.open import Store, open_store
from tracker.store.verify import verify


@pytest.fixture
def store(sqlite_stores: Stores) -> Iterator[Store]:
    with sqlite_stores.copy(complete) as url:
        yield open_store(url)


def test_a_copy_is_a_store_with_the_same_rows(store: Store, tmp_path: Path) -> None:
    backup(store.name, tmp_path / "copy.db")
    copy = open_store(str(tmp_path / "copy.db"))
    assert contents(copy) == contents(store)
    with copy.read() as connection:
        assert list(verify(connection)) == []
    assert [path.name for path in tmp_path.iterdir()] == ["copy.db"]


def test_a_copy_made_while_another_command_writes_holds_the_state_before_it(
    store: Store, tmp_path: Path
) -> None:
    before = contents(store)
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.insert(tables.line, document=1, id=9, label="9", kind="sentence")
        backup(store.name, tmp_path / "copy.db")
    assert contents(open_store(str(tmp_path / "copy.db"))) == before
    assert contents(store) != before


def test_what_was_committed_but_not_yet_moved_into_the_file_is_copied_too(
    store: Store, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(store.name)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM line").fetchone()
        with journal.entry(store, AUTHOR, AT, "edit") as entry:
            entry.insert(tables.line, document=1, id=9, label="9", kind="sentence")
        backup(store.name, tmp_path / "copy.db")
    assert contents(open_store(str(tmp_path / "copy.db"))) == contents(store)


def test_a_copy_never_takes_the_place_of_a_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("something else", encoding="utf-8")
    with pytest.raises(Refused) as told:
        backup(store.name, target)
    assert told.value.hint
    assert target.read_text(encoding="utf-8") == "something else"
    with pytest.raises(Refused):
        backup(store.name, Path(store.name))


def test_a_copy_that_cannot_be_written_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        backup(store.name, tmp_path / "none" / "copy.db")
    assert told.value.hint == "choose another place"
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_store_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        backup(str(tmp_path / "none.db"), tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_postgresql_store_is_left_to_the_command_that_the_hint_names(
    postgres_stores: Stores, tmp_path: Path
) -> None:
    target = tmp_path / "a copy.dump"
    with postgres_stores.copy(complete) as url:
        secret = make_url(url).set(password="secret")
        with pytest.raises(Refused) as told:
            backup(secret.render_as_string(hide_password=False), target)
    run, *arguments = shlex.split(told.value.hint or "")
    assert run == "run:"
    assert arguments[:3] == ["pg_dump", "--format=custom", f"--file={target}"]
    named = make_url(arguments[3])
    assert (named.drivername, named.database) == ("postgresql", secret.database)
    assert named.password is None, "it is asked for, or read from ~/.pgpass"
    assert not target.exists()
