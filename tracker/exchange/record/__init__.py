"""The record: one document with everything said about it, as it is written down for people.

A record crosses the border as YAML or JSON (``docs/record.md`` describes the form). These classes
are what a reader hands in and a writer is given; they know nothing of files or of the store.
Field names are the names in the file. Offsets are Unicode code points, half open. Dates may be
partial (``2021``, ``2021-07``, ``2021-11-03``); times are UTC, ``YYYY-MM-DDTHH:MM:SS.ffffffZ``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tracker.exchange.record.house import Meeting, Participant, Reference, Series, Source
from tracker.exchange.record.remarks import (
    About,
    Anchor,
    Assignment,
    Base,
    Comment,
    Proposal,
    ProposedChange,
    Result,
    Standing,
    Verdict,
)
from tracker.exchange.record.text import (
    Agreement,
    Change,
    Document,
    Edition,
    Line,
    Place,
    Rendered,
    Version,
)
from tracker.exchange.record.words import (
    Agreed,
    AnchorState,
    Attribution,
    Block,
    ChangeKind,
    EditionStatus,
    Kind,
    LineKind,
    Mode,
    Origin,
    Relation,
    Scope,
    Stage,
    Strict,
    Type,
    Unit,
)

FORM: Literal["tracker-record/1"] = "tracker-record/1"


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


__all__ = [
    "FORM",
    "About",
    "Agreed",
    "Agreement",
    "Anchor",
    "AnchorState",
    "Assignment",
    "Attribution",
    "Base",
    "Block",
    "Change",
    "ChangeKind",
    "Comment",
    "Document",
    "Edition",
    "EditionStatus",
    "Kind",
    "Line",
    "LineKind",
    "Meeting",
    "Mode",
    "Origin",
    "Participant",
    "Place",
    "Proposal",
    "ProposedChange",
    "Record",
    "Reference",
    "Relation",
    "Rendered",
    "Result",
    "Scope",
    "Series",
    "Source",
    "Stage",
    "Standing",
    "Strict",
    "Type",
    "Unit",
    "Verdict",
    "Version",
]
