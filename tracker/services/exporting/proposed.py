"""The text as it would read with proposals, as far as they can stand beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tracker.services import lines
from tracker.services.comparing import Lineage
from tracker.services.lines import Line
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.revising.applying import Passage, applied
from tracker.services.snapshot import Snapshot


class AsProposed(NamedTuple):
    """A text with changes made in it: which proposals changed each line, by its id.

    ``left`` are the changes that were not made: they collide with one that was, start from another
    wording, or have none yet.
    """

    lines: list[Line]
    whose: dict[int, list[Proposal]]
    family: Lineage
    made: frozenset[str]
    left: frozenset[str]


def as_proposed(
    snapshot: Snapshot,
    now: Sequence[Line],
    chosen: Sequence[Proposal],
    family: Lineage,
    kept: Mapping[str, Change] = MappingProxyType({}),
) -> AsProposed:
    """Return a running text with the changes of these proposals, those advised before others.

    ``family`` is how the lines of the text came from others so far. The changes in ``kept`` are
    made elsewhere: what collides with one of them is left.
    """
    labels = lines.labels(snapshot)
    taken = _beside_one_another(snapshot.language, chosen, kept)
    text = list(now)
    whose: dict[int, list[Proposal]] = {}
    for proposal, changes in taken:
        revised = applied(text, changes, labels | {line.label for line in text})
        for line in _touched(text, revised.lines):
            whose.setdefault(line, []).append(proposal)
        family = _with(family, revised.passages)
        text = revised.lines
    made = {f"{own.id}.{change.number}" for own, changes in taken for change in changes}
    every = {f"{own.id}.{change.number}" for own in chosen for change in own.open_changes}
    made |= kept.keys()
    return AsProposed(text, whose, family, frozenset(made), frozenset(every - made))


def _beside_one_another(
    language: str, chosen: Sequence[Proposal], kept: Mapping[str, Change]
) -> list[tuple[Proposal, list[Change]]]:
    """Return the changes that can be made together; of two that collide the first, or advised."""
    found: list[tuple[Proposal, list[Change]]] = []
    standing = list(kept.values())
    for proposal in sorted(chosen, key=lambda each: not _is_advised(each)):
        own = [
            change
            for change in proposal.open_changes
            if change.language == language
            and f"{proposal.id}.{change.number}" not in kept
            and not (change.stale or change.in_collision or change.amends)
            and not any(collides(change, other) for other in standing)
        ]
        standing += own
        found.append((proposal, own))
    return [(proposal, changes) for proposal, changes in found if changes]


def _is_advised(proposal: Proposal) -> bool:
    advised = [verdict for verdict in proposal.verdicts if verdict.stage == "advised"]
    return bool(advised) and advised[-1].outcome == "accept"


def _touched(before: Sequence[Line], after: Sequence[Line]) -> Iterator[int]:
    """Yield the lines that came, went, moved or have other words."""
    old = {line.id: (line.text, line.rank) for line in before}
    new = {line.id: (line.text, line.rank) for line in after}
    yield from (line for line in old.keys() | new.keys() if old.get(line) != new.get(line))


def _with(family: Lineage, passages: Sequence[Passage]) -> Lineage:
    split_from, merged_into = dict(family.split_from), dict(family.merged_into)
    for passage in passages:
        for line in passage.new:
            if line not in passage.old:
                split_from[line] = passage.old[0]
        for line in passage.old[1:]:
            merged_into[line] = passage.new[0]
    return Lineage(split_from, merged_into)
