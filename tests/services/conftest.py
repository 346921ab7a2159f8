"""Desks: a store of either kind, with something on the table."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.desk import Desk, three_lines
from tests.stores import Stores
from tests.stores import example as filled_with_the_example
from tracker.store.open import Store, open_store


@pytest.fixture
def desk(stores: Stores) -> Iterator[Desk]:
    """A document of three lines, about which nothing has been said."""
    with stores.copy(three_lines) as url:
        yield Desk(open_store(url))


@pytest.fixture
def meeting_desk(example: Store) -> Desk:
    """The example record."""
    return Desk(example)


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def example_once(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The example record, for tests that change nothing, all of which have the same one."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(filled_with_the_example) as url:
        yield Desk(open_store(url))


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def desk_once(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The document of three lines, for tests that change nothing, all of which have the same."""
    stores: Stores = request.getfixturevalue(f"{request.param}_stores")
    with stores.copy(three_lines) as url:
        yield Desk(open_store(url))
