"""A proposal on a proposal, accepted: it changes what the other proposes."""

from __future__ import annotations

from tracker.errors import Refused
from tracker.services.names import change_id
from tracker.services.proposals.checking import undecided_changes
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.storing import NewChange, next_change, store_changes
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry


def amend(entry: Entry, snapshot: Snapshot, accepted: Proposal, change: Change) -> str:
    """Store a further change of the amended proposal in the place of the amended one.

    Both are its sources, and stay readable as they were proposed. Return its name. Raises Refused
    if the amended proposal is decided.
    """
    name = change.amends or ""
    number, of = change_id(name)
    _, (target,) = undecided_changes(snapshot, name)
    if len(change.results) != 1 or len(target.results) != 1:
        raise Refused(
            f"{name} has no one wording to be changed",
            f"look at it: tracker proposal show P{number}",
        )
    first = next_change(snapshot, number)
    amends = change_id(target.amends) if target.amends else (0, None)
    stored = NewChange(
        kind=target.kind,
        language=target.language,
        bases=tuple((base.line, base.wording) for base in target.bases),
        # How a new line stands is as it was proposed.
        results=(
            target.results[0]._replace(
                wording=change.results[0].wording, text=change.results[0].text
            ),
        ),
        after_line=target.after_id,
        supersedes=of,
        amends=(amends[0], amends[1]) if amends[1] is not None else None,
        sources=((number, target.number), (accepted.number, change.number)),
    )
    store_changes(entry, snapshot.document, number, first, [stored])
    return f"P{number}.{first}"
