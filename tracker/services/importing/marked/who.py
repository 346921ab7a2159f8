"""Who marked something and when, as far as its file says: times are local, or none at all."""

from __future__ import annotations

from tracker.exchange import rules

NOBODY = "(no name)"
"""Who made a change or a comment that names nobody."""

UNTRACKED = "\u2029"
"""The author of what was changed without tracking: nobody is called so."""


def moment(date: str | None) -> str | None:
    """Return when something was marked as it is stored; none if it is no time."""
    return date if date and rules.moment_fault(date) is None else None
