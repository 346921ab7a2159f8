"""What must hold of a proposal before something is made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.errors import NotFound, Refused
from tracker.services import lines
from tracker.services.names import change_id
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import numbered
from tracker.services.snapshot import Snapshot


def find_undecided(snapshot: Snapshot, name: str) -> Proposal:
    """Return a proposal. Raises Refused once it is decided, NotFound if there is none."""
    return all_undecided(snapshot, [name])[0]


def all_undecided(snapshot: Snapshot, names: Iterable[str]) -> list[Proposal]:
    """Return each proposal that is named once, in their order; raises as :func:`find_undecided`."""
    numbers = dict.fromkeys(change_id(name)[0] for name in names)
    found = numbered(snapshot, list(numbers)) if numbers else []
    for proposal in found:
        _check_undecided(proposal)
    return found


def _check_undecided(found: Proposal) -> None:
    if found.decision is not None:
        raise Refused(
            f"{found.id} is {found.state} already, since @{found.decision.entry}",
            f"see it with: tracker proposal show {found.id}",
        )
    if found.changes and not found.open_changes:
        raise Refused(
            f"all changes of {found.id} are decided already: it is {found.state}",
            f"see it with: tracker proposal show {found.id}",
        )


def undecided_changes(snapshot: Snapshot, name: str) -> tuple[Proposal, tuple[Change, ...]]:
    """Return a proposal with its open changes (``P2``), or with the one that is named (``P2.1``).

    Raises Refused if it is decided or undone, or another change has taken its place; NotFound if
    there is no such proposal or change.
    """
    number = change_id(name)[1]
    proposal = find_undecided(snapshot, name)
    if number is None:
        return proposal, proposal.open_changes
    change = find_change(proposal, number)
    if change.verdict is not None:
        raise Refused(
            f"{proposal.id}.{number} is {change.verdict.outcome} already, "
            f"since @{change.verdict.entry}",
            f"see it with: tracker proposal show {proposal.id}",
        )
    return proposal, (change,)


def find_change(proposal: Proposal, number: int | None) -> Change:
    """Return a change that stands. Raises NotFound if there is none, Refused if it went."""
    for change in proposal.changes:
        if change.number == number:
            return change
    names = ", ".join(f"{proposal.id}.{change.number}" for change in proposal.changes)
    if number is None:
        raise Refused(f"{proposal.id} has several changes", f"name one of them: {names}")
    for change in proposal.earlier:
        if change.number == number:
            name = f"{proposal.id}.{number}"
            replaced = f"another change has taken the place of {name}"
            raise Refused(
                f"{name} was undone" if change.undone else replaced,
                f"those that stand: {names}",
            )
    raise NotFound(f"there is no change {proposal.id}.{number}", f"its changes are: {names}")


def check_current(
    snapshot: Snapshot, proposal: Proposal, changes: Sequence[Change] | None = None
) -> None:
    """Raise Refused, showing the newer wording, unless a proposal starts from the current text.

    Without ``changes``, all that are undecided are looked at.
    """
    for change in proposal.open_changes if changes is None else changes:
        name = f"{proposal.id}.{change.number}"
        if change.in_collision:
            raise Refused(
                f"{name} is in collision: no wording has been chosen yet",
                f"choose one: tracker proposal resolve {name}",
            )
        if not change.stale:
            continue
        if change.amends is not None:
            raise Refused(
                f"{name} starts from a wording of {change.amends} that is no longer proposed",
                f"carry it over: tracker proposal update {proposal.id}",
            )
        check_standing(snapshot, name, change)
        base = next(base for base in change.bases if base.stale)
        now = lines.find(snapshot, base.label or "", change.language)
        raise Refused(
            f"{name} starts from a wording of line {base.label} that is no longer current\n"
            f"  it starts from: {base.text}\n  the line now says: {now.text}",
            f"carry it over: tracker proposal update {proposal.id}",
        )


def check_standing(snapshot: Snapshot, name: str, change: Change) -> list[lines.Line]:
    """Return the lines a change starts from as they are. Raises Refused if one of them is gone."""
    found = []
    labels = list(change.labels)
    if change.after not in (None, "0"):
        labels.append(change.after or "")
    for label in labels:
        line = lines.find(snapshot, label, change.language)
        if line.rank is None:
            verb = "stands behind" if label == change.after else "starts from"
            raise Refused(
                f"{name} {verb} line {label}, which {lines.ended(snapshot, line, change.language)}",
                "propose it anew (tracker propose --insert-after LABEL), and withdraw this: "
                f"tracker proposal withdraw {name.partition('.')[0]}",
            )
        if label in change.labels:
            found.append(line)
    return found
