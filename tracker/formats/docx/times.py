"""Times as Word writes them: with a ``Z`` that claims nothing of a time zone."""

from __future__ import annotations

import re

_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?)?(Z?)")


def stated(date: str | None) -> str | None:
    """Return a time as Word writes it; none for one that is partial, which Word does not know."""
    found = _TIME.fullmatch(date or "")
    return None if found is None else f"{found[1]}{found[2] or 'T00:00:00'}Z"


def utc(date: str | None) -> str | None:
    """Return a time that is known to be UTC, as Word writes the true time; else none."""
    found = _TIME.fullmatch(date or "")
    return f"{found[1]}{found[2]}Z" if found is not None and found[2] and found[3] else None
