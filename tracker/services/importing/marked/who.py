"""Who marked something and when, as far as its file says: times are local, or none at all."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.exchange import rules

NOBODY = "(no name)"
"""Who made a change or a comment that names nobody."""

UNTRACKED = "\u2029"
"""The author of what was changed without tracking: nobody is called so."""


def named(author: str, names: Mapping[str, str]) -> str:
    """Return by which name an author goes here, on one line."""
    return " ".join(names.get(author, author).split()) or NOBODY


def moment(date: str | None) -> str | None:
    """Return when something was marked as it is stored; none if it is no time."""
    return date if date and rules.moment_fault(date) is None else None
