"""Opening a store: what is none is named as what it is, and left as it was."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, event, make_url, text

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores, contents, empty
from tracker.errors import StoreError
from tracker.store import journal, tables
from tracker.store.open import Store, make_engine, name_of, open_store, parse


@contextmanager
def left_as_it_was(folder: Path) -> Iterator[None]:
    """The files of the folder are the same afterwards, byte for byte, and no others."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    yield
    after = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert after == before


def refused(database: str) -> StoreError:
    """What is said when a database is not opened."""
    with pytest.raises(StoreError) as told:
        open_store(database)
    assert told.value.hint
    return told.value


def test_a_store_is_opened_by_its_path_and_by_its_url(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(complete) as url:
        path = url.removeprefix("sqlite:///")
        assert contents(open_store(path)) == contents(open_store(url))


def test_opening_and_reading_a_file_leaves_it_as_it_was(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(complete) as url:
        folder = Path(url.removeprefix("sqlite:///")).parent
        with left_as_it_was(folder):
            contents(open_store(url))


def test_where_there_is_no_file_none_is_made(tmp_path: Path) -> None:
    with left_as_it_was(tmp_path):
        told = refused(str(tmp_path / "none.db"))
    assert told.message == f"there is no store at {tmp_path / 'none.db'}"
    assert "tracker init" in (told.hint or "")


@pytest.mark.parametrize(
    "place",
    ["folder", "folder/none/none.db", "a\0b", pytest.param("x" * 5000, id="too long")],
)
def test_what_cannot_be_a_file_is_no_store(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    assert "there is no store at" in refused(str(tmp_path / place)).message


def test_a_file_that_is_no_database_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but long enough to be read as one.\n" * 99, encoding="utf-8")
    with left_as_it_was(tmp_path):
        assert refused(str(path)).message == f"{path} is not a database"


def test_a_database_of_another_program_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entry (number INTEGER)")
        connection.commit()
    with left_as_it_was(tmp_path):
        assert refused(str(path)).message == f"{path} is a database of some other program"


def test_another_program_may_call_a_table_as_we_call_ours(database_url: str) -> None:
    with make_engine(parse(database_url)).begin() as connection:
        connection.execute(text("CREATE TABLE tracker_schema (id INTEGER)"))
    assert "is a database of some other program" in refused(database_url).message


def test_an_empty_file_holds_no_store_yet(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with left_as_it_was(tmp_path):
        told = refused(str(path))
    assert told.message == f"{path} holds no store yet"
    assert "remove the file" in (told.hint or "")


def test_an_empty_postgresql_database_holds_no_store_yet(postgres_url: str) -> None:
    told = refused(postgres_url)
    assert told.message.endswith(" holds no store yet")
    assert told.hint == "make one with: tracker init"


def test_a_postgresql_database_of_another_program_is_left_as_it_was(postgres_url: str) -> None:
    with make_engine(parse(postgres_url)).begin() as connection:
        connection.execute(text("CREATE TABLE entry (number INTEGER)"))
    assert refused(postgres_url).message.endswith(" is a database of some other program")
    with make_engine(parse(postgres_url)).begin() as connection:
        query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        assert connection.execute(text(query)).scalars().all() == ["entry"]


def test_a_damaged_store_is_said_to_be_damaged(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(complete) as url:
        path = Path(url.removeprefix("sqlite:///"))
        content = bytearray(path.read_bytes())
        content[4096 * 2 : 4096 * 40] = b"\xff" * 4096 * 38
        path.write_bytes(content)
        with pytest.raises(StoreError) as told:
            contents(open_store(url))
        assert f"{path} is damaged" in told.value.message
        assert "backup" in (told.value.hint or "")


@contextmanager
def unprivileged() -> Iterator[None]:
    """As somebody whom permissions stop, should the tests run as root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions are of another kind here")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def shared_file(sqlite_stores: Stores) -> Iterator[Path]:
    """A store in a folder that everybody may look into."""
    with sqlite_stores.copy(complete) as url, tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "tracker.db"
        path.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
        open_store(str(path))  # whatever is loaded late is loaded now
        yield path


def test_a_file_that_may_not_be_read_is_left_as_it_was(shared_file: Path) -> None:
    shared_file.chmod(0o000)
    with unprivileged():
        told = refused(str(shared_file))
    assert told.message.startswith(f"{shared_file} cannot be opened: ")
    assert "permissions" in (told.hint or "")
    shared_file.chmod(0o600)
    open_store(str(shared_file))


def test_a_folder_that_may_not_be_looked_into_is_no_traceback(shared_file: Path) -> None:
    shared_file.parent.chmod(0o000)
    try:
        with unprivileged():
            assert "there is no store at" in refused(str(shared_file)).message
    finally:
        shared_file.parent.chmod(0o755)


def write_a_line(store: Store) -> None:
    with journal.entry(store, AUTHOR, AT, "edit") as entry:
        entry.insert(tables.line, document=1, id=9, label="9", kind="sentence")


def test_a_store_that_may_not_be_written_is_left_as_it_was(stores: Stores) -> None:
    with stores.copy(complete) as url:
        store = open_store(url)
        before = contents(store)
        on_connecting(
            store.engine,
            sqlite="PRAGMA query_only = ON",
            postgres="SET default_transaction_read_only = on",
        )
        with pytest.raises(StoreError) as told:
            write_a_line(store)
        assert f"{store.name} cannot be written: " in told.value.message
        assert told.value.hint == "check its permissions"
        assert contents(open_store(url)) == before


def test_a_store_that_another_command_is_writing_is_left_as_it_was(
    sqlite_stores: Stores,
) -> None:
    with sqlite_stores.copy(complete) as url:
        store = open_store(url)
        before = contents(store)
        on_connecting(store.engine, sqlite="PRAGMA busy_timeout = 0")
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError) as told:
                write_a_line(store)
            assert contents(store) == before, "it can be read all the while"
            other.execute("ROLLBACK")
        assert told.value.message == f"{path} is being written by another command"
        assert told.value.hint == "try again in a moment"
        assert contents(store) == before
        write_a_line(store)


def on_connecting(engine: Engine, **statements: str) -> None:
    """Let every connection begin with a statement of its database."""
    statement = statements.get(engine.dialect.name.removesuffix("ql"), "")

    def prepare(connection: sqlite3.Connection | psycopg.Connection, _record: object) -> None:
        connection.execute(statement)
        connection.commit()

    event.listen(engine, "connect", prepare)


def test_connections_have_the_settings_that_the_store_needs(sqlite_stores: Stores) -> None:
    expected = {"foreign_keys": 1, "busy_timeout": 5000, "journal_mode": "wal"}
    with sqlite_stores.copy(empty) as url, open_store(url).read() as connection:
        for pragma, value in expected.items():
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value, pragma


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("mysql://me:secret@host/name", "'mysql' is not a database this program can use"),
        ("nonsense://me:secret@host/name", "'nonsense' is not a database this program can use"),
        ("postgresql://me:secret@host:port/name", "the database URL cannot be read"),
        ("://me:secret@host", "the database URL cannot be read"),
        ("sqlite://", "a store must be a file: it has to last longer than one command"),
        ("sqlite:///:memory:", "a store must be a file: it has to last longer than one command"),
    ],
)
def test_a_url_that_names_no_store_is_refused(database: str, said: str) -> None:
    told = refused(database)
    assert told.message == said
    assert "sqlite:///PATH" in (told.hint or "")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@localhost:1/name",
        "postgresql://me@localhost:1/name?password=secret",
        "postgresql+psycopg://me:secret@localhost:1/name?sslpassword=secret",
        "postgresql://me:secret@localhost:1/name?secret=secret",
    ],
)
def test_no_message_shows_a_password(url: str) -> None:
    told = refused(url)
    assert "secret" not in f"{told.message} {told.hint}".replace('"secret"', "")


def test_a_postgresql_database_that_is_not_there_is_told_with_what_to_check(
    postgres_url: str,
) -> None:
    url = make_url(postgres_url).set(database="locked", password="secret")
    told = refused(url.render_as_string(hide_password=False))
    assert 'database "locked" does not exist' in told.message
    assert "check its path, address" in (told.hint or "")
    assert "secret" not in f"{told.message} {told.hint}"


@pytest.mark.parametrize(
    ("database", "name"),
    [
        ("sqlite:////tmp/a b.db", "/tmp/a b.db"),
        ("/tmp/a b.db", "/tmp/a b.db"),
        ("postgresql://me:secret@host/name", "postgresql://me:***@host/name"),
        ("postgresql+psycopg2://me@host/name?sslmode=require", None),
        ("postgresql://host/name?password=secret", "postgresql://host/name"),
    ],
)
def test_messages_call_a_database_by_its_path_or_its_url(database: str, name: str | None) -> None:
    expected = name or "postgresql://me@host/name?sslmode=require"
    assert name_of(parse(database)) == expected


def test_a_path_is_the_same_store_from_every_folder(
    sqlite_stores: Stores, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with sqlite_stores.copy(complete) as url:
        path = Path(url.removeprefix("sqlite:///"))
        monkeypatch.chdir(path.parent)
        by_path, by_url = open_store(path.name), open_store(f"sqlite:///{path.name}")
        monkeypatch.chdir(tmp_path)
        assert contents(by_path) == contents(by_url)
        assert list(tmp_path.iterdir()) == []
