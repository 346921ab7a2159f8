"""Redlines of one text against another, as they go out."""

from __future__ import annotations

from tracker.exchange.view import Run
from tracker.services.proposals.proposal import Change
from tracker.text import diff


def runs(old: str, new: str) -> tuple[Run, ...]:
    """Return the redline from one text to another."""
    return tuple(Run(op.kind, op.text) for op in diff(old, new).ops)


def of_change(change: Change) -> tuple[Run, ...]:
    """Return the redline of one change; what moves, or has no wording yet, is as it was."""
    if change.base is None:
        return (Run("insert", change.result or ""),)
    if change.kind == "move" or change.in_collision:
        return (Run("equal", change.base),)
    if change.result is None:
        return (Run("delete", change.base),)
    return runs(change.base, change.result)
