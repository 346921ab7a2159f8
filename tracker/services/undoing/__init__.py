"""Undoing an entry by a new one, as long as no later work stands on it.

For each row that the entry wrote there is one that takes it back: of a versioned thing, the version
before again; of what it brought, that it is retracted, removed, placed nowhere or undone.
"""

from __future__ import annotations

from tracker.services.undoing.choosing import Chosen, choose
from tracker.services.undoing.restoring import restore
from tracker.services.undoing.standing import check
from tracker.store.journal import Entry

__all__ = ["Chosen", "choose", "undo"]


def undo(entry: Entry, name: str | None = None, document: int | None = None) -> Chosen:
    """Undo the entry so named (``@7``); else the last one not undone yet, maybe of one document.

    Raises NotFound if there is no such entry, Refused if it was undone, is an undo, cannot be taken
    back, or if later work stands on it.
    """
    chosen = choose(entry.connection, name, document)
    check(entry.connection, chosen)
    entry.document = chosen.document
    restore(entry, chosen)
    entry.summary = f"@{chosen.number} ({chosen.command})"
    return chosen
