"""The migrations make the tables that the code describes, forth and back, with rows in them."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Constraint, Engine, Index, inspect, text
from sqlalchemy.types import TypeEngine

from tests.store.complete import complete
from tests.stores import AT, AUTHOR, Stores, contents, empty
from tracker.errors import Refused
from tracker.store import indexes, journal, migrate, tables
from tracker.store.columns import metadata
from tracker.store.open import SCHEMA, SCHEMA_TABLE, make_engine, open_store, parse
from tracker.store.verify import verify


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The engine of a migrated store, shared: nothing is done to it."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(empty) as url:
        yield make_engine(parse(url), foreign_keys=False)


@pytest.fixture(scope="module")
def migrated(engine: Engine) -> dict[str, dict[str, Any]]:
    """What the database says of the tables that the migrations made."""
    return tables_of(engine)


def tables_of(engine: Engine) -> dict[str, dict[str, Any]]:
    """What a database says of its tables."""
    inspector = inspect(engine)
    told: dict[str, dict[Any, Any]] = {
        "columns": inspector.get_multi_columns(),
        "primary key": inspector.get_multi_pk_constraint(),
        "foreign keys": inspector.get_multi_foreign_keys(),
        "unique": inspector.get_multi_unique_constraints(),
        "checks": inspector.get_multi_check_constraints(),
        "indexes": inspector.get_multi_indexes(),
    }
    names = [
        name
        for name in inspector.get_table_names()
        # Those of FTS5 are made by one statement, which is compared below.
        if name != SCHEMA_TABLE and not name.startswith("passage_terms")
    ]
    return {name: {part: each[None, name] for part, each in told.items()} for name in names}


def comparable(told: Any) -> Any:
    """The same in a form that can be compared: SQLAlchemy's types and clauses are their text."""
    if isinstance(told, dict):
        return {key: comparable(value) for key, value in told.items()}
    if isinstance(told, list):
        return sorted((comparable(each) for each in told), key=repr)
    if isinstance(told, TypeEngine):
        return str(told), getattr(told, "collation", None)
    return str(told)


def test_there_is_one_newest_schema_and_it_is_the_one_the_program_knows() -> None:
    assert ScriptDirectory.from_config(migrate.configuration()).get_heads() == [SCHEMA]


def test_the_tables_are_those_the_code_describes(engine: Engine) -> None:
    config = migrate.configuration()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_every_detail_of_the_tables_is_as_the_code_describes_it(
    migrated: dict[str, dict[str, Any]], engine: Engine, request: pytest.FixtureRequest
) -> None:
    assert indexes.__doc__  # imported, so that the code's indexes are known
    url = request.getfixturevalue(f"{engine.dialect.name.removesuffix('ql')}_url")
    described = make_engine(parse(url))
    with described.begin() as connection:
        metadata.create_all(connection)
    assert comparable(migrated) == comparable(tables_of(described))


def test_what_sqlite_searches_in_is_made_as_the_code_describes_it(
    sqlite_stores: Stores, sqlite_url: str
) -> None:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' OR name LIKE 'passage_terms%'"
        " ORDER BY name"
    )
    described = make_engine(parse(sqlite_url))
    with described.begin() as connection:
        metadata.create_all(connection)
        wanted = connection.execute(text(query)).all()
    with sqlite_stores.copy(empty) as url, open_store(url).read() as connection:
        assert connection.execute(text(query)).all() == wanted
    assert {"passage_terms", "passage_inserted", "passage_deleted", "passage_updated"} <= {
        row.name for row in wanted
    }


def test_everything_has_a_name_by_which_a_migration_can_take_hold_of_it(
    migrated: dict[str, dict[str, Any]],
) -> None:
    for name, table in migrated.items():
        named = {
            "pk_": [table["primary key"]],
            "fk_": table["foreign keys"],
            "uq_": table["unique"],
            "ck_": table["checks"],
        }
        for prefix, parts in named.items():
            for part in parts:
                assert str(part["name"]).startswith(f"{prefix}{name}"), (name, part)
                assert str(part["name"]).count(prefix) == 1, (name, part)


def test_no_name_is_longer_than_postgresql_keeps() -> None:
    for table in metadata.tables.values():
        parts: list[Constraint | Index] = [*table.constraints, *table.indexes]
        for part in parts:
            assert part.name
            assert len(str(part.name)) <= 63, part.name


def test_nothing_is_deleted_or_changed_along_with_what_it_refers_to(
    migrated: dict[str, dict[str, Any]],
) -> None:
    for name, table in migrated.items():
        for key in table["foreign keys"]:
            assert not {"ondelete", "onupdate"} & set(key["options"]), (name, key)


def test_tables_of_sqlite_take_only_values_of_their_types(sqlite_stores: Stores) -> None:
    with sqlite_stores.copy(empty) as url, open_store(url).read() as connection:
        # FTS5 types the tables of its own, which hold nothing that another does not.
        query = (
            "SELECT name FROM pragma_table_list WHERE NOT strict AND type = 'table' "
            "AND name NOT LIKE 'sqlite%'"
        )
        assert connection.execute(text(query)).scalars().all() == [SCHEMA_TABLE]


def test_ranks_are_ordered_by_code_point_on_postgresql(postgres_stores: Stores) -> None:
    query = (
        "SELECT table_name, collation_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND collation_name IS NOT NULL"
    )
    with postgres_stores.copy(empty) as url, open_store(url).read() as connection:
        assert connection.execute(text(query)).all() == [("placement", "C")]


def test_every_reference_to_an_entry_waits_for_the_end_of_it(
    migrated: dict[str, dict[str, Any]],
) -> None:
    for name, table in migrated.items():
        for key in table["foreign keys"]:
            if key["referred_table"] == "entry":
                assert key["options"].get("deferrable") is True, (name, key)
                assert key["options"].get("initially") == "DEFERRED", (name, key)


def test_up_down_and_up_again_with_rows_in_every_table(stores: Stores) -> None:
    with stores.copy(complete) as url:
        store = open_store(url)
        with make_engine(store.url, foreign_keys=False).connect() as connection:
            migrate.run(connection, "base")
            assert inspect(connection).get_table_names() == [SCHEMA_TABLE]
            migrate.run(connection, SCHEMA)
        assert open_store(url).url == store.url
        with store.read() as connection:
            assert journal.head(connection) == (0, "0" * 64)
        complete(store)
        with store.read() as connection:
            assert list(verify(connection)) == []


def test_a_schema_that_cannot_hold_all_rows_is_not_gone_back_to(stores: Stores) -> None:
    with stores.copy(complete) as url:
        store = open_store(url)
        with journal.entry(store, AUTHOR, AT, "propose") as entry:
            entry.insert(tables.proposal_answer, document=1, proposal=1, comment=1)
        before = contents(store)
        config = migrate.configuration()
        with make_engine(store.url, foreign_keys=False).connect() as connection:
            config.attributes["connection"] = connection
            with (
                pytest.raises(Refused, match="P1 was said to answer C1 by more than one entry"),
                connection.execution_options(writes=True).begin(),
            ):
                command.downgrade(config, "0004")
        assert contents(open_store(url)) == before
        with store.read() as connection:
            assert list(verify(connection)) == []


def test_developers_migrate_the_database_they_name(database_url: str) -> None:
    config = migrate.configuration()
    config.cmd_opts = Namespace(x=[f"database={database_url}"])
    for move, revision in (
        (command.upgrade, "head"),
        (command.downgrade, "base"),
        (command.upgrade, "head"),
    ):
        move(config, revision)
    command.check(config)
    store = open_store(database_url)
    complete(store)
    with store.read() as connection:
        assert list(verify(connection)) == []
