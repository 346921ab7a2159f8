"""The notes of a meeting as they are handed in: its comments, and where in the file each stands."""

from __future__ import annotations

from typing import NamedTuple

from tracker.exchange.record import Comment, Meeting, Record


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


class Noted(NamedTuple):
    """A comment to be written as notes, and remarks on it for those who mend them."""

    comment: Comment
    remarks: tuple[str, ...] = ()


class Section(NamedTuple):
    """What is said of one or more lines, of a topic, or of neither: the whole.

    ``words`` are those of the lines, for those who read the file. ``items`` reply to one another by
    the ids of their comments, always to one before. ``remarks`` stand behind them.
    """

    lines: tuple[str, ...] = ()
    topic: str | None = None
    words: tuple[str, ...] = ()
    items: tuple[Noted, ...] = ()
    remarks: tuple[str, ...] = ()


class Outline(NamedTuple):
    """Notes to be written: of one meeting, section by section, with remarks at the beginning."""

    meeting: Meeting
    sections: tuple[Section, ...]
    remarks: tuple[str, ...] = ()
