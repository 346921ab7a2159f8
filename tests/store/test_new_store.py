"""Making a store: it is there when all went well, and nothing is there otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, inspect, text

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, contents
from tracker.errors import Refused, StoreError
from tracker.store import journal, tables
from tracker.store.migrate import new_store
from tracker.store.open import make_engine, open_store, parse


def tables_in(url: str) -> list[str]:
    """The tables of a PostgreSQL database; the files beside a SQLite one."""
    parsed = parse(url)
    if parsed.get_backend_name() == "sqlite":
        return sorted(path.name for path in Path(parsed.database or "").parent.iterdir())
    return inspect(make_engine(parsed)).get_table_names()


def test_a_new_store_is_opened_with_what_it_starts_with(database_url: str) -> None:
    with new_store(database_url) as database:
        complete(open_store(database))
    assert contents(open_store(database_url))["entry"]


def test_a_new_file_is_alone_in_its_folder(sqlite_url: str) -> None:
    with new_store(sqlite_url) as database:
        complete(open_store(database))
    assert tables_in(sqlite_url) == ["tracker.db"]


def test_a_new_file_is_not_seen_before_it_is_finished(sqlite_url: str) -> None:
    with new_store(sqlite_url):
        assert "tracker.db" not in tables_in(sqlite_url)
        with pytest.raises(StoreError, match="there is no store"):
            open_store(sqlite_url)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), FileExistsError("a file")])
def test_what_is_broken_off_leaves_nothing_behind(database_url: str, error: BaseException) -> None:
    def begin() -> None:
        with (
            new_store(database_url) as database,
            journal.entry(open_store(database), AUTHOR, AT, "init") as entry,
        ):
            entry.insert(tables.document, id=1, key="paper")
            raise error

    with pytest.raises(type(error)) as raised:
        begin()
    assert raised.value is error
    assert tables_in(database_url) == []
    with new_store(database_url):
        pass
    open_store(database_url)


def test_an_interrupt_while_a_migration_copies_a_table_is_no_fault(sqlite_url: str) -> None:
    def interrupt(*told: Any) -> None:
        if told[2].startswith("INSERT INTO _alembic_tmp_"):
            raise KeyboardInterrupt

    event.listen(Engine, "before_cursor_execute", interrupt)
    try:
        with pytest.raises(KeyboardInterrupt), new_store(sqlite_url):
            pass
    finally:
        event.remove(Engine, "before_cursor_execute", interrupt)
    assert tables_in(sqlite_url) == []


def test_what_somebody_put_into_a_half_made_store_is_not_dropped(postgres_url: str) -> None:
    def begin() -> None:
        with new_store(postgres_url) as database:
            with journal.entry(open_store(database), AUTHOR, AT, "import") as entry:
                entry.insert(tables.document, id=1, key="paper")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin()
    with open_store(postgres_url).read() as connection:
        assert journal.head(connection)[0] == 1


def test_where_there_is_a_store_none_is_made(database_url: str) -> None:
    with new_store(database_url) as database:
        complete(open_store(database))
    before = contents(open_store(database_url))
    with pytest.raises(Refused) as told, new_store(database_url):
        pytest.fail("there is one already")
    assert told.value.hint
    assert contents(open_store(database_url)) == before


def test_where_there_is_another_file_no_store_is_made(sqlite_url: str, tmp_path: Path) -> None:
    (tmp_path / "tracker.db").write_text("something else", encoding="utf-8")
    with pytest.raises(Refused), new_store(sqlite_url):
        pytest.fail("there is a file already")
    assert (tmp_path / "tracker.db").read_text(encoding="utf-8") == "something else"
    assert tables_in(sqlite_url) == ["tracker.db"]


@pytest.mark.parametrize("in_the_last_moment", [False, True])
def test_a_file_that_came_meanwhile_is_not_replaced(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_the_last_moment: bool
) -> None:
    def begin() -> None:
        with new_store(sqlite_url):
            (tmp_path / "tracker.db").write_text("another store", encoding="utf-8")
            if in_the_last_moment:
                monkeypatch.setattr(Path, "exists", lambda _path: False)

    with pytest.raises(Refused, match="is there already"):
        begin()
    assert (tmp_path / "tracker.db").read_text(encoding="utf-8") == "another store"
    assert tables_in(sqlite_url) == ["tracker.db"]


def test_where_there_is_no_folder_no_store_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told, new_store(str(tmp_path / "none" / "tracker.db")):
        pytest.fail("there is no place for it")
    assert told.value.hint == "choose another place"
    assert list(tmp_path.iterdir()) == []


def test_the_tables_of_another_program_are_not_added_to(postgres_url: str) -> None:
    with make_engine(parse(postgres_url)).begin() as connection:
        connection.execute(text("CREATE TABLE other (number INTEGER)"))
    with pytest.raises(StoreError, match="some other program"), new_store(postgres_url):
        pytest.fail("there is something already")
    assert tables_in(postgres_url) == ["other"]
