"""Verdicts: what was advised or decided on a comment or a proposal, and the words for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, and_, exists, select

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.services.inputs import check_date, check_optional, check_optional_line
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry

MODES = ("consensus", "vote", "silence")
DEFERRED = "deferred"
LEAVES_OPEN = ("undone", DEFERRED)
"""Outcomes that leave a proposal undecided. A comment that is deferred has its disposition."""
# For, against and, where any abstained, abstentions: 7-2-1.
_VOTES = re.compile(r"vote\s+([0-9]{1,5}(?:-[0-9]{1,5}){1,2})")


class Verdict(NamedTuple):
    """An outcome with its grounds; ``date`` is when it was decided, which may be partial.

    ``mode`` may be handed in with the votes, ``vote 7-2-1``; ``votes`` holds them once checked.
    """

    outcome: str
    stage: str = "decided"
    change: int | None = None
    reason: str | None = None
    by: str | None = None
    date: str | None = None
    mode: str | None = None
    entry: int | None = None
    votes: str | None = None
    wording: int | None = None
    text: str | None = None
    """What its wording says, as far as it was read."""


def disposition(outcome: str, reason: str | None) -> str:
    """Return the outcome of a disposition in our words; IEEE's are read as synonyms.

    Raises BadInput for an unknown word, or for a missing reason unless it is accepted or noted.
    """
    word = rules.disposition(outcome)
    if word is None:
        listed = ", ".join(rules.DISPOSITIONS)
        raise BadInput(f"{outcome!r} is no disposition", f"use one of: {listed}")
    if needs_reason(word) and not (reason or "").strip():
        raise BadInput(f"{word!r} needs a reason", 'give it with --reason "…"')
    return word


def needs_reason(outcome: str) -> bool:
    """Return whether a disposition must say why."""
    return outcome not in rules.NEED_NO_REASON


def checked(verdict: Verdict) -> Verdict:
    """Return a verdict whose texts and date can be stored. Raises BadInput otherwise."""
    check_optional(verdict.reason, "reason")
    check_optional_line(verdict.by, "name of who decided")
    check_date(verdict.date, "decision")
    voted = _VOTES.fullmatch(verdict.mode.strip()) if verdict.mode is not None else None
    if voted is not None:
        return verdict._replace(mode="vote", votes=voted[1])
    if verdict.mode is not None and verdict.mode not in MODES:
        raise BadInput(
            f"{verdict.mode!r} is no mode",
            f"use one of: {', '.join(MODES)}; votes are 'vote 7-2-1': for, against, abstaining",
        )
    return verdict


def decides(snapshot: Snapshot, verdict: FromClause = tables.verdict) -> ColumnElement[bool]:
    """Return the condition that a verdict is a decision that holds; it may be of an alias."""
    return and_(
        snapshot.current(verdict), verdict.c.stage == "decided", verdict.c.outcome != "undone"
    )


def disposed(snapshot: Snapshot, comment: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that a comment has a disposition at the snapshot."""
    return exists().where(decides(snapshot), tables.verdict.c.comment == comment)


def store_verdict(
    entry: Entry,
    document: int,
    verdict: Verdict,
    *,
    comment: int | None = None,
    proposal: int | None = None,
    line: int | None = None,
) -> None:
    """Store a verdict on a comment, a proposal or a line, in the place of the one before."""
    subject = {
        "document": document,
        "comment": comment,
        "proposal": proposal,
        "change": verdict.change,
        "line": line,
        "stage": verdict.stage,
    }
    entry.supersede(tables.verdict, **subject)
    entry.insert(
        tables.verdict,
        **subject,
        id=entry.next_id(tables.verdict, document),
        outcome=verdict.outcome,
        reason=verdict.reason,
        decided_by=verdict.by,
        decided_on=verdict.date,
        mode=verdict.mode,
        votes=verdict.votes,
        wording=verdict.wording,
    )


def verdicts(
    snapshot: Snapshot, subject: str, ids: Sequence[int] | None = None, *, superseded: bool = False
) -> dict[int, list[Verdict]]:
    """Return the verdicts on comments or proposals (``subject`` says which) by number, in order.

    ``superseded`` adds those whose place a later one took.
    """
    table = tables.verdict
    own = table.c[subject]
    holds = table.c.document == snapshot.document if superseded else snapshot.current(table)
    wording = tables.wording
    same = and_(wording.c.document == table.c.document, wording.c.id == table.c.wording)
    query = select(table, wording.c.text.label("says")).outerjoin(wording, same)
    query = query.where(holds, own.is_not(None), table.c.since <= snapshot.at)
    query = query.where(table.c.outcome != "undone")
    if ids is not None:
        query = query.where(own.in_(ids))
    found: dict[int, list[Verdict]] = {}
    rows = snapshot.connection.execute(query).mappings().all()
    # Sorted here: asked for in order, SQLite goes through all verdicts by their key.
    for row in sorted(rows, key=itemgetter("id")):
        verdict = Verdict(
            outcome=row["outcome"],
            stage=row["stage"],
            change=row["change"],
            reason=row["reason"],
            by=row["decided_by"],
            date=row["decided_on"],
            mode=row["mode"],
            entry=row["since"],
            votes=row["votes"],
            wording=row["wording"],
            text=row["says"],
        )
        found.setdefault(row[subject], []).append(verdict)
    return found
