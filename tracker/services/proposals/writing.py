"""Writing proposals: a first change, a further one, and what they collide with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import Refused
from tracker.services.comments import reading as comments
from tracker.services.inputs import check_line, check_optional
from tracker.services.names import comment_id, proposal_id
from tracker.services.proposals.colliding import collisions
from tracker.services.proposals.making import Proposed, new_change
from tracker.services.proposals.proposal import Proposal
from tracker.services.proposals.reading import numbered
from tracker.services.proposals.storing import NewChange, next_change, store_changes
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry

__all__ = ["Outcome", "Proposed", "add_change", "propose", "propose_many"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The id of the change that was stored, and the proposals it collides with."""

    proposal: str
    change: int
    collisions: tuple[str, ...]


def propose(
    entry: Entry,
    snapshot: Snapshot,
    proposed: Proposed,
    *,
    proposer: str,
    rationale: str | None = None,
    answers: Sequence[str] = (),
) -> Outcome:
    """Store a new proposal with one change.

    Raises BadInput for a text that cannot be stored or changes nothing, NotFound for a line or a
    comment that is not there, Refused for a line that was deleted.
    """
    number = _store_proposal(entry, snapshot, proposer, rationale, answers)
    return _store_change(entry, snapshot, number, 1, proposed)


def propose_many(
    entry: Entry,
    snapshot: Snapshot,
    changes: Sequence[NewChange],
    *,
    proposer: str,
    rationale: str | None = None,
    answers: Sequence[str] = (),
) -> str:
    """Store a new proposal with changes that are worked out already; return its id."""
    number = _store_proposal(entry, snapshot, proposer, rationale, answers)
    store_changes(entry, snapshot.document, number, 1, changes)
    return f"P{number}"


def _store_proposal(
    entry: Entry,
    snapshot: Snapshot,
    proposer: str,
    rationale: str | None,
    answers: Sequence[str],
) -> int:
    """Store a proposal without changes, and return its number."""
    document = snapshot.document
    number = entry.next_id(tables.proposal, document)
    entry.document = document
    entry.insert(tables.proposal, document=document, id=number)
    entry.append(
        tables.proposal_version,
        {"document": document, "proposal": number},
        proposer=check_line(proposer, "name of who it is from"),
        rationale=check_optional(rationale, "rationale"),
    )
    _answer(entry, snapshot, number, answers, ())
    return number


def add_change(
    entry: Entry,
    snapshot: Snapshot,
    proposal: str,
    proposed: Proposed,
    *,
    answers: Sequence[str] = (),
) -> Outcome:
    """Store a further change of a proposal. Raises Refused once it is decided."""
    found = numbered(snapshot, [proposal_id(proposal)])[0]
    if found.state != "open":
        raise Refused(f"{found.id} is {found.state}", "make a new proposal: tracker propose")
    _check_free(found, proposed, snapshot.language)
    entry.document = snapshot.document
    _answer(entry, snapshot, found.number, answers, found.answers)
    return _store_change(
        entry, snapshot, found.number, next_change(snapshot, found.number), proposed
    )


def _check_free(proposal: Proposal, proposed: Proposed, language: str) -> None:
    """Raise Refused if a proposal rewords a line already, or moves it; it may do one of each."""
    if proposed.kind == "insert":
        return
    moves = proposed.kind == "move"
    wanted = {proposed.label, *proposed.also}
    for change in proposal.changes:
        taken = wanted & {*change.labels, change.amends}
        same = change.language == language and (change.kind == "move") == moves
        if taken and same:
            raise Refused(
                f"{proposal.id}.{change.number} changes line {min(taken)} already",
                "withdraw it and propose the line's wording as a whole",
            )


def _answer(
    entry: Entry, snapshot: Snapshot, number: int, answers: Sequence[str], known: Sequence[str]
) -> None:
    ids = dict.fromkeys(comment_id(text) for text in answers)
    comments.numbered(snapshot, list(ids))
    for comment in ids:
        if f"C{comment}" not in known:
            entry.insert(
                tables.proposal_answer,
                document=snapshot.document,
                proposal=number,
                comment=comment,
            )


def _store_change(
    entry: Entry, snapshot: Snapshot, proposal: int, number: int, proposed: Proposed
) -> Outcome:
    change = new_change(snapshot, proposed)
    store_changes(entry, snapshot.document, proposal, number, [change])
    return Outcome(f"P{proposal}", number, collisions(snapshot, proposal, number))
