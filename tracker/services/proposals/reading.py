"""Reading proposals: their changes, the comments they answer, and their state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, tuple_

from tracker.errors import NotFound
from tracker.services import retractions
from tracker.services.names import change_id
from tracker.services.paging import batches, page
from tracker.services.proposals.changes import changes_of
from tracker.services.proposals.places import behind_all
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.snapshot import Snapshot
from tracker.services.splits import origins
from tracker.services.verdicts import LEAVES_OPEN, verdicts
from tracker.store import tables

_proposal, _version = tables.proposal, tables.proposal_version
_change, _words = tables.proposal_change, tables.proposal_wording


def listed(
    snapshot: Snapshot,
    *,
    line: int | None = None,
    numbers: Sequence[int] | None = None,
    undecided: bool = False,
    amending: str | None = None,
    retracted: bool = False,
    limit: int | None = None,
) -> tuple[list[Proposal], int]:
    """Return proposals in the order of their numbers, and how many there are without ``limit``.

    ``undecided`` keeps those with something to decide, ``amending`` those that would change a
    proposal's change (``P2.1``) or any of its changes (``P2``), ``retracted`` adds those that were
    undone.
    """
    query = _in_order(snapshot)
    if line is not None:
        query = query.where(_touches(snapshot, line))
    if numbers is not None:
        query = query.where(_proposal.c.id.in_(numbers))
    if undecided:
        query = query.where(~_decided(snapshot))
    if amending is not None:
        query = query.where(_amends(snapshot, amending))
    if not retracted:
        query = query.where(~retractions.retracted(snapshot, "proposal", _proposal.c.id))
    # Which line an insertion stands behind is known once it is read: see ``places``.
    most = limit if line is None else None
    rows, total = page(snapshot.connection, query, most)
    found = [p for part in batches(rows) for p in _proposals(snapshot, part)]
    if line is None:
        return found, total
    touching = [proposal for proposal in found if _is_read_on(proposal, line)]
    return touching[:limit], len(touching)


def _in_order(snapshot: Snapshot) -> Select[Any]:
    return (
        select(_proposal.c.id, _proposal.c.entry, _version.c.proposer, _version.c.rationale)
        # An entry that is being written has no row of its own yet.
        .add_columns(func.coalesce(tables.entry.c.author, "").label("author"))
        .join(
            _version,
            and_(snapshot.current(_version), _version.c.proposal == _proposal.c.id),
        )
        .outerjoin(tables.entry, tables.entry.c.number == _proposal.c.entry)
        .where(snapshot.known(_proposal))
        .order_by(_proposal.c.id)
    )


def numbered(snapshot: Snapshot, numbers: Sequence[int]) -> list[Proposal]:
    """Return the proposals with these numbers, in this order. Raises NotFound for a missing one."""
    found = {proposal.number: proposal for proposal in listed(snapshot, numbers=numbers)[0]}
    for number in numbers:
        if number not in found:
            if number in retractions.numbers(snapshot.connection, "proposal", snapshot.document):
                raise NotFound(f"P{number} was undone", "tracker proposal list --all lists it")
            last = snapshot.connection.execute(
                select(func.max(_proposal.c.id)).where(snapshot.known(_proposal))
            ).scalar()
            known = f"the last one is P{last}" if last else "the document has none yet"
            raise NotFound(f"there is no proposal P{number}", known)
    return [found[number] for number in numbers]


def _touches(snapshot: Snapshot, line: int) -> Any:
    """Return the condition for proposals on a line, and behind one that it was split from."""
    changes = exists().where(
        snapshot.known(_words),
        _words.c.proposal == _proposal.c.id,
        _words.c.line == line,
        _counts(snapshot, _words.c.entry),
    )
    inserts = exists().where(
        snapshot.known(_change),
        _change.c.proposal == _proposal.c.id,
        _change.c.after_line.in_({line, *origins(snapshot, [line])[line]}),
        _counts(snapshot, _change.c.entry),
    )
    own, of = _change.alias(), _words.alias()
    # A proposal on a proposal touches the lines that this one would change.
    amends = exists().where(
        snapshot.known(own),
        own.c.proposal == _proposal.c.id,
        _counts(snapshot, own.c.entry),
        of.c.document == own.c.document,
        of.c.proposal == own.c.amends_proposal,
        of.c.change == own.c.amends_change,
        of.c.line == line,
    )
    return or_(changes, inserts, amends)


def _is_read_on(proposal: Proposal, line: int) -> bool:
    """Return whether a proposal, as it is read, changes a line or stands behind it.

    What it would change of another proposal is on the lines of that.
    """
    return any(
        change.amends is not None
        or change.after_id == line
        or any(base.line == line for base in change.bases)
        for change in (*proposal.changes, *proposal.earlier)
    )


def _counts(snapshot: Snapshot, moment: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that an addition to a proposal was not undone, or all of that was."""
    return or_(moment == _proposal.c.entry, ~retractions.undone(snapshot, moment))


def _amends(snapshot: Snapshot, name: str) -> ColumnElement[bool]:
    proposal, change = change_id(name)
    own = _change.alias()
    amends = and_(
        snapshot.known(own),
        own.c.proposal == _proposal.c.id,
        own.c.amends_proposal == proposal,
        _counts(snapshot, own.c.entry),
    )
    return exists().where(amends if change is None else amends & (own.c.amends_change == change))


def _decided(snapshot: Snapshot) -> ColumnElement[bool]:
    """Return the condition that all of a proposal is decided: as a whole, or change by change."""
    verdict, later = tables.verdict, _change.alias()
    decided = and_(
        snapshot.current(verdict),
        verdict.c.stage == "decided",
        verdict.c.outcome.not_in(LEAVES_OPEN),
    )
    whole = exists().where(
        decided, verdict.c.proposal == _proposal.c.id, verdict.c.change.is_(None)
    )
    # A list made once: looking for each change's own goes through all changes of a proposal.
    superseded = select(later.c.proposal, later.c.supersedes).where(
        snapshot.known(later),
        later.c.supersedes.is_not(None),
        ~retractions.undone(snapshot, later.c.entry),
    )
    waiting = exists().where(
        snapshot.known(_change),
        _change.c.proposal == _proposal.c.id,
        _change.c.kind != "remove",
        _counts(snapshot, _change.c.entry),
        tuple_(_change.c.proposal, _change.c.number).not_in(superseded),
        # By the change's own proposal: what stands two selects further out is not correlated.
        ~exists().where(
            decided,
            verdict.c.proposal == _change.c.proposal,
            verdict.c.change == _change.c.number,
        ),
    )
    return or_(whole, ~waiting)


def _proposals(snapshot: Snapshot, rows: Sequence[Row[Any]]) -> list[Proposal]:
    numbers = [row.id for row in rows]
    decided = verdicts(snapshot, "proposal", numbers)
    changes = changes_of(snapshot, numbers, decided)
    answers = _answers(snapshot, numbers)
    found = [
        Proposal(
            id=f"P{row.id}",
            number=row.id,
            proposer=row.proposer,
            author=row.author,
            rationale=row.rationale,
            entry=row.entry,
            answers=tuple(answers.get(row.id, ())),
            changes=tuple(_standing(changes.get(row.id, []), row.entry)),
            verdicts=tuple(decided.get(row.id, ())),
            earlier=tuple(_earlier(changes.get(row.id, []), row.entry)),
        )
        for row in rows
    ]
    return behind_all(snapshot, found)


def _answers(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, list[str]]:
    answer = tables.proposal_answer
    query = (
        select(answer.c.proposal, answer.c.comment)
        .where(
            snapshot.known(answer),
            answer.c.proposal.in_(numbers),
            ~retractions.undone(snapshot, answer.c.entry),
        )
        .order_by(answer.c.proposal, answer.c.comment)
    )
    found: dict[int, list[str]] = {}
    for proposal, comment in snapshot.connection.execute(query):
        found.setdefault(proposal, []).append(f"C{comment}")
    return found


def _standing(changes: Sequence[Change], entry: int) -> list[Change]:
    """Return the changes whose place no other took; one that only took another's place is none."""
    gone = _gone(changes, entry)
    return [c for c in changes if c.number not in gone and c.kind != "remove"]


def _earlier(changes: Sequence[Change], entry: int) -> list[Change]:
    gone = _gone(changes, entry)
    return [c for c in changes if c.number in gone and c.kind != "remove"]


def _gone(changes: Sequence[Change], entry: int) -> set[int | None]:
    """Return the numbers of those whose place others took, or that were undone.

    Of a proposal that was undone itself, with its ``entry``, they stand as they did before.
    """
    undone = {change.number for change in changes if change.undone and change.entry != entry}
    return undone | {change.supersedes for change in changes if change.number not in undone}
