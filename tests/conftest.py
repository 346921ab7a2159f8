"""What every test may ask for. The databases themselves are made in ``databases.py``."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, event

from tests.databases import PostgresCluster, postgres_cluster
from tests.stores import PostgresStores, SqliteStores, Stores, empty
from tests.stores import example as filled_with_the_example
from tracker.store.open import Store, open_store

# A busy machine is no failure; Hypothesis' own settings for CI stay what they are.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_developer() -> Iterator[None]:
    """The commands under test see no store, document or author of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("TRACKER_AUTHOR", "TRACKER_DATABASE", "TRACKER_DOCUMENT"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _statements_are_compiled_once() -> Iterator[None]:
    """What SQLAlchemy made of a statement serves all stores of a kind, of which a test opens some.

    A quarter of the time of most tests; a command opens one store, and has no use for this.
    """
    compiled = _Compiled()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", share)
    yield
    event.remove(Engine, "engine_connect", share)


class _Compiled(dict[Any, Any]):
    """Compiled statements, by the name of the dialect instead of the engine's own one."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((key[0].name, *key[1:]), compiled)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresCluster]:
    """The PostgreSQL server of this process.

    Where it cannot start, its tests are skipped; TRACKER_REQUIRE_POSTGRES=1 makes that a failure.
    """
    lock = tmp_path_factory.getbasetemp().parent / "postgres.lock"
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(postgres_cluster(lock))
        except (ImportError, OSError, RuntimeError, subprocess.SubprocessError) as error:
            reason = f"no PostgreSQL server could be started: {error!r}"
            if os.environ.get("TRACKER_REQUIRE_POSTGRES") == "1":
                pytest.fail(reason)
            pytest.skip(reason)
        yield cluster


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'tracker.db'}"


@pytest.fixture
def postgres_url(postgres: PostgresCluster) -> Iterator[str]:
    """An empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs twice: on an empty database of either kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def sqlite_stores(tmp_path_factory: pytest.TempPathFactory) -> SqliteStores:
    """SQLite stores, copied from those that were made once."""
    return SqliteStores(tmp_path_factory.mktemp("stores"))


@pytest.fixture(scope="session")
def postgres_stores(postgres: PostgresCluster) -> Iterator[PostgresStores]:
    """PostgreSQL stores, copied from those that were made once."""
    with ExitStack() as stack:
        yield PostgresStores(postgres, stack)


@pytest.fixture(params=["sqlite", "postgres"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """The test runs twice: with stores of either kind."""
    made: Stores = request.getfixturevalue(f"{request.param}_stores")
    return made


@pytest.fixture
def store(stores: Stores) -> Iterator[Store]:
    """A store with nothing in it."""
    with stores.copy(empty) as url:
        yield open_store(url)


@pytest.fixture
def example(stores: Stores) -> Iterator[Store]:
    """A store with the example record in it."""
    with stores.copy(filled_with_the_example) as url:
        yield open_store(url)
