"""Desks to work at: folders with a store, as the command line makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.functional.command import Desk


@pytest.fixture(scope="session")
def example_desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk that the others are copied from."""
    desk = Desk(tmp_path_factory.mktemp("example"))
    assert desk.tracker("init --example").status == 0
    return desk


@pytest.fixture
def desk(example_desk: Desk, tmp_path: Path) -> Desk:
    """A desk with the example in its store."""
    return example_desk.fresh(tmp_path)


@pytest.fixture
def empty_desk(tmp_path: Path) -> Desk:
    """A desk without a store."""
    return Desk(tmp_path)
