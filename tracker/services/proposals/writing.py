"""Writing proposals: a first change, a further one, and what they collide with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import BadInput, Refused
from tracker.services import lines
from tracker.services.comments import reading as comments
from tracker.services.inputs import check_line, check_optional, check_wording
from tracker.services.names import comment_id, proposal_id
from tracker.services.proposals.colliding import collisions
from tracker.services.proposals.proposal import Result
from tracker.services.proposals.reading import numbered
from tracker.services.proposals.storing import NEW, NewChange, store_changes
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One change as it is handed in: of ``label``, or after it (``0``: first).

    ``text`` is the new wording; a deletion has none. ``base`` is the wording that was shown to who
    proposes it, where one was.
    """

    kind: str
    label: str
    text: str | None = None
    base: int | None = None


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
    for change in found.changes:
        same = change.line == proposed.label and change.language == snapshot.language
        if same and proposed.kind != "insert":
            raise Refused(
                f"{found.id}.{change.number} changes line {proposed.label} already",
                "withdraw it and propose the line's wording as a whole",
            )
    entry.document = snapshot.document
    _answer(entry, snapshot, found.number, answers, found.answers)
    return _store_change(entry, snapshot, found.number, len(found.changes) + 1, proposed)


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
    document, language = snapshot.document, snapshot.language
    insert = proposed.kind == "insert"
    first = insert and proposed.label == "0"
    line = None if first else standing(snapshot, proposed.label)
    if line is not None and proposed.base not in (None, line.wording):
        raise Refused(
            f"line {line.label} got another wording while yours was written\n"
            f"  it now says: {line.text}\n  yours was: {proposed.text}",
            "propose it anew on the current wording",
        )
    results: tuple[Result, ...] = ()
    if proposed.text is not None:
        text = check_wording(proposed.text)
        if line is not None and not insert and text == line.text:
            raise BadInput(
                f"this is what line {line.label} says already",
                "give the wording that should take its place",
            )
        results = (Result(NEW, text),)
    change = NewChange(
        kind=proposed.kind,
        language=language,
        bases=((line.id, line.wording),) if line is not None and not insert else (),
        results=results,
        after_line=line.id if insert and line is not None else None,
    )
    store_changes(entry, document, proposal, number, [change])
    return Outcome(f"P{proposal}", number, collisions(snapshot, proposal, number))


def standing(snapshot: Snapshot, label: str) -> lines.Line:
    """Return the line so labelled. Raises Refused if it was deleted, NotFound if it never was."""
    line = lines.find(snapshot, label)
    if line.rank is None:
        raise Refused(
            f"line {label} was deleted at @{lines.deleted_at(snapshot, line.id)}",
            "propose a line in its place: tracker propose --insert-after LABEL",
        )
    return line
