"""What a record says about a text: comments with their anchors, proposals, verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.exchange.record.words import (
    AnchorState,
    Block,
    ChangeKind,
    Kind,
    LineKind,
    Mode,
    Relation,
    Scope,
    Stage,
    Strict,
    Type,
)


@dataclass(frozen=True, kw_only=True)
class Standing(Strict):
    """Where an anchor stands in a later version of its line.

    ``line`` is another line that it stands in since, ``quote`` the words it flags since where the
    whole of its line was flagged, and that was merged into another.
    """

    line: str | None = None
    version: int
    state: AnchorState
    quote: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class Anchor(Strict):
    """The words of a line that a comment flags; the whole line where there is no ``quote``.

    With a ``scope`` it is the section that the line heads, or the gap behind it.
    """

    line: str
    version: int | None = None
    language: str | None = None
    scope: Scope | None = None
    quote: str | None = None
    start: int | None = None
    carried: tuple[Standing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Verdict(Strict):
    """What was advised or decided: on the whole, or on the change of a proposal so numbered.

    ``text`` is the wording in which a proposal was accepted, where it is not its own.
    """

    outcome: str
    stage: Stage = "decided"
    change: int | None = None
    reason: str | None = None
    by: str | None = None
    date: str | None = None
    mode: Mode | None = None
    votes: str | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class About(Strict):
    """The proposal that a comment is on, or the change of it; ``quote`` are words it proposes."""

    proposal: str
    change: int | None = None
    quote: str | None = None
    start: int | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment(Strict):
    """Who is to do something about a comment, and by when; ``done`` says that it is."""

    to: str
    due: str | None = None
    note: str | None = None
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Comment(Strict):
    """What was said. ``number`` is one given by others, such as US-012.

    ``anchors`` is empty for a comment on the whole, on a proposal (``about``), and for a reply
    that flags its parent's words; a reply that is ``apart`` does not.
    ``date`` is when it was said, as far as that is known by itself. A ``sealed`` one is the stub of
    a remark that was erased: it has neither speaker nor text.
    """

    id: str | None = None
    number: str | None = None
    meeting: str | None = None
    topic: str | None = None
    anchors: tuple[Anchor, ...] = ()
    about: About | None = None
    reply_to: str | None = None
    relation: Relation | None = None
    apart: bool = False
    date: str | None = None
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
    assigned: Assignment | None = None


@dataclass(frozen=True, kw_only=True)
class Base(Strict):
    """One of several lines that a change starts from, in the version it had."""

    line: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Result(Strict):
    """A wording that a change results in, and how the new line stands that has it."""

    kind: LineKind | None = None
    level: int | None = None
    block: Block | None = None
    markup: str | None = None
    gap: str | None = None
    text: str


@dataclass(frozen=True, kw_only=True)
class ProposedChange(Strict):
    """One change of a proposal: ``version`` of ``line`` is what it starts from.

    A merge starts from several ``lines``; a split, and a new line that stands in a way of its own,
    has ``results`` instead of a ``text``. ``supersedes`` is the change whose place it takes,
    ``amends`` the change of a proposal that it would change, ``sources`` what it was made from.
    ``date`` is when it was made, as the file says that it came in.
    """

    number: int
    kind: ChangeKind
    line: str | None = None
    version: int | None = None
    lines: tuple[Base, ...] = ()
    language: str | None = None
    date: str | None = None
    after: str | None = None
    amends: str | None = None
    supersedes: int | None = None
    sources: tuple[str, ...] = ()
    text: str | None = None
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal(Strict):
    """A proposed revision; ``proposer`` is written ``from``, a word Python keeps for itself."""

    id: str
    proposer: str
    rationale: str | None = None
    answers: tuple[str, ...] = ()
    changes: tuple[ProposedChange, ...]
    decisions: tuple[Verdict, ...] = ()
