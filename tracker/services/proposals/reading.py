"""Reading proposals: their changes, the comments they answer, and their state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, exists, func, or_, select

from tracker.errors import NotFound
from tracker.services.paging import batches, page
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, verdicts
from tracker.store import tables

_proposal, _version = tables.proposal, tables.proposal_version
_change, _words = tables.proposal_change, tables.proposal_wording


class Change(NamedTuple):
    """One change of a proposal, from the text ``base`` to the text ``result``.

    An insertion has no base and stands after the line ``after`` (``0``: first); a deletion has no
    result. ``stale`` says that the line has had another wording since, or is gone.
    """

    number: int
    kind: str
    language: str
    line: str | None
    line_id: int | None
    after: str | None
    after_id: int | None
    base: str | None
    base_wording: int | None
    result: str | None
    result_wording: int | None
    stale: bool


class Proposal(NamedTuple):
    """A proposed revision as it is now. ``proposer`` is who it is from, ``author`` who typed it."""

    id: str
    number: int
    proposer: str
    author: str
    rationale: str | None
    entry: int
    answers: tuple[str, ...]
    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def decision(self) -> Verdict | None:
        """The decision that holds."""
        decided = [verdict for verdict in self.verdicts if verdict.stage == "decided"]
        return decided[-1] if decided else None

    @property
    def state(self) -> str:
        """``open``, ``accepted``, ``rejected`` or ``withdrawn``."""
        return self.decision.outcome if self.decision else "open"

    @property
    def stale(self) -> bool:
        """Whether it is undecided and the text it starts from is no longer current."""
        return self.decision is None and any(change.stale for change in self.changes)

    @property
    def lines(self) -> tuple[str, ...]:
        """The labels of the lines it touches, each once: those changed and those inserted after."""
        labels = (change.line or change.after for change in self.changes)
        return tuple(dict.fromkeys(label for label in labels if label))


def listed(
    snapshot: Snapshot,
    *,
    line: int | None = None,
    numbers: Sequence[int] | None = None,
    undecided: bool = False,
    limit: int | None = None,
) -> tuple[list[Proposal], int]:
    """Return proposals in the order of their numbers, and how many there are without ``limit``."""
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
    rows, total = page(snapshot.connection, query.order_by(_proposal.c.id), limit)
    return [p for part in batches(rows) for p in _proposals(snapshot, part)], total


def numbered(snapshot: Snapshot, numbers: Sequence[int]) -> list[Proposal]:
    """Return the proposals with these numbers, in this order. Raises NotFound for a missing one."""
    found = {proposal.number: proposal for proposal in listed(snapshot, numbers=numbers)[0]}
    for number in numbers:
        if number not in found:
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


def _decided(snapshot: Snapshot) -> Any:
    verdict = tables.verdict
    return exists().where(
        snapshot.current(verdict),
        verdict.c.proposal == _proposal.c.id,
        verdict.c.stage == "decided",
    )


def _proposals(snapshot: Snapshot, rows: Sequence[Row[Any]]) -> list[Proposal]:
    numbers = [row.id for row in rows]
    changes = _changes(snapshot, numbers)
    answers = _answers(snapshot, numbers)
    decided = verdicts(snapshot, "proposal", numbers)
    return [
        Proposal(
            id=f"P{row.id}",
            number=row.id,
            proposer=row.proposer,
            author=row.author,
            rationale=row.rationale,
            entry=row.entry,
            answers=tuple(answers.get(row.id, ())),
            changes=tuple(changes.get(row.id, ())),
            verdicts=tuple(decided.get(row.id, ())),
        )
        for row in rows
    ]


def _answers(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, list[str]]:
    answer = tables.proposal_answer
    query = (
        select(answer.c.proposal, answer.c.comment)
        .where(snapshot.known(answer), answer.c.proposal.in_(numbers))
        .order_by(answer.c.proposal, answer.c.comment)
    )
    found: dict[int, list[str]] = {}
    for proposal, comment in snapshot.connection.execute(query):
        found.setdefault(proposal, []).append(f"C{comment}")
    return found


def _changes(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, list[Change]]:
    query = (
        select(_change)
        .where(snapshot.known(_change), _change.c.proposal.in_(numbers))
        .order_by(_change.c.proposal, _change.c.number)
    )
    rows = snapshot.connection.execute(query).mappings().all()
    texts = _texts(snapshot, numbers)
    base_lines = [text.line for text in texts.values() if text.line is not None]
    after_lines = [row["after_line"] for row in rows if row["after_line"] is not None]
    current = _standing(snapshot, {*base_lines, *after_lines})
    found: dict[int, list[Change]] = {}
    for row in rows:
        base = texts.get((row["proposal"], row["number"], "base"))
        result = texts.get((row["proposal"], row["number"], "result"))
        found.setdefault(row["proposal"], []).append(_one_change(row, base, result, current))
    return found


def _one_change(row: Any, base: Any, result: Any, current: dict[tuple[int, str], Any]) -> Change:
    touched = base.line if base is not None else row["after_line"]
    line = current.get((touched, row["language"])) if touched is not None else None
    label = line.label if line is not None else None
    if base is not None:
        stale = line is None or line.rank is None or line.text != base.text
    else:
        # Nothing but the deletion of the line before it makes an insertion stale.
        stale = touched is not None and (line is None or line.rank is None)
    return Change(
        number=row["number"],
        kind=row["kind"],
        language=row["language"],
        line=label if base is not None else None,
        line_id=base.line if base is not None else None,
        after=(label or "0") if base is None else None,
        after_id=row["after_line"],
        base=base.text if base is not None else None,
        base_wording=base.wording if base is not None else None,
        result=result.text if result is not None else None,
        result_wording=result.wording if result is not None else None,
        stale=stale,
    )


def _texts(snapshot: Snapshot, numbers: Sequence[int]) -> dict[tuple[int, int, str], Any]:
    wording = tables.wording
    query = (
        select(
            *(_words.c.proposal, _words.c.change, _words.c.role, _words.c.line),
            *(_words.c.wording, wording.c.text),
        )
        .join(
            wording,
            and_(wording.c.document == _words.c.document, wording.c.id == _words.c.wording),
        )
        .where(snapshot.known(_words), _words.c.proposal.in_(numbers))
    )
    return {(row.proposal, row.change, row.role): row for row in snapshot.connection.execute(query)}


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
