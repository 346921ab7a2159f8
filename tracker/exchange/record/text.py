"""What a record says of a text: its changes, lines, versions, places and editions."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.exchange.record.words import (
    Agreed,
    Attribution,
    Block,
    EditionStatus,
    LineKind,
    Mode,
    Origin,
    Strict,
    Unit,
)


@dataclass(frozen=True, kw_only=True)
class Document(Strict):
    """The text under revision; ``language`` is the authentic one.

    ``attribution`` is how voices are named in what goes out: as recorded, unless it says otherwise.
    """

    key: str
    title: str
    language: str = "en"
    unit: Unit = "sentence"
    note: str | None = None
    attribution: Attribution | None = None


@dataclass(frozen=True, kw_only=True)
class Change(Strict):
    """An entry that changed the text. ``number`` counts them from 1 within the document."""

    number: int
    author: str
    at: str
    command: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Version(Strict):
    """A wording that a line had from ``change`` on. ``proposed`` names the change of a proposal.

    ``restores`` is the version whose very wording it has again, after an undo or a revert.
    """

    number: int = 1
    change: int = 1
    language: str | None = None
    origin: Origin = "imported"
    restores: int | None = None
    proposed: str | None = None
    text: str


@dataclass(frozen=True, kw_only=True)
class Place(Strict):
    """Where a line stands from ``change`` on: after the line so labelled, or first; or nowhere.

    ``kind`` and ``level`` are what the line is since, where it changed; ``into`` is the line that
    a ``removed`` one was merged into.
    """

    change: int = 1
    language: str | None = None
    after: str | None = None
    block: Block = "paragraph"
    markup: str = ""
    gap: str | None = None
    trail: str | None = None
    kind: LineKind | None = None
    level: int | None = None
    removed: bool = False
    into: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rendered(Strict):
    """An authentic line that a line renders in another language, as it said in ``version``.

    ``version`` is that of the line ``then``, where it was split or merged since.
    """

    language: str
    line: str
    then: str | None = None
    version: int


@dataclass(frozen=True, kw_only=True)
class Agreement(Strict):
    """What was agreed of a line: that it says what ``version`` says; or that it was reopened."""

    outcome: Agreed
    version: int
    language: str | None = None
    reason: str | None = None
    by: str | None = None
    date: str | None = None
    mode: Mode | None = None
    votes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Line(Strict):
    """A line with all its versions and places, oldest first; ``split_from`` is where it began."""

    label: str
    kind: LineKind = "sentence"
    level: int | None = None
    split_from: str | None = None
    versions: tuple[Version, ...]
    places: tuple[Place, ...] = ()
    renders: tuple[Rendered, ...] = ()
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Edition(Strict):
    """A named state of the text: as ``change`` left it. ``printed`` maps labels to numbers."""

    id: str
    name: str
    change: int = 1
    status: EditionStatus = "draft"
    date: str | None = None
    note: str | None = None
    printed: dict[str, str] | None = None
