"""The record: one document with everything said about it, as it is written down for people.

A record crosses the border as YAML or JSON (``docs/record.md`` describes the form). These classes
are what a reader hands in and a writer is given; they know nothing of files or of the store.
Field names are the names in the file. Offsets are Unicode code points, half open. Dates may be
partial (``2021``, ``2021-07``, ``2021-11-03``); times are UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

FORM: Literal["tracker-record/1"] = "tracker-record/1"

Kind = Literal["objection", "support", "suggestion", "question", "observation"]
Type = Literal["general", "technical", "editorial"]
Relation = Literal["counters", "builds_on", "endorses", "answers"]
Unit = Literal["sentence", "paragraph"]
LineKind = Literal["heading", "sentence", "paragraph"]
Block = Literal["paragraph", "line", "inline"]
Origin = Literal["imported", "inserted", "edited"]
AnchorState = Literal["exact", "partial", "orphaned"]
ChangeKind = Literal["replace", "insert", "delete"]
EditionStatus = Literal["draft", "adopted", "published"]
Stage = Literal["advised", "decided"]
Attribution = Literal["side", "label", "name", "none"]
Mode = Literal["consensus", "vote", "silence"]


class Strict:
    """A record part takes the fields it names and no others."""

    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}


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
    """An occasion on which comments were made; ``topics`` in the order they were discussed."""

    id: str
    name: str
    series: str | None = None
    kind: str | None = None
    date: str | None = None
    place: str | None = None
    note: str | None = None
    topics: tuple[str, ...] = ()


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
    """A wording that a line had from ``change`` on. ``proposed`` names the change of a proposal."""

    number: int = 1
    change: int = 1
    language: str | None = None
    origin: Origin = "imported"
    proposed: str | None = None
    text: str


@dataclass(frozen=True, kw_only=True)
class Place(Strict):
    """Where a line stands from ``change`` on: after the line so labelled, or first; or nowhere."""

    change: int = 1
    language: str | None = None
    after: str | None = None
    block: Block = "paragraph"
    markup: str = ""
    gap: str | None = None
    trail: str | None = None
    removed: bool = False


@dataclass(frozen=True, kw_only=True)
class Line(Strict):
    """A line with all its versions and places, oldest first."""

    label: str
    kind: LineKind = "sentence"
    level: int | None = None
    versions: tuple[Version, ...]
    places: tuple[Place, ...] = ()


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


@dataclass(frozen=True, kw_only=True)
class Standing(Strict):
    """Where an anchor stands in a later version of its line."""

    version: int
    state: AnchorState
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Anchor(Strict):
    """The words of a line that a comment flags; the whole line where there is no ``quote``."""

    line: str
    version: int | None = None
    language: str | None = None
    quote: str | None = None
    start: int | None = None
    carried: tuple[Standing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict(Strict):
    """What was advised or decided: on the whole, or on the change of a proposal so numbered."""

    outcome: str
    stage: Stage = "decided"
    change: int | None = None
    reason: str | None = None
    by: str | None = None
    date: str | None = None
    mode: Mode | None = None


@dataclass(frozen=True, kw_only=True)
class Comment(Strict):
    """What was said. ``number`` is one given by others, such as US-012.

    ``anchors`` is empty for a comment on the whole, and for a reply that flags its parent's words.
    A ``sealed`` one is the stub of a remark that was erased: it has neither speaker nor text.
    """

    id: str | None = None
    number: str | None = None
    meeting: str | None = None
    topic: str | None = None
    anchors: tuple[Anchor, ...] = ()
    reply_to: str | None = None
    relation: Relation | None = None
    speaker: str | None = None
    side: str | None = None
    participant: str | None = None
    kind: Kind
    type: Type | None = None
    context: str | None = None
    verbatim: bool = False
    internal: bool = False
    sealed: bool = False
    text: str | None = None
    note: str | None = None
    source: str | None = None
    locator: str | None = None
    dispositions: tuple[Verdict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProposedChange(Strict):
    """One change of a proposal: ``version`` of ``line`` is what it starts from."""

    number: int
    kind: ChangeKind
    line: str | None = None
    version: int | None = None
    language: str | None = None
    after: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal(Strict):
    """A proposed revision; ``proposer`` is written ``from``, a word Python keeps for itself."""

    id: str
    proposer: str
    rationale: str | None = None
    answers: tuple[str, ...] = ()
    changes: tuple[ProposedChange, ...]
    decisions: tuple[Verdict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Record(Strict):
    """A document's whole record; without ``document``, one more meeting's comments."""

    format: Literal["tracker-record/1"] = FORM
    series: tuple[Series, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    participants: tuple[Participant, ...] = ()
    references: tuple[Reference, ...] = ()
    document: Document | None = None
    sources: tuple[Source, ...] = ()
    changes: tuple[Change, ...] = ()
    lines: tuple[Line, ...] = ()
    editions: tuple[Edition, ...] = ()
    comments: tuple[Comment, ...] = ()
    proposals: tuple[Proposal, ...] = ()
