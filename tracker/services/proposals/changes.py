"""Reading the changes of proposals: what they start from, and what they result in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, select

from tracker.services import retractions
from tracker.services.proposals.proposal import Base, Change, Result
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import LEAVES_OPEN, Verdict
from tracker.store import tables

_change, _words = tables.proposal_change, tables.proposal_wording


def changes_of(
    snapshot: Snapshot, numbers: Sequence[int], decided: Mapping[int, Sequence[Verdict]]
) -> dict[int, list[Change]]:
    """Return all changes of these proposals in their order, also those replaced or undone."""
    query = (
        select(_change, retractions.undone(snapshot, _change.c.entry).label("undone"))
        .where(snapshot.known(_change), _change.c.proposal.in_(numbers))
        .order_by(_change.c.proposal, _change.c.number)
    )
    rows = snapshot.connection.execute(query).mappings().all()
    texts = _texts(snapshot, numbers)
    sources = _sources(snapshot, numbers)
    base_lines = [text.line for found in texts.values() for text in found if text.line is not None]
    after_lines = [row["after_line"] for row in rows if row["after_line"] is not None]
    current = _standing(snapshot, {*base_lines, *after_lines})
    gone = _superseded(snapshot, {row["amends_proposal"] for row in rows})
    verdict_on = {
        (proposal, verdict.change): verdict
        for proposal, verdicts_ in decided.items()
        for verdict in verdicts_
        if verdict.stage == "decided" and verdict.outcome not in LEAVES_OPEN
    }
    found: dict[int, list[Change]] = {}
    for row in rows:
        own = (row["proposal"], row["number"])
        change = _one_change(row, texts.get(own, []), current)
        is_stale = change.stale or (row["amends_proposal"], row["amends_change"]) in gone
        change = change._replace(
            stale=is_stale, verdict=verdict_on.get(own), sources=tuple(sources.get(own, ()))
        )
        found.setdefault(row["proposal"], []).append(change)
    return found


def _superseded(snapshot: Snapshot, numbers: Collection[int | None]) -> set[tuple[int, int]]:
    """Return the changes of proposals whose place others took."""
    query = select(_change.c.proposal, _change.c.supersedes).where(
        snapshot.known(_change),
        _change.c.proposal.in_([number for number in numbers if number is not None]),
        _change.c.supersedes.is_not(None),
        ~retractions.undone(snapshot, _change.c.entry),
    )
    if not any(numbers):
        return set()
    return {(row.proposal, row.supersedes) for row in snapshot.connection.execute(query)}


def _one_change(row: Any, texts: Sequence[Any], current: dict[tuple[int, str], Any]) -> Change:
    language = row["language"]
    bases = tuple(
        _base(text, current.get((text.line, language)), row["kind"])
        for text in texts
        if text.role == "base"
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
        undone=bool(row["undone"]),
        date=row["made_at"],
        marks=tuple(int(number) for number in (row["marks"] or "").split()),
    )


def _base(text: Any, line: Any, kind: str) -> Base:
    # A line moves whatever it says.
    is_reworded = kind != "move" and line is not None and line.text != text.text
    is_stale = line is None or line.rank is None or is_reworded
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
