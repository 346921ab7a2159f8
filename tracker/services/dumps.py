"""Dumps: the whole store as JSON Lines, and a store made of one again, with the same head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection

from tracker.errors import Refused
from tracker.store.dump import dump
from tracker.store.journal import head
from tracker.store.load import load
from tracker.store.open import Store
from tracker.store.verify import verify


class Loaded(NamedTuple):
    """What was loaded: the head of the chain, and how many rows."""

    number: int
    digest: str
    rows: int


def lines(connection: Connection) -> Iterator[bytes]:
    """Yield the lines of a dump of the store.

    Raises Refused, before the first, if the store is not as it was written: no store would take
    its dump.
    """
    if faults := list(verify(connection)):
        raise Refused(
            f"the store is not as it was written: {faults[0]}",
            "tracker verify names all that does not hold; restore a backup",
        )
    for line in dump(connection):
        yield line.encode() + b"\n"


def restore(store: Store, dumped: Iterable[bytes]) -> Loaded:
    """Put a dump into an empty store: all of it, verified, or nothing.

    Raises Refused if the store holds something, BadInput for what is no whole dump.
    """
    with store.write() as connection:
        rows = load(connection, dumped)
        return Loaded(*head(connection), rows)
