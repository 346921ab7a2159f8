"""A prose summary of a meeting as it was read: its passages, and what is said in them by whom.

All words in it stand in the summary as they are here, line ends aside.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from tracker.exchange.record.words import Kind, Relation

Level = Literal["sure", "likely", "check"]
"""How far what was found is to be believed."""


class Doubt(NamedTuple):
    """A reason to look at something again, ``check`` being the graver one."""

    level: Level
    reason: str


class Statement(NamedTuple):
    """What somebody is said to have said.

    ``reply_to`` is the place of another statement in the summary, counted from 0. ``row`` is the
    row of the file in which its passage begins, counted from 1.
    """

    speaker: str
    text: str
    kind: Kind
    row: int
    verbatim: bool = False
    side: str | None = None
    relation: Relation | None = None
    reply_to: int | None = None
    context: str | None = None
    doubts: tuple[Doubt, ...] = ()


class Passage(NamedTuple):
    """A paragraph, item or heading; ``statements`` are the places of those found in it.

    ``begins`` says that it begins a part of the summary: a heading does, and what stands behind a
    wider gap than others. ``quoted`` is all that stands in its quotation marks, ``unnamed`` what
    nobody is named for. ``meeting`` says that it seems to begin the summary of another meeting.
    """

    row: int
    text: str
    heading: bool = False
    begins: bool = False
    topic: str | None = None
    statements: tuple[int, ...] = ()
    quoted: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    meeting: bool = False


class Summary(NamedTuple):
    """What was read of a summary. ``title`` and ``date`` are what it says of itself, if it does."""

    encoding: str
    title: str | None
    date: str | None
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
