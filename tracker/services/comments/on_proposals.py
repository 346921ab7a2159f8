"""Comments on a proposal: on the whole of it, on a change, or on words that it proposes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tracker.errors import BadInput, Refused
from tracker.services import retractions
from tracker.services.anchors import Flag, place, standing
from tracker.services.comments import reading
from tracker.services.comments.reading import Comment
from tracker.services.comments.writing import Said, at_open_meeting, check, insert
from tracker.services.lines import Line
from tracker.services.names import change_id
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import numbered
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


def add(entry: Entry, snapshot: Snapshot, said: Said, name: str, flag: Flag | None = None) -> str:
    """Store a comment on a proposal (``P2``) or a change of it (``P2.1``); return its id.

    Its anchor is on the wording as it is proposed, and stays there; it counts on no line. Raises
    NotFound if there is none such, BadInput if its words are not there.
    """
    check(said)
    if said.topic is not None:
        raise BadInput("a comment is on a proposal or has a topic, not both", "leave out --topic")
    number, of = change_id(name)
    proposal = numbered(snapshot, [number])[0]
    change = _change(proposal, of) if of is not None else _only(proposal) if flag else None
    about = (number, change.number if change is not None else None)
    comment = insert(entry, snapshot, at_open_meeting(snapshot, said), about=about)
    if change is not None and change.results:
        result = change.results[0]
        own = f"{proposal.id}.{change.number}"
        span = place(flag, _as_line(own, result.wording, result.text)) if flag else None
        entry.append(
            tables.anchor,
            {"document": snapshot.document, "comment": comment, "ordinal": 1},
            line=None,
            state="exact",
            inherited=0,
            **standing(result.wording, result.text, span),
        )
    elif flag is not None:
        raise Refused(f"{name} proposes no words that could be flagged", "leave out --on")
    return f"C{comment}"


def _change(proposal: Proposal, number: int) -> Change:
    """Return a change, also one whose place another took: what was said was said of that."""
    for change in (*proposal.changes, *proposal.earlier):
        if change.number == number:
            return change
    raise BadInput(
        f"{proposal.id} has no change {number}", f"see it with: tracker proposal show {proposal.id}"
    )


def _only(proposal: Proposal) -> Change:
    if len(proposal.changes) != 1:
        names = ", ".join(f"{proposal.id}.{change.number}" for change in proposal.changes)
        raise BadInput(f"{proposal.id} has several changes", f"name one of them: {names}")
    return proposal.changes[0]


def _as_line(name: str, wording: int, text: str) -> Line:
    """Return a proposed wording as a line that stands nowhere, for words to be found in it."""
    own = (0, name, "sentence", None, 1, wording, text, None)
    return Line(*own, "inline", "", None, None, None)


def on(snapshot: Snapshot, proposals: Sequence[Proposal]) -> dict[str, list[Comment]]:
    """Return the comments on these proposals and on their changes, by the proposal's id."""
    version = tables.comment_version
    query = (
        select(version.c.comment, version.c.proposal)
        .where(
            snapshot.current(version),
            version.c.proposal.in_([proposal.number for proposal in proposals]),
            ~retractions.retracted(snapshot, "comment", version.c.comment),
        )
        .order_by(version.c.comment)
    )
    rows = snapshot.connection.execute(query).all()
    found: dict[str, list[Comment]] = {}
    comments = reading.numbered(snapshot, [row.comment for row in rows])
    for row, comment in zip(rows, comments, strict=True):
        found.setdefault(f"P{row.proposal}", []).append(comment)
    return found
