"""The notes of a meeting as they are handed in: its comments, and where in the file each stands."""

from __future__ import annotations

from typing import NamedTuple

from tracker.exchange.record import Record


class Fault(NamedTuple):
    """What is wrong in a line of the file, counted from 1."""

    line: int
    message: str


class Notes(NamedTuple):
    """What was read: a record without a document.

    A meeting that the notes only name has an empty name; where the store has it, what the notes do
    not say of it is as it is there. ``places`` has the line of the file by the field as faults name
    it (``comments.4``). ``faults`` is what could not be read.
    """

    record: Record
    places: dict[str, int]
    faults: tuple[Fault, ...]
    encoding: str
