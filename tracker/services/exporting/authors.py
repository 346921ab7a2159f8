"""Who made the changes that go out tracked, under the names that may be told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.services import changes
from tracker.services.attribution import Voices
from tracker.services.exporting.proposed import AsProposed
from tracker.services.exporting.tracked import Author
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.store import tables

NOBODY = "Revision"
"""Who made a change of which nothing may be told."""


class Authors:
    """Who changed which lines, under the names that may be told."""

    def __init__(
        self, snapshot: Snapshot, named: Voices, proposed: AsProposed, redline: str | None
    ) -> None:
        self._of: dict[int, dict[Author, None]] = {}
        if redline is not None:
            for change in changes.between(snapshot, redline, f"@{snapshot.at}"):
                own = [line.id for line in (*change.compared.old, *change.compared.new)]
                for reason in change.reasons:
                    who = reason.proposal.proposer if reason.proposal else reason.author
                    name = named.party(who) or NOBODY
                    self._add(own, Author(name, _utc(reason.at)))
        moments = _moments(snapshot, [own for every in proposed.whose.values() for own in every])
        for line, every in proposed.whose.items():
            for proposal in every:
                name = named.party(proposal.proposer) or NOBODY
                self._add([line], Author(name, moments[proposal.entry]))

    def of(self, own: Sequence[int]) -> Author:
        """Return who changed some lines: of several, all their names, and the last date."""
        found = list(dict.fromkeys(who for line in own for who in self._of.get(line, ())))
        if not found:
            return Author(NOBODY)
        names = dict.fromkeys(who.name for who in found)
        return Author("; ".join(names), max(who.date or "" for who in found) or None)

    def _add(self, own: Sequence[int], who: Author) -> None:
        for line in own:
            self._of.setdefault(line, {})[who] = None


def _moments(snapshot: Snapshot, proposals: Sequence[Proposal]) -> dict[int, str]:
    entry = tables.entry
    numbers = {proposal.entry for proposal in proposals}
    rows = snapshot.connection.execute(
        select(entry.c.number, entry.c.at).where(entry.c.number.in_(numbers))
    )
    return {row.number: _utc(row.at) for row in rows}


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
