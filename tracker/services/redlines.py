"""Redlines of one text against another, as they go out."""

from __future__ import annotations

from tracker.exchange.view import Run
from tracker.text import diff


def runs(old: str, new: str) -> tuple[Run, ...]:
    """Return the redline from one text to another."""
    return tuple(Run(op.kind, op.text) for op in diff(old, new).ops)
