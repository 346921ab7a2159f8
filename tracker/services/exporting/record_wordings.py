"""Which wordings of the text came from a change of a proposal."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import and_, select

from tracker.services import retractions
from tracker.services.exporting.record_verdicts import RecordVerdicts
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_change, _words = tables.proposal_change, tables.proposal_wording


def proposed_wordings(snapshot: Snapshot, decided: RecordVerdicts) -> dict[int, str]:
    """Return the changes (``P2.1``) of proposals by the wordings they result in.

    A proposal that was accepted in another wording results in that, too. Of several changes with
    one wording the last is named, and none that was undone or would change another proposal.
    """
    of_text = (
        _change.c.document == snapshot.document,
        _change.c.amends_proposal.is_(None),
        ~retractions.retracted(snapshot, "proposal", _change.c.proposal),
        ~retractions.undone(snapshot, _change.c.entry),
    )
    own = and_(
        _words.c.document == _change.c.document,
        _words.c.proposal == _change.c.proposal,
        _words.c.change == _change.c.number,
        _words.c.role == "result",
    )
    query = (
        select(_change.c.proposal, _change.c.number, _change.c.kind, _change.c.supersedes)
        .add_columns(_words.c.wording)
        .outerjoin(_words, own)
        .where(*of_text)
        .order_by(_change.c.proposal, _change.c.number)
    )
    found: dict[int, str] = {}
    standing: dict[int, dict[int, None]] = defaultdict(dict)
    for row in snapshot.connection.execute(query):
        standing[row.proposal].pop(row.supersedes, None)
        if row.kind != "remove":
            standing[row.proposal][row.number] = None
        if row.wording is not None:
            found[row.wording] = f"P{row.proposal}.{row.number}"
    for proposal, verdicts in decided.proposals.items():
        for verdict in verdicts:
            number = verdict.change or next(iter(standing[proposal]), None)
            if verdict.wording is not None and number is not None:
                found.setdefault(verdict.wording, f"P{proposal}.{number}")
    return found
