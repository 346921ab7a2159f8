"""Programs and packages that some tests need besides the project's own requirements."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import Any

import pytest


def program(*names: str) -> str:
    """The path of a program under the first of its names that is installed.

    Its test is skipped without it; TRACKER_REQUIRE_TOOLS=1 makes that a failure.
    """
    found = next((path for name in names if (path := shutil.which(name))), None)
    return found if found is not None else _missing(f"the program {names[0]} is not installed")


def package(name: str) -> Any:
    """A package. Its test is skipped without it; TRACKER_REQUIRE_TOOLS=1 makes that a failure."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return _missing(f"the package {name} is not installed")


def _missing(reason: str) -> Any:
    if os.environ.get("TRACKER_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
