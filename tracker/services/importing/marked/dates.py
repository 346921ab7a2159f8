"""When something was marked, as its file says: local time, perhaps partial, perhaps no time."""

from __future__ import annotations

from tracker.exchange import rules


def moment(date: str | None) -> str | None:
    """Return when something was marked as it is stored; none if it is no time."""
    return date if date and rules.moment_fault(date) is None else None
