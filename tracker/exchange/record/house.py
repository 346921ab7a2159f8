"""What a record says of the house: series, meetings, participants, references, sources."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.exchange.record.words import Strict


@dataclass(frozen=True, kw_only=True)
class Series(Strict):
    """A run of meetings: who holds them and since when."""

    id: str
    name: str
    hosts: tuple[str, ...] = ()
    since: str | None = None
    meetings_planned: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Meeting(Strict):
    """An occasion on which comments were made; ``topics`` in the order they were discussed.

    An ``open`` one is the meeting of comments that name none.
    """

    id: str
    name: str
    series: str | None = None
    kind: str | None = None
    date: str | None = None
    place: str | None = None
    note: str | None = None
    topics: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, kw_only=True)
class Participant(Strict):
    """A voice that the record or an editor says is one person, or one group."""

    id: str
    name: str
    side: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reference(Strict):
    """A cited source; ``authors`` as printed."""

    id: str
    title: str
    authors: str | None = None
    date: str | None = None
    publisher: str | None = None
    series: str | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Source(Strict):
    """A file that the record was made from; it is named here, not held."""

    file: str
    title: str | None = None
    authors: str | None = None
    date: str | None = None
    publisher: str | None = None
    sha256: str | None = None
    note: str | None = None
