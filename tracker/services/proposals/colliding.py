"""Collisions: changes that want other words in one place, or the end of what another changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations

from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import listed, numbered
from tracker.services.snapshot import Snapshot
from tracker.text import collide

_ENDING = ("delete", "merge")


def collisions(snapshot: Snapshot, proposal: int, change: int) -> tuple[str, ...]:
    """Return the undecided proposals that one change of a proposal collides with."""
    own = next(c for c in numbered(snapshot, [proposal])[0].changes if c.number == change)
    rivals: dict[int, Proposal] = {}
    if own.amends is None:
        touched = dict.fromkeys([*(base.line for base in own.bases), own.after_id])
        for line in touched or [None]:
            found = listed(snapshot, line=line, undecided=True)[0]
            rivals.update((rival.number, rival) for rival in found)
    else:
        found = listed(snapshot, amending=own.amends, undecided=True)[0]
        rivals = {rival.number: rival for rival in found}
    return tuple(
        rival.id
        for _, rival in sorted(rivals.items())
        if rival.number != proposal
        and not rival.stale
        and any(collides(own, other) for other in rival.open_changes)
    )


def undecided_collisions(
    snapshot: Snapshot, proposals: Sequence[Proposal], *, line: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Return what each undecided one of some proposals collides with, stale ones left out.

    All undecided proposals (on ``line``) are read at once, and only those that share a line are
    compared.
    """
    if not any(_compared(proposal) for proposal in proposals):
        return {}
    every = listed(snapshot, line=line, undecided=True)[0]
    wanted = {proposal.number for proposal in proposals}
    found: dict[str, set[int]] = {}
    for one, other in pairs(every, wanted):
        found.setdefault(one.id, set()).add(other.number)
        found.setdefault(other.id, set()).add(one.number)
    return {name: tuple(f"P{number}" for number in sorted(own)) for name, own in found.items()}


def pairs(every: Iterable[Proposal], wanted: set[int]) -> Iterator[tuple[Proposal, Proposal]]:
    """Yield the pairs that collide, of which one is wanted."""
    together: dict[Hashable, list[tuple[Proposal, Change]]] = {}
    for proposal in every:
        for change in _compared(proposal):
            for place in _places(change):
                together.setdefault(place, []).append((proposal, change))
    known: set[tuple[int, int]] = set()
    for beside in together.values():
        for (one, own), (other, its) in combinations(beside, 2):
            pair = (one.number, other.number)
            if one is other or pair in known or wanted.isdisjoint(pair):
                continue
            if collides(own, its):
                known.add(pair)
                yield one, other


def _compared(proposal: Proposal) -> tuple[Change, ...]:
    """Return the changes that may collide: a stale proposal is to be updated first."""
    return () if proposal.stale else proposal.open_changes


def _places(change: Change) -> set[Hashable]:
    """Return what a change touches: nothing collides with it that touches none of it."""
    places: set[Hashable] = {base.line for base in change.bases if base.line is not None}
    if change.kind in ("insert", "move"):
        places.add(change.after_id)
    if change.amends is not None:
        places.add(change.amends)
    return places


def collides(one: Change, other: Change) -> bool:
    """Return whether two changes cannot both be made as they were proposed.

    Different wordings collide where they change the same words; the end of a line (its deletion, or
    its going into another) with every other change of it, and with what stands after it; moves
    that part ways; and insertions of different lines at one place. What is in collision already,
    and has no wording yet, collides with nothing more.
    """
    if one.language != other.language or one.in_collision or other.in_collision:
        return False
    if one.kind == "insert" and other.kind == "insert":
        return one.after_id == other.after_id and one.result != other.result
    for ending, rest in ((one, other), (other, one)):
        if ending.kind in _ENDING and rest.kind in ("insert", "move"):
            ended = {base.line for base in ending.bases[ending.kind == "merge" :]} - {None}
            if rest.after_id in ended or (rest.kind == "move" and rest.line_id in ended):
                return True
    if one.amends or other.amends:
        return one.amends == other.amends and _differ(one, other)
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
