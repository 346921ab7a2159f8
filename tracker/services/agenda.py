"""The agenda: what is open and waits for the group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from tracker.services import agreements, assignments, documents, unsettled, weighing
from tracker.services.assignments import Action
from tracker.services.comments.reading import Comment
from tracker.services.documents import Document
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.colliding import pairs
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.services.translations.reading import MISSING, STALE, Passage
from tracker.services.translations.unfinished import unfinished
from tracker.services.verdicts import Verdict
from tracker.services.weighing import Weighed

SHOWN = 10
"""How many of each the agenda names unless told; the numbers count all."""

Item = TypeVar("Item")


class Part(NamedTuple, Generic[Item]):
    """One part of the agenda: the first of its items, and how many there are in all."""

    items: tuple[Item, ...]
    total: int


class CollidingPair(NamedTuple):
    """Two undecided proposals that cannot both be accepted as they are, on these lines."""

    one: str
    other: str
    lines: tuple[str, ...]


class Translation(NamedTuple):
    """Lines whose translation into a language is of an earlier wording, or is missing."""

    language: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is open. ``at`` is the last entry; ``agreed`` counts lines by how they are agreed."""

    document: Document
    at: int
    flagged: Part[Weighed]
    proposals: Part[Proposal]
    collisions: Part[CollidingPair]
    stale: Part[Proposal]
    unresolved: Part[Proposal]
    without_change: Part[Comment]
    undisposed: Part[Comment]
    overdue: Part[Action]
    orphaned: Part[Comment]
    translations: Part[Translation]
    untranslated: Part[Translation]
    rivals: dict[str, tuple[str, ...]]
    """What each undecided proposal collides with."""
    agreed: Counter[str]
    agreements: dict[str, Verdict]
    """The agreements that hold on the flagged lines named, by label."""


def agenda(snapshot: Snapshot, today: str, limit: int | None = SHOWN) -> Agenda:
    """Return what is open at the snapshot; ``today`` (2022-10-31) tells what is overdue.

    ``limit`` says how many of each are named; none: all.
    """
    undecided, _ = proposals.listed(snapshot, undecided=True)
    collisions = colliding(undecided)
    stale = [proposal for proposal in undecided if proposal.stale]
    unresolved = [
        proposal
        for proposal in undecided
        if any(change.in_collision for change in proposal.open_changes)
    ]
    flagged = _part(*weighing.weightiest(snapshot, limit))
    unfinished_ = unfinished(snapshot)
    return Agenda(
        document=documents.find(snapshot),
        at=snapshot.at,
        flagged=flagged,
        proposals=_first(undecided, limit),
        collisions=_first(collisions, limit),
        stale=_first(stale, limit),
        unresolved=_first(unresolved, limit),
        without_change=_part(*unsettled.without_change(snapshot, limit)),
        undisposed=_part(*unsettled.undisposed(snapshot, limit)),
        overdue=_part(*assignments.overdue(snapshot, today, limit=limit)),
        orphaned=_part(*unsettled.orphaned(snapshot, limit)),
        translations=_translations(unfinished_, STALE, limit),
        untranslated=_translations(unfinished_, MISSING, limit),
        rivals=_rivals(collisions),
        agreed=agreements.counts(snapshot),
        agreements=agreements.holding(snapshot, [each.line.label for each in flagged.items]),
    )


def _translations(found: Sequence[Passage], state: str, limit: int | None) -> Part[Translation]:
    of_state = [Translation(each.language, each.labels) for each in found if each.state == state]
    return _first(of_state, limit)


def _part(items: Sequence[Item], total: int) -> Part[Item]:
    return Part(tuple(items), total)


def _first(items: Sequence[Item], limit: int | None) -> Part[Item]:
    return Part(tuple(items[:limit]), len(items))


def colliding(undecided: Sequence[Proposal]) -> list[CollidingPair]:
    """Return the pairs of undecided proposals that collide, each once; stale ones are left out."""
    found = sorted(
        pairs(undecided, {proposal.number for proposal in undecided}),
        key=lambda pair: (pair[0].number, pair[1].number),
    )
    return [
        CollidingPair(one.id, other.id, tuple(label for label in one.lines if label in other.lines))
        for one, other in found
    ]


def _rivals(collisions: Sequence[CollidingPair]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for collision in collisions:
        for own, rival in ((collision.one, collision.other), (collision.other, collision.one)):
            found[own] = (*found.get(own, ()), rival)
    return found
