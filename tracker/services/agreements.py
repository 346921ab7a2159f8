"""Agreements: the wording of a line is agreed, or agreed ad referendum, until it is reopened.

An agreement is of a wording: it holds while the line says what was agreed. Touching the line again
– another wording, another place, its end – must be said, with a reason, and reopens it.
Agreed is the authentic text: its translations may be reworded without that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from tracker.errors import BadInput, Refused
from tracker.services import elsewhere, lines
from tracker.services.lines import Line
from tracker.services.paging import batches
from tracker.services.proposals.proposal import Change
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, checked, store_verdict
from tracker.store import tables
from tracker.store.journal import Entry

AGREED, AD_REFERENDUM, REOPENED = "agreed", "agreed ad referendum", "reopened"
_HOLDING = (AGREED, AD_REFERENDUM)
_verdict = tables.verdict


def agree(
    entry: Entry, snapshot: Snapshot, labels: Sequence[str], verdict: Verdict
) -> list[lines.Line]:
    """Record that lines are agreed as they say now in the authentic language; return them.

    ``verdict`` is ``AGREED`` or ``AD_REFERENDUM`` with its grounds. Raises NotFound for a line that
    is not there, Refused for one that stands in a translation only, was deleted or is agreed so
    already.
    """
    verdict = checked(verdict)
    found = [_authentic(snapshot, label) for label in dict.fromkeys(labels)]
    if not found:
        raise BadInput("no line is named", "name those that are agreed: tracker text")
    known = holding(snapshot, [line.label for line in found])
    entry.document = snapshot.document
    for line in found:
        own = known.get(line.label)
        if own is not None and own.outcome == verdict.outcome:
            raise Refused(
                f"line {line.label} is {in_words(own)} already",
                "to touch it again, reopen it: tracker proposal accept --reopen --reason TEXT",
            )
        settled = verdict._replace(wording=line.wording)
        store_verdict(entry, snapshot.document, settled, line=line.id)
    return found


def _authentic(snapshot: Snapshot, label: str) -> Line:
    known = elsewhere.languages_of(snapshot, label)
    if known and snapshot.authentic not in known:
        raise Refused(
            f"line {label} stands in {', '.join(known)} only: what is agreed is the authentic text",
            f"tracker text --languages {snapshot.authentic},{known[0]} shows both",
        )
    authentic = snapshot._replace(language=snapshot.authentic)
    return lines.standing(authentic, label, "agree a line that stands")


def check_open(
    entry: Entry, snapshot: Snapshot, touched: Sequence[Line], reopen: Verdict | None
) -> list[str]:
    """Reopen those of the lines about to be touched that are agreed; return their labels.

    ``touched`` are the lines as they were before. ``reopen`` has the reason and who decides it.
    Raises Refused, naming the lines, where one is agreed and none is given; BadInput without a
    reason.
    """
    agreed = _of_wordings(snapshot, touched)
    if not agreed:
        return []
    if reopen is None:
        line, verdict = agreed[0]
        others = ", ".join(line.label for line, _ in agreed[1:])
        also = f"; so are {others}" if others else ""
        raise Refused(
            f"line {line.label} is {in_words(verdict)}{also}",
            "to touch it all the same, say --reopen --reason TEXT",
        )
    if not (reopen.reason or "").strip():
        raise BadInput("reopening an agreed line needs a reason", 'give it with --reason "…"')
    reopen = checked(reopen._replace(outcome=REOPENED, stage="decided", change=None))
    for line, _ in agreed:
        settled = reopen._replace(wording=line.wording)
        store_verdict(entry, snapshot.document, settled, line=line.id)
    return [line.label for line, _ in agreed]


def holding(snapshot: Snapshot, labels: Sequence[str]) -> dict[str, Verdict]:
    """Return the agreements that hold on those of these lines that stand, by label."""
    found: dict[str, Verdict] = {}
    for part in batches(list(labels)):
        query = _query(snapshot).where(tables.line.c.label.in_(part))
        found |= {row[0]: _one(row[1:]) for row in snapshot.connection.execute(query)}
    return found


def agreed_of(snapshot: Snapshot, changes: Iterable[Change]) -> dict[str, Verdict]:
    """Return the agreements on the lines that changes touch, by label.

    A change of a translation, or of what another proposal says, touches none.
    """
    touched = [
        label
        for change in changes
        if change.language == snapshot.authentic and change.amends is None
        for label in change.labels
    ]
    return holding(snapshot, touched)


def counts(snapshot: Snapshot) -> Counter[str]:
    """Return how many lines that stand are agreed, and how many ad referendum."""
    counted = _query(snapshot).with_only_columns(_verdict.c.outcome, func.count())
    rows = snapshot.connection.execute(counted.group_by(_verdict.c.outcome))
    return Counter({row[0]: row[1] for row in rows})


def in_words(verdict: Verdict) -> str:
    """Return an agreement with since when it holds, and by whom."""
    by = f" by {verdict.by}" if verdict.by else ""
    on = f" on {verdict.date}" if verdict.date else ""
    since = f" since @{verdict.entry}" if verdict.entry else ""
    return f"{verdict.outcome}{since}{by}{on}"


def _query(snapshot: Snapshot) -> Select[Any]:
    line, version, placement = tables.line, tables.version, tables.placement
    as_agreed = and_(
        snapshot.current(version),
        version.c.line == _verdict.c.line,
        version.c.wording == _verdict.c.wording,
    )
    stands = and_(
        snapshot.current(placement),
        placement.c.line == version.c.line,
        placement.c.language == version.c.language,
        placement.c.rank.is_not(None),
    )
    own = and_(line.c.document == _verdict.c.document, line.c.id == _verdict.c.line)
    return (
        select(line.c.label, *_GROUNDS)
        .join_from(_verdict, line, own)
        .join(version, as_agreed)
        .join(placement, stands)
        .where(_holds(snapshot))
    )


_GROUNDS = (
    *(_verdict.c.outcome, _verdict.c.reason, _verdict.c.decided_by, _verdict.c.decided_on),
    *(_verdict.c.mode, _verdict.c.votes, _verdict.c.since, _verdict.c.wording),
)


def _holds(snapshot: Snapshot) -> ColumnElement[bool]:
    return and_(
        snapshot.current(_verdict),
        _verdict.c.line.is_not(None),
        _verdict.c.outcome.in_(_HOLDING),
    )


def _one(row: Sequence[Any]) -> Verdict:
    outcome, reason, by, date, mode, votes, entry, wording = row
    return Verdict(
        outcome,
        reason=reason,
        by=by,
        date=date,
        mode=mode,
        votes=votes,
        entry=entry,
        wording=wording,
    )


def _of_wordings(snapshot: Snapshot, touched: Sequence[Line]) -> list[tuple[Line, Verdict]]:
    """Return the lines whose wording is agreed, with the agreement."""
    known: dict[int, Verdict] = {}
    for part in batches(touched):
        query = select(_verdict.c.line, *_GROUNDS).where(
            _holds(snapshot), _verdict.c.line.in_([line.id for line in part])
        )
        known |= {row[0]: _one(row[1:]) for row in snapshot.connection.execute(query)}
    return [
        (line, known[line.id])
        for line in touched
        if line.id in known and known[line.id].wording == line.wording
    ]
