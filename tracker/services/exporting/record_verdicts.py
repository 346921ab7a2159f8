"""The verdicts of a record: those that were not undone, also those whose place later ones took."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tracker.exchange import record as exchange
from tracker.services import retractions
from tracker.services.attribution import Voices
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, verdicts
from tracker.store import tables


class RecordVerdicts:
    """What was advised and decided on the comments, proposals and lines of a document."""

    def __init__(self, snapshot: Snapshot) -> None:
        retraction = tables.retraction
        entries = retraction.c.kind == "entry"
        query = select(retraction.c.since).where(entries).distinct()
        self._undoing = frozenset(snapshot.connection.scalars(query))
        self._undone = retractions.numbers(snapshot.connection, "entry")
        self.comments = self._kept(verdicts(snapshot, "comment", superseded=True))
        self.proposals = self._kept(verdicts(snapshot, "proposal", superseded=True))
        self.lines = self._kept(verdicts(snapshot, "line", superseded=True))

    def _kept(self, found: dict[int, list[Verdict]]) -> dict[int, list[Verdict]]:
        return {number: self._standing(told) for number, told in found.items()}

    def _standing(self, told: Sequence[Verdict]) -> list[Verdict]:
        """Leave out what was undone, and what only says again what held before it."""
        kept: list[Verdict] = []
        last: dict[tuple[int | None, str], Verdict] = {}
        for verdict in told:
            own = (verdict.change, verdict.stage)
            same = own in last and verdict == last[own]._replace(entry=verdict.entry)
            is_again = same and verdict.entry in self._undoing
            if verdict.entry in self._undone or is_again:
                continue
            last[own] = verdict
            kept.append(verdict)
        return kept


def written(
    found: Sequence[Verdict], named: Voices, *, wording: bool = False
) -> tuple[exchange.Verdict, ...]:
    """Return verdicts as a record has them; ``wording`` says that they may name one."""
    return tuple(
        exchange.Verdict(
            outcome=verdict.outcome,
            stage=verdict.stage,  # type: ignore[arg-type]  # the table takes no other word
            change=verdict.change,
            reason=verdict.reason,
            by=named.party(verdict.by),
            date=verdict.date,
            mode=verdict.mode,  # type: ignore[arg-type]  # the table takes no other word
            votes=verdict.votes,
            text=verdict.text if wording else None,
        )
        for verdict in found
    )
