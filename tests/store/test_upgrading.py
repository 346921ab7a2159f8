"""Upgrading: with a copy first, all of it or nothing, and no row lost on the way."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import inspect, text

from tests.store.complete import complete
from tests.stores import Stores, contents
from tracker.errors import StoreError
from tracker.store import journal, migrate
from tracker.store import open as opening
from tracker.store.migrate import upgrade
from tracker.store.open import SCHEMA, Store, make_engine, open_store
from tracker.store.verify import verify

MIGRATIONS = Path(__file__).parents[2] / "migrations"
NEXT = f"{int(SCHEMA) + 1:04}"

REVISION = """
import sqlalchemy as sa
from alembic import op

revision = {revision!r}
down_revision = {before!r}


def upgrade():
{body}


def downgrade():
    pass
"""

# The trap: SQLite rebuilds the table that the others refer to.
REBUILDING = """
    with op.batch_alter_table("comment") as batch:
        batch.add_column(sa.Column("internal", sa.Integer(), nullable=False, server_default="0"))
        batch.create_check_constraint("ck_comment_internal", "internal IN (0, 1)")
"""
FAILING = """
    op.create_table("search", sa.Column("word", sa.Text(), primary_key=True))
    op.execute("UPDATE comment SET id = id + 100 WHERE id = 2")
    op.execute("SELECT no_such_function()")
"""
BREAKING = """
    op.execute("DELETE FROM comment")
"""


def of_the_first_format(store: Store) -> None:
    """Rows in every table, as the first version of the program hashed them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "FORMAT", 1)
        complete(store)


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    """A store with rows in every table, at the schema that is about to be the older one."""
    with stores.copy(complete) as url:
        yield open_store(url)


@pytest.fixture
def database(store: Store) -> str:
    """The URL by which the store is upgraded."""
    return store.url.render_as_string(hide_password=False)


def next_schema(monkeypatch: pytest.MonkeyPatch, folder: Path, body: str) -> None:
    """Let the program know one more schema."""
    scripts = folder / "migrations"
    shutil.copytree(MIGRATIONS, scripts)
    revision = REVISION.format(revision=NEXT, before=SCHEMA, body=body)
    (scripts / "versions" / f"{NEXT}_the_next.py").write_text(revision, encoding="utf-8")

    def configuration() -> Config:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        return config

    monkeypatch.setattr(migrate, "configuration", configuration)
    monkeypatch.setattr(migrate, "SCHEMA", NEXT)
    monkeypatch.setattr(opening, "SCHEMA", NEXT)


def columns(store: Store, table: str) -> list[str]:
    with make_engine(store.url).connect() as connection:
        return [column["name"] for column in inspect(connection).get_columns(table)]


def files(store: Store) -> dict[str, bytes]:
    """The files in the folder of a SQLite store; nothing on PostgreSQL."""
    if store.url.get_backend_name() != "sqlite":
        return {}
    folder = Path(store.url.database or "").parent
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_store_at_the_newest_schema_is_left_alone(store: Store, database: str) -> None:
    before = files(store)
    done = upgrade(database)
    assert (done.before, done.after, done.backup) == (SCHEMA, SCHEMA, None)
    assert files(store) == before


def test_an_upgrade_that_rebuilds_a_table_loses_no_row_that_refers_to_it(
    store: Store, database: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = contents(store)
    next_schema(monkeypatch, tmp_path, REBUILDING)
    done = upgrade(database)
    assert (done.before, done.after) == (SCHEMA, NEXT)
    assert "internal" in columns(store, "comment")
    upgraded = open_store(database)
    assert contents(upgraded) == before
    with upgraded.read() as connection:
        assert list(verify(connection)) == []


def test_a_store_of_the_first_schema_comes_with_all_its_rows_and_its_chain_holds(
    stores: Stores,
) -> None:
    with stores.copy(of_the_first_format) as url:
        store = open_store(url)
        before = contents(store)
        config = migrate.configuration()
        with make_engine(store.url, foreign_keys=False).connect() as connection:
            config.attributes["connection"] = connection
            with connection.execution_options(writes=True).begin():
                command.downgrade(config, "0001")
        assert "trail" not in columns(store, "placement")
        assert upgrade(url).before == "0001"
        after = contents(open_store(url))
        # The search index is made anew: the same texts, counted in another order.
        was, now = before.pop("passage"), after.pop("passage")
        assert sorted(row[1:] for row in now) == sorted(row[1:] for row in was)
        assert after == before
        with store.read() as connection:
            assert list(verify(connection)) == []


def test_what_an_old_entry_cannot_have_written_is_found(stores: Stores) -> None:
    with stores.copy(of_the_first_format) as url, open_store(url).write() as connection:
        assert list(verify(connection)) == []
        connection.execute(text("UPDATE placement SET trail = 'x' WHERE line = 1"))
        assert list(verify(connection))


def test_a_file_is_copied_beside_it_before_it_is_upgraded(
    sqlite_stores: Stores, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_schema(monkeypatch, tmp_path, REBUILDING)
    with sqlite_stores.copy(complete) as url:
        path = Path(url.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(path)) as connection:
            before = list(connection.iterdump())
        done = upgrade(url)
        assert done.backup == path.with_name(f"tracker-{SCHEMA}.db")
        assert {each.name for each in path.parent.iterdir()} == {path.name, done.backup.name}
        with closing(sqlite3.connect(done.backup)) as connection:
            assert list(connection.iterdump()) == before


def test_an_older_copy_in_the_way_of_the_new_one_is_kept(
    sqlite_stores: Stores, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_schema(monkeypatch, tmp_path, REBUILDING)
    with sqlite_stores.copy(complete) as url:
        path = Path(url.removeprefix("sqlite:///"))
        older = path.with_name(f"tracker-{SCHEMA}.db")
        older.write_text("an older copy", encoding="utf-8")
        done = upgrade(url)
        assert older.read_text(encoding="utf-8") == "an older copy"
        assert done.backup is not None
        assert done.backup.name == f"tracker-{SCHEMA}-2.db"
        assert done.backup.is_file()


@pytest.mark.parametrize("body", [FAILING, BREAKING], ids=["failing", "breaking a reference"])
def test_an_upgrade_that_fails_leaves_the_store_as_it_was_and_can_be_tried_again(
    store: Store,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    body: str,
) -> None:
    before, rows = files(store), contents(store)
    with monkeypatch.context() as patch:
        next_schema(patch, tmp_path, body)
        with pytest.raises(StoreError) as told:
            upgrade(database)
    assert told.value.hint
    assert files(store) == before
    assert contents(open_store(database)) == rows
    assert "search" not in inspect(make_engine(store.url)).get_table_names()

    shutil.rmtree(tmp_path / "migrations")
    next_schema(monkeypatch, tmp_path, REBUILDING)
    assert upgrade(database).after == NEXT


@pytest.mark.parametrize(
    ("found", "hint"), [("0000", "db upgrade"), ("9999", "install the newer version")]
)
def test_a_store_at_another_schema_is_not_opened(store: Store, found: str, hint: str) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE tracker_schema SET version_num = :v"), {"v": found})
    before = files(store)
    with pytest.raises(StoreError) as told:
        open_store(store.url.render_as_string(hide_password=False))
    assert f"schema {found}" in told.value.message
    assert hint in (told.value.hint or "")
    assert files(store) == before


def test_a_store_of_a_newer_program_is_not_upgraded(store: Store, database: str) -> None:
    with store.write() as connection:
        connection.execute(text("UPDATE tracker_schema SET version_num = '9999'"))
    before = files(store)
    with pytest.raises(StoreError, match="newer version"):
        upgrade(database)
    assert files(store) == before


def test_there_is_nothing_to_upgrade_where_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store") as told:
        upgrade(str(tmp_path / "none.db"))
    assert told.value.hint
    assert list(tmp_path.iterdir()) == []
