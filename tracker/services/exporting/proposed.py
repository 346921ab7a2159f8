"""The text as it would read with proposals, as far as they can stand beside one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from tracker.services.comparing import NO_LINEAGE, Lineage
from tracker.services.exporting.marking import Owner, Owners
from tracker.services.exporting.telling import whole_time
from tracker.services.lines import Line
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.revising.applying import Passage, one_after_another

Taken = Sequence[tuple[Proposal, Sequence[Change]]]
"""Proposals, with those of their changes that go out."""


def beside_one_another(
    language: str, chosen: Sequence[Proposal], kept: Mapping[str, Change] = MappingProxyType({})
) -> Taken:
    """Return the changes of proposals that can be made together, in the text in a language.

    Of two that collide it is the one that is advised, or the first. Left out is what starts from
    another wording or has none yet, and what collides with a change that is ``kept``, which is
    made elsewhere.
    """
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
        if own:
            found.append((proposal, own))
    return found


def _is_advised(proposal: Proposal) -> bool:
    advised = [verdict for verdict in proposal.verdicts if verdict.stage == "advised"]
    return bool(advised) and advised[-1].outcome == "accept"


class _Touch(NamedTuple):
    """A proposal, and when its change of a line was made, as the file told that it came in with."""

    proposal: Proposal
    made: str | None


class Step(NamedTuple):
    """A text after the changes of some more proposals, and which line each new one came from.

    ``touched`` says by whom each line was, by its id; none is the end of the text.
    """

    lines: Sequence[Line]
    family: Lineage
    touched: dict[int | None, _Touch]


def steps(now: Sequence[Line], taken: Taken, labels: set[str]) -> Iterator[Step]:
    """Yield a running text as it would read with one proposal after another.

    Proposals that touch none of the same lines share a step: each step is a whole text to keep and
    to compare. ``labels`` are all that were ever given.
    """
    every = one_after_another(now, (changes for _, changes in taken), labels)
    step = Step(now, NO_LINEAGE, {})
    for (proposal, changes), revised in zip(taken, every, strict=True):
        touched = _touched(step.lines, revised.lines)
        if not touched.isdisjoint(step.touched):
            yield step
            step = Step(step.lines, NO_LINEAGE, {})
        family = _family(revised.passages, step.family)
        step = Step(revised.lines, family, step.touched | _by(touched, proposal, changes))
    if step.touched:
        yield step


def _by(
    lines: Iterable[int | None], proposal: Proposal, changes: Sequence[Change]
) -> dict[int | None, _Touch]:
    """Return who touched lines, and when; what is new is of the last time of all."""
    times = [(change, whole_time(change.date)) for change in changes]
    at = {base.line: time for change, time in times for base in change.bases}
    last = max((time for _, time in times if time is not None), default=None)
    return {line: _Touch(proposal, at.get(line, last)) for line in lines}


def owners(step: Step, who: Callable[[Proposal], str], entered: Mapping[int, datetime]) -> Owners:
    """Return whose the changes of a step are, and since when.

    ``who`` names a proposer, ``entered`` gives the time of a proposal's entry.
    """

    def owner(touch: _Touch) -> Owner:
        return Owner(who(touch.proposal), entered.get(touch.proposal.entry), touch.made)

    of = {line: owner(touch) for line, touch in step.touched.items() if line is not None}
    last = next(reversed(step.touched.values()))
    return Owners(of, owner(step.touched.get(None, last)))


def _touched(before: Sequence[Line], after: Sequence[Line]) -> set[int | None]:
    """Return the lines that differ, went, or stand behind another one; none for the end."""
    # What a change leaves alone is the same object still, which is quicker to see than equality.
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    # With one line that stayed on either side, for what stands behind what.
    old = before[max(0, first - 1) : len(before) - max(0, last - 1)]
    new = after[max(0, first - 1) : len(after) - max(0, last - 1)]
    stood = {(_end(one), id(line)) for one, line in zip([None, *old], old, strict=False)}
    stands = {line.id for line in new}
    found: set[int | None] = {line.id for line in old if line.id not in stands}
    for one, line in zip([None, *new], new, strict=False):
        if (_end(one), id(line)) not in stood:
            found.add(line.id)
    is_same_end = before and after and before[-1] is after[-1]
    return found if is_same_end else found | {None}


def _end(line: Line | None) -> tuple[int, str] | None:
    """Return what the next line stands behind: on that hangs what joins the two."""
    return (line.id, line.text[-1:]) if line is not None else None


def _alike(before: Sequence[Line], after: Sequence[Line]) -> int:
    """Return how many lines two texts begin with that are the same objects."""
    pairs = enumerate(zip(before, after, strict=False))
    shorter = min(len(before), len(after))
    return next((place for place, (one, other) in pairs if one is not other), shorter)


def _family(passages: Sequence[Passage], before: Lineage) -> Lineage:
    """Return the lineage ``before``, with what was split and merged since."""
    split_from, merged_into = dict(before.split_from), dict(before.merged_into)
    for passage in passages:
        split_from.update({line: passage.old[0] for line in passage.new if line not in passage.old})
        merged_into.update(dict.fromkeys(passage.old[1:], passage.new[0]))
    return Lineage(split_from, merged_into)
