"""Collisions: changes that want other words in one place, or the end of what another changes."""

from __future__ import annotations

from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import listed, numbered
from tracker.services.snapshot import Snapshot
from tracker.text import collide

_ENDING = ("delete", "merge")


def collisions(snapshot: Snapshot, proposal: int, change: int) -> tuple[str, ...]:
    """Return the undecided proposals that one change of a proposal collides with."""
    own = next(c for c in numbered(snapshot, [proposal])[0].changes if c.number == change)
    touched = dict.fromkeys([*(base.line for base in own.bases), own.after_id])
    rivals: dict[int, Proposal] = {}
    for line in touched or [None]:
        found = listed(snapshot, line=line, undecided=True)[0]
        rivals.update((rival.number, rival) for rival in found)
    return tuple(
        rival.id
        for _, rival in sorted(rivals.items())
        if rival.number != proposal
        and not rival.stale
        and any(collides(own, other) for other in rival.open_changes)
    )


def collides(one: Change, other: Change) -> bool:
    """Return whether two changes cannot both be made as they were proposed.

    Different wordings collide where they change the same words; the end of a line (its deletion, or
    its going into another) with every other change of it, and with what stands after it; moves
    that part ways; and insertions of different lines at one place.
    """
    if one.language != other.language:
        return False
    if one.kind == "insert" and other.kind == "insert":
        return one.after_id == other.after_id and one.result != other.result
    for ending, rest in ((one, other), (other, one)):
        if ending.kind in _ENDING and rest.kind in ("insert", "move"):
            ended = {base.line for base in ending.bases[ending.kind == "merge" :]}
            if rest.after_id in ended:
                return True
    shared = {base.line for base in one.bases} & {base.line for base in other.bases}
    return bool(shared - {None}) and _differ(one, other)


def _differ(one: Change, other: Change) -> bool:
    """Return whether two changes of the same line want different things."""
    kinds = {one.kind, other.kind}
    if kinds == {"move"}:
        return one.after_id != other.after_id
    if "delete" in kinds:
        return kinds != {"delete"}
    if "move" in kinds:
        return False
    if kinds == {"replace"} and one.base == other.base:
        return collide(one.base or "", one.result or "", other.result or "")
    return (one.kind, one.result) != (other.kind, other.result)
