"""Collisions: changes that want other words in one place, or the end of what another changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from tracker.services.proposals.joining import JOINT, part_ways, sides_of
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import listed, numbered
from tracker.services.snapshot import Snapshot
from tracker.text import collide

_ENDING = ("delete", "merge")
Named = tuple[Proposal, Change]
"""A change with its proposal."""


def collisions(snapshot: Snapshot, proposal: int, change: int) -> tuple[str, ...]:
    """Return the undecided proposals that one change of a proposal collides with."""
    mine = numbered(snapshot, [proposal])[0]
    own = next(c for c in mine.changes if c.number == change)
    return tuple(
        rival.id
        for _, rival in sorted(_rivals(snapshot, own).items())
        if rival.number != proposal
        and not rival.stale
        and any(clash((mine, own), (rival, other)) for other in rival.open_changes)
    )


def _rivals(snapshot: Snapshot, own: Change) -> dict[int, Proposal]:
    """Return the undecided proposals that touch what a change touches, by their numbers."""
    if own.amends is not None:
        found = listed(snapshot, amending=own.amends, undecided=True)[0]
    elif touched := {*(base.line for base in own.bases), own.after_id} - {None}:
        found = [p for line in touched for p in listed(snapshot, line=line, undecided=True)[0]]
    else:
        # What is inserted at the start touches no line, nor does what it collides with.
        found = listed(snapshot, undecided=True)[0]
    return {rival.number: rival for rival in found}


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
    proposals = list(every)
    sources = {
        f"{proposal.id}.{change.number}": change.sources
        for proposal in proposals
        for change in (*proposal.changes, *proposal.earlier)
    }
    known: set[tuple[int, int]] = set()
    for one, other in _beside(proposals):
        pair = (one[0].number, other[0].number)
        if pair in known or wanted.isdisjoint(pair):
            continue
        if _is_made_of(one, other, sources) or _is_made_of(other, one, sources):
            continue
        if clash(one, other):
            known.add(pair)
            yield one[0], other[0]


def clashes(proposals: Sequence[Proposal]) -> Iterator[tuple[Named, Named]]:
    """Yield the changes of different proposals that collide, maybe twice."""
    for one, other in _beside(proposals):
        if clash(one, other):
            yield one, other


def clash(one: Named, other: Named) -> bool:
    """Return whether changes of two proposals collide.

    Insertions at one place do if either proposal has a line there that the other has not.
    """
    if not collides(one[1], other[1]):
        return False
    both_insert = one[1].kind == other[1].kind == "insert"
    return not both_insert or not (_inserts_too(one, other) or _inserts_too(other, one))


def _inserts_too(named: Named, other: Named) -> bool:
    """Return whether a proposal inserts the line that another one inserts at this place."""
    of, its = named[0], other[1]
    return any(
        (change.kind, change.language, change.after_id, change.result)
        == ("insert", its.language, its.after_id, its.result)
        for change in of.open_changes
    )


def _is_made_of(one: Named, other: Named, sources: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a change was made, be it by way of others, of what a proposal said then."""
    if one[1].entry < other[1].entry:
        return False
    waiting, seen = list(one[1].sources), set[str]()
    while waiting:
        name = waiting.pop()
        if name.partition(".")[0] == other[0].id:
            return True
        if name not in seen:
            seen.add(name)
            waiting += sources.get(name, ())
    return False


def _beside(proposals: Iterable[Proposal]) -> Iterator[tuple[Named, Named]]:
    """Yield the changes of different proposals that touch one place, once for each such place."""
    together: dict[Hashable, list[Named]] = {}
    for proposal in proposals:
        for change in _compared(proposal):
            for place in _places(change):
                together.setdefault(place, []).append((proposal, change))
    for beside in together.values():
        for one, other in combinations(beside, 2):
            if one[0] is not other[0]:
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
    its becoming one with another) with every other change of it, and with what comes to stand after
    it; moves that part ways; and insertions of different lines at one place. What is in collision
    already, and has no wording yet, collides with nothing more.
    """
    if one.language != other.language or one.in_collision or other.in_collision:
        return False
    if one.kind == "insert" and other.kind == "insert":
        return one.after_id == other.after_id and one.result != other.result
    for ending, rest in ((one, other), (other, one)):
        if ending.kind in _ENDING and rest.kind in ("insert", "move"):
            ended = {base.line for base in ending.bases} - {None}
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
    return _differ_in_words(*sorted((one, other), key=lambda c: len(c.bases), reverse=True))


def _differ_in_words(widest: Change, other: Change) -> bool:
    """Return whether two changes of wordings cannot be made one: see ``merging``."""
    if part_ways(widest, other):
        return True
    ours, theirs = sides_of([("ours", widest), ("theirs", other)], widest)
    base = JOINT.join(base.text for base in widest.bases)
    return collide(base, ours.text or "", theirs.text or "")
