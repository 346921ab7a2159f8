"""Reading proposals: their changes, the comments they answer, and their state."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select

from tracker.errors import NotFound
from tracker.services import retractions
from tracker.services.paging import batches, page
from tracker.services.proposals.proposal import Base, Change, Proposal, Result
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, verdicts
from tracker.store import tables

_proposal, _version = tables.proposal, tables.proposal_version
_change, _words = tables.proposal_change, tables.proposal_wording


def listed(
    snapshot: Snapshot,
    *,
    line: int | None = None,
    numbers: Sequence[int] | None = None,
    undecided: bool = False,
    retracted: bool = False,
    limit: int | None = None,
) -> tuple[list[Proposal], int]:
    """Return proposals in the order of their numbers, and how many there are without ``limit``.

    ``undecided`` keeps those with something to decide, ``retracted`` adds those that were undone.
    """
    query = (
        select(_proposal.c.id, _proposal.c.entry, _version.c.proposer, _version.c.rationale)
        # An entry that is being written has no row of its own yet.
        .add_columns(func.coalesce(tables.entry.c.author, "").label("author"))
        .join(
            _version,
            and_(snapshot.current(_version), _version.c.proposal == _proposal.c.id),
        )
        .outerjoin(tables.entry, tables.entry.c.number == _proposal.c.entry)
        .where(snapshot.known(_proposal))
    )
    if line is not None:
        query = query.where(_touches(snapshot, line))
    if numbers is not None:
        query = query.where(_proposal.c.id.in_(numbers))
    if undecided:
        query = query.where(~_decided(snapshot))
    if not retracted:
        query = query.where(~retractions.retracted(snapshot, "proposal", _proposal.c.id))
    rows, total = page(snapshot.connection, query.order_by(_proposal.c.id), limit)
    return [p for part in batches(rows) for p in _proposals(snapshot, part)], total


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
    changes = exists().where(
        snapshot.known(_words),
        _words.c.proposal == _proposal.c.id,
        _words.c.line == line,
    )
    inserts = exists().where(
        snapshot.known(_change),
        _change.c.proposal == _proposal.c.id,
        _change.c.after_line == line,
    )
    return or_(changes, inserts)


def _decided(snapshot: Snapshot) -> ColumnElement[bool]:
    """Return the condition that all of a proposal is decided: as a whole, or change by change."""
    verdict, later = tables.verdict, _change.alias()
    decided = and_(
        snapshot.current(verdict),
        verdict.c.proposal == _proposal.c.id,
        verdict.c.stage == "decided",
        verdict.c.outcome != "undone",
    )
    whole = exists().where(decided, verdict.c.change.is_(None))
    superseded = exists().where(
        snapshot.known(later),
        later.c.proposal == _change.c.proposal,
        later.c.supersedes == _change.c.number,
    )
    waiting = exists().where(
        snapshot.known(_change),
        _change.c.proposal == _proposal.c.id,
        _change.c.kind != "remove",
        ~superseded,
        ~exists().where(decided, verdict.c.change == _change.c.number),
    )
    return or_(whole, ~waiting)


def _proposals(snapshot: Snapshot, rows: Sequence[Row[Any]]) -> list[Proposal]:
    numbers = [row.id for row in rows]
    decided = verdicts(snapshot, "proposal", numbers)
    changes = _changes(snapshot, numbers, decided)
    answers = _answers(snapshot, numbers)
    return [
        Proposal(
            id=f"P{row.id}",
            number=row.id,
            proposer=row.proposer,
            author=row.author,
            rationale=row.rationale,
            entry=row.entry,
            answers=tuple(answers.get(row.id, ())),
            changes=tuple(_standing_changes(changes.get(row.id, []))),
            verdicts=tuple(decided.get(row.id, ())),
            earlier=tuple(_earlier_changes(changes.get(row.id, []))),
        )
        for row in rows
    ]


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


def _standing_changes(changes: Sequence[Change]) -> list[Change]:
    """Return the changes whose place no other took; one that only took another's place is none."""
    gone = {change.supersedes for change in changes}
    return [c for c in changes if c.number not in gone and c.kind != "remove"]


def _earlier_changes(changes: Sequence[Change]) -> list[Change]:
    gone = {change.supersedes for change in changes}
    return [change for change in changes if change.number in gone]


def _changes(
    snapshot: Snapshot, numbers: Sequence[int], decided: Mapping[int, Sequence[Verdict]]
) -> dict[int, list[Change]]:
    query = (
        select(_change)
        .where(snapshot.known(_change), _change.c.proposal.in_(numbers))
        .order_by(_change.c.proposal, _change.c.number)
    )
    rows = snapshot.connection.execute(query).mappings().all()
    texts = _texts(snapshot, numbers)
    sources = _sources(snapshot, numbers)
    base_lines = [text.line for found in texts.values() for text in found if text.line is not None]
    after_lines = [row["after_line"] for row in rows if row["after_line"] is not None]
    current = _standing(snapshot, {*base_lines, *after_lines})
    verdict_on = {
        (proposal, verdict.change): verdict
        for proposal, verdicts_ in decided.items()
        for verdict in verdicts_
        if verdict.stage == "decided"
    }
    found: dict[int, list[Change]] = {}
    for row in rows:
        own = (row["proposal"], row["number"])
        change = _one_change(row, texts.get(own, []), current)
        change = change._replace(verdict=verdict_on.get(own), sources=tuple(sources.get(own, ())))
        found.setdefault(row["proposal"], []).append(change)
    return found


def _one_change(row: Any, texts: Sequence[Any], current: dict[tuple[int, str], Any]) -> Change:
    language = row["language"]
    bases = tuple(
        _base(text, current.get((text.line, language))) for text in texts if text.role == "base"
    )
    results = tuple(
        Result(
            *(text.wording, text.text, text.kind, text.level),
            *(text.block, text.markup, text.gap),
        )
        for text in texts
        if text.role == "result"
    )
    after = row["after_line"]
    before = current.get((after, language)) if after is not None else None
    # Nothing but the deletion of the line before it makes an insertion stale.
    lost = after is not None and (before is None or before.rank is None)
    stands_after = row["kind"] in ("insert", "move")
    amends = f"P{row['amends_proposal']}.{row['amends_change']}"
    return Change(
        number=row["number"],
        kind=row["kind"],
        language=language,
        bases=bases,
        results=results,
        after=(before.label if before is not None else "0") if stands_after else None,
        after_id=after,
        stale=lost or any(base.stale for base in bases),
        entry=row["entry"],
        supersedes=row["supersedes"],
        amends=amends if row["amends_proposal"] else None,
    )


def _base(text: Any, line: Any) -> Base:
    is_stale = line is None or line.rank is None or line.text != text.text
    return Base(
        label=line.label if line is not None else None,
        line=text.line,
        wording=text.wording,
        text=text.text,
        stale=is_stale and text.line is not None,
    )


def _texts(snapshot: Snapshot, numbers: Sequence[int]) -> dict[tuple[int, int], list[Any]]:
    """Return the wordings of each change, bases before results, each in their order."""
    wording = tables.wording
    query = (
        select(_words, wording.c.text)
        .join(
            wording,
            and_(wording.c.document == _words.c.document, wording.c.id == _words.c.wording),
        )
        .where(snapshot.known(_words), _words.c.proposal.in_(numbers))
        .order_by(_words.c.proposal, _words.c.change, _words.c.role, _words.c.ordinal)
    )
    found: dict[tuple[int, int], list[Any]] = {}
    for row in snapshot.connection.execute(query):
        found.setdefault((row.proposal, row.change), []).append(row)
    return found


def _sources(snapshot: Snapshot, numbers: Sequence[int]) -> dict[tuple[int, int], list[str]]:
    """Return the names of the changes that each change was made from."""
    source = tables.proposal_source
    query = (
        select(source)
        .where(snapshot.known(source), source.c.proposal.in_(numbers))
        .order_by(source.c.proposal, source.c.change, source.c.ordinal)
    )
    found: dict[tuple[int, int], list[str]] = {}
    for row in snapshot.connection.execute(query):
        name = f"P{row.from_proposal}.{row.from_change}"
        found.setdefault((row.proposal, row.change), []).append(name)
    return found


def _standing(snapshot: Snapshot, lines: Collection[int]) -> dict[tuple[int, str], Any]:
    """Return the label, the current text and the rank of each line, by line and language."""
    line, version = tables.line, tables.version
    wording, placement = tables.wording, tables.placement
    query = (
        select(line.c.id, line.c.label, version.c.language, wording.c.text, placement.c.rank)
        .join(version, and_(snapshot.current(version), version.c.line == line.c.id))
        .join(
            wording,
            and_(wording.c.document == line.c.document, wording.c.id == version.c.wording),
        )
        .join(
            placement,
            and_(
                snapshot.current(placement),
                placement.c.line == line.c.id,
                placement.c.language == version.c.language,
            ),
        )
        .where(line.c.document == snapshot.document, line.c.id.in_(lines))
    )
    return {(row.id, row.language): row for row in snapshot.connection.execute(query)}
