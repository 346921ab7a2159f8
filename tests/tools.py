"""Programs and packages that some tests need besides the project's own requirements."""

from __future__ import annotations

import importlib
import os
import shutil
from typing import Any

import pytest


def program(name: str) -> str:
    """Where a program is. Its test is skipped without it; TRACKER_REQUIRE_TOOLS=1 lets it fail."""
    found = shutil.which(name)
    return found if found is not None else _missing(f"the program {name} is not installed")


def package(name: str) -> Any:
    """A package. Its test is skipped without it; TRACKER_REQUIRE_TOOLS=1 lets it fail."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return _missing(f"the package {name} is not installed")


def _missing(reason: str) -> Any:
    if os.environ.get("TRACKER_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
