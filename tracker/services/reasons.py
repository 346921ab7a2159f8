"""Why a line reads and stands as it does: the decisions, with what they were about."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.names import comment_id
from tracker.services.paging import BATCH
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.retractions import undone
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store import tables

_words, _verdict = tables.proposal_wording, tables.verdict


class Step(NamedTuple):
    """What an entry did to a line: gave it a wording, or (``wording`` is none) a place or none."""

    line: int
    entry: int
    wording: int | None


class Reason(NamedTuple):
    """Why an entry did something to a line; ``at`` is UTC.

    ``proposal``, ``decision`` and ``comments`` (those it answers) are there if the entry accepted a
    proposal; ``made_from`` are the ids of the proposals that one was merged from or amended by.
    """

    entry: int
    at: datetime
    author: str
    command: str
    proposal: Proposal | None = None
    decision: Verdict | None = None
    made_from: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()


class _Accepted(NamedTuple):
    proposal: int
    decision: Verdict
    lines: frozenset[int]
    wordings: frozenset[int]


def reasons(snapshot: Snapshot, steps: Collection[Step]) -> dict[Step, Reason]:
    """Return why each step was made, as the store knows it at the snapshot."""
    entries = {step.entry for step in steps}
    accepted = _accepted(snapshot, entries)
    numbers = {one.proposal for rows in accepted.values() for one in rows}
    sources = _sources(snapshot, numbers)
    wanted = sorted(numbers.union(*sources.values()))
    known = {each.number: each for each in proposals.listed(snapshot, numbers=wanted)[0]}
    answered = _answered(snapshot, known.values())
    told = _entries(snapshot, entries)
    found: dict[Step, Reason] = {}
    for step in steps:
        entry = told[step.entry]
        one = next((each for each in accepted.get(step.entry, ()) if _is_about(each, step)), None)
        if one is None or one.proposal not in known:
            found[step] = entry
            continue
        family = [known[number] for number in sorted(sources[one.proposal]) if number in known]
        proposal = known[one.proposal]
        names = dict.fromkeys(name for each in (proposal, *family) for name in each.answers)
        found[step] = entry._replace(
            proposal=proposal,
            decision=one.decision,
            made_from=tuple(each.id for each in family),
            comments=tuple(answered[name] for name in names if name in answered),
        )
    return found


def _is_about(one: _Accepted, step: Step) -> bool:
    return step.wording in one.wordings or step.line in one.lines


def _accepted(snapshot: Snapshot, entries: set[int]) -> dict[int, list[_Accepted]]:
    """Return what each entry accepted, with the lines and wordings that it was about."""
    decided: list[Any] = []
    for part in _parts(entries):
        query = select(_verdict).where(
            _verdict.c.document == snapshot.document,
            _verdict.c.since.in_(part),
            _verdict.c.proposal.is_not(None),
            _verdict.c.stage == "decided",
            _verdict.c.outcome == "accepted",
        )
        decided += snapshot.connection.execute(query.order_by(_verdict.c.id)).mappings().all()
    touched = _touched(snapshot, {row["proposal"] for row in decided})
    found: dict[int, list[_Accepted]] = {}
    for row in decided:
        own = [
            each for each in touched.get(row["proposal"], ()) if row["change"] in (None, each[0])
        ]
        wordings = {wording for _, _, wording in own}
        # What was accepted in another form was proposed in none.
        wordings |= {row["wording"]} if row["wording"] is not None else set()
        lines = frozenset(line for _, line, _ in own if line is not None)
        accepted = _Accepted(row["proposal"], _decision(row), lines, frozenset(wordings))
        found.setdefault(row["since"], []).append(accepted)
    return found


def _decision(row: Any) -> Verdict:
    return Verdict(
        outcome=row["outcome"],
        stage=row["stage"],
        change=row["change"],
        reason=row["reason"],
        by=row["decided_by"],
        date=row["decided_on"],
        mode=row["mode"],
        entry=row["since"],
        votes=row["votes"],
    )


def _touched(snapshot: Snapshot, numbers: set[int]) -> dict[int, list[tuple[int, int | None, int]]]:
    """Return for each proposal its changes with the lines and wordings they start or end in."""
    found: dict[int, list[tuple[int, int | None, int]]] = {}
    for part in _parts(numbers):
        query = select(_words.c.proposal, _words.c.change, _words.c.line, _words.c.wording).where(
            _words.c.document == snapshot.document,
            _words.c.proposal.in_(part),
            ~undone(snapshot, _words.c.entry),
        )
        for proposal, change, line, wording in snapshot.connection.execute(query):
            found.setdefault(proposal, []).append((change, line, wording))
    return found


def _sources(snapshot: Snapshot, numbers: set[int]) -> dict[int, set[int]]:
    """Return for each proposal the proposals it was made from, and those they were made from."""
    source = tables.proposal_source
    found: dict[int, set[int]] = {number: set() for number in numbers}
    query = select(source.c.proposal, source.c.from_proposal).where(
        source.c.document == snapshot.document, ~undone(snapshot, source.c.entry)
    )
    if not numbers:
        return found
    made: dict[int, set[int]] = {}
    for proposal, origin in snapshot.connection.execute(query):
        made.setdefault(proposal, set()).add(origin)
    for number in numbers:
        waiting = [number]
        while waiting:
            for origin in made.get(waiting.pop(), ()):
                if origin != number and origin not in found[number]:
                    found[number].add(origin)
                    waiting.append(origin)
    return found


def _answered(snapshot: Snapshot, known: Iterable[Proposal]) -> dict[str, Comment]:
    ids = sorted({comment_id(name) for proposal in known for name in proposal.answers})
    return {comment.id: comment for comment in comments.listed(snapshot, ids=ids)[0]} if ids else {}


def _entries(snapshot: Snapshot, entries: set[int]) -> dict[int, Reason]:
    """Return what is known of entries that accepted nothing."""
    entry = tables.entry
    found: dict[int, Reason] = {}
    for part in _parts(entries):
        query = select(entry.c.number, entry.c.at, entry.c.author, entry.c.command)
        for row in snapshot.connection.execute(query.where(entry.c.number.in_(part))):
            found[row.number] = Reason(*row)
    return found


def _parts(numbers: set[int]) -> list[list[int]]:
    """Return numbers in order, as many at a time as a query takes."""
    ordered = sorted(numbers)
    return [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]


def steps_between(snapshot: Snapshot, earlier: int, later: int) -> list[Step]:
    """Return what was done to lines after one entry and up to another, in the order it was done.

    Of a line that stood and stands, a new place is a step only if it has another rank.
    """
    version, placement = tables.version, tables.placement
    between = [
        and_(
            table.c.document == snapshot.document,
            table.c.language == snapshot.language,
            table.c.since > earlier,
            table.c.since <= later,
        )
        for table in (version, placement)
    ]
    wordings = select(version.c.line, version.c.since, version.c.wording).where(between[0])
    before = placement.alias()
    follows = and_(
        before.c.document == placement.c.document,
        before.c.line == placement.c.line,
        before.c.language == placement.c.language,
        before.c.number == placement.c.number - 1,
    )
    places = (
        select(placement.c.line, placement.c.since)
        .join(before, follows)
        .where(between[1], placement.c.rank.is_distinct_from(before.c.rank))
    )
    connection = snapshot.connection
    found = [Step(*row) for row in connection.execute(wordings)]
    found += [Step(line, entry, None) for line, entry in connection.execute(places)]
    return sorted(set(found), key=lambda step: (step.entry, step.line, step.wording is None))
