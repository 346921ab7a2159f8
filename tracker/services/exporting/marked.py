"""A text as it goes out with its changes and comments marked in it, as the text forms write it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from tracker.exchange.marked import Stamp
from tracker.exchange.marked_source import MarkedSource
from tracker.services import changes, documents, joints, lines
from tracker.services.attribution import Voices, voices
from tracker.services.comparing import lineage
from tracker.services.exporting import proposed
from tracker.services.exporting.marking import Marking, Owner, Owners
from tracker.services.exporting.remarks import remarks
from tracker.services.exporting.text import Request, check_together, notice
from tracker.services.exporting.weaving import Stage, as_written, kin_of, woven
from tracker.services.lines import Line
from tracker.services.paging import batches
from tracker.services.proposals.checking import all_undecided
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot, at_state
from tracker.store import tables


def marked(snapshot: Snapshot, request: Request, *, with_internal: bool = False) -> MarkedSource:
    """Return the text as it was, with what changed since and would change, and all comments.

    Without a state to compare with, that is the text as it is. A comment on a whole line stands at
    its end. Raises NotFound for an unknown state or proposal, Refused if proposals cannot be read
    together.
    """
    chosen = all_undecided(snapshot, request.proposals)
    check_together(snapshot, chosen)
    named = voices(snapshot, with_internal=with_internal)
    now = lines.running_text(snapshot)
    stages = [as_written(now, {})]
    owners = [Owners()]
    base: int | None = None
    if request.redline is not None:
        then = at_state(snapshot, request.redline)
        before = lines.running_text(then)
        base = None if lines.are_same_text(before, now) else then.at
        stages = [as_written(before, {}), as_written(now, kin_of(lineage(snapshot)))]
        owners.append(Owners(deciders(snapshot, request.redline, named)))
    current = len(stages) - 1
    _propose(snapshot, chosen, named, stages, owners)
    text = Marking(owners)
    for passage in woven(stages, current):
        text.add(passage)
    title = documents.title(snapshot)
    return MarkedSource(
        text="".join(text.parts),
        marks=tuple(text.marks),
        remarks=remarks(snapshot, text, now, with_internal=with_internal),
        stamp=_stamp(snapshot, stages[0].lines, chosen)._replace(base=base),
        title=title,
        notice=notice(snapshot, title, chosen, request.redline) or _told(snapshot, title, request),
    )


def _told(snapshot: Snapshot, title: str, request: Request) -> str:
    since = f", with the changes since {request.redline}" if request.redline else ""
    return f"“{title}” at @{snapshot.at}{since}."


def deciders(snapshot: Snapshot, since: str, named: Voices) -> dict[int, Owner]:
    """Return who changed each line since a state: who the accepted proposal was from, or who typed.

    Of several, the last.
    """
    found: dict[int, Owner] = {}
    for change in changes.between(snapshot, since, f"@{snapshot.at}"):
        if not change.reasons:
            continue
        why = change.reasons[-1]
        party = named.party(why.proposal.proposer) if why.proposal else None
        owner = Owner(party or named.author(why.author), why.at)
        for line in (*change.compared.old, *change.compared.new):
            found[line.id] = owner
    return found


def _propose(
    snapshot: Snapshot,
    chosen: Sequence[Proposal],
    named: Voices,
    stages: list[Stage],
    owners: list[Owners],
) -> None:
    """Add the stages of the proposals: the text as it would read with each of them, too."""
    times = written_at(snapshot, [proposal.entry for proposal in chosen])

    def who(proposal: Proposal) -> str:
        return named.party(proposal.proposer) or proposal.id

    taken = [(proposal, proposal.open_changes) for proposal in chosen]
    for step in proposed.steps(stages[-1].lines, taken, lines.labels(snapshot)):
        stages.append(as_written(step.lines, kin_of(step.family)))
        owners.append(proposed.owners(step, who, times))


def written_at(snapshot: Snapshot, entries: Sequence[int]) -> dict[int, datetime]:
    """Return when entries were written (UTC)."""
    entry = tables.entry
    found: dict[int, datetime] = {}
    for batch in batches(sorted(set(entries))):
        query = select(entry.c.number, entry.c.at).where(entry.c.number.in_(batch))
        found.update({row.number: row.at for row in snapshot.connection.execute(query)})
    return found


def _stamp(snapshot: Snapshot, text: Sequence[Line], chosen: Sequence[Proposal]) -> Stamp:
    """Return the stamp, with where each line stands in the untouched text."""
    spans = joints.written(text).spans
    places = tuple((line.label, *span) for line, span in zip(text, spans, strict=True))
    names = tuple(proposal.id for proposal in chosen)
    return Stamp(snapshot.key, snapshot.at, snapshot.language, places, names)
