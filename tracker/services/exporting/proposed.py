"""The text as it would read with proposals, as far as they can stand beside one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from tracker.services.comparing import Lineage
from tracker.services.exporting.marking import Owner, Owners
from tracker.services.exporting.telling import whole_time
from tracker.services.lines import Line
from tracker.services.proposals.colliding import collides
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.revising.applying import Passage, applied


def beside_one_another(
    language: str, chosen: Sequence[Proposal], kept: Mapping[str, Change] = MappingProxyType({})
) -> list[tuple[Proposal, list[Change]]]:
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


class Step(NamedTuple):
    """A text after ``changes`` of one more proposal, and which line each new one came from."""

    proposal: Proposal
    changes: Sequence[Change]
    lines: list[Line]
    family: Lineage


def steps(
    now: Sequence[Line], taken: Sequence[tuple[Proposal, Sequence[Change]]], labels: set[str]
) -> Iterator[Step]:
    """Yield a running text as it would read with one proposal after another.

    ``labels`` are all that were ever given.
    """
    text = list(now)
    for proposal, changes in taken:
        revised = applied(text, changes, labels | {line.label for line in text})
        text = revised.lines
        yield Step(proposal, changes, text, _family(revised.passages))


def owners(step: Step, who: str, entered: Mapping[int, datetime]) -> Owners:
    """Return whose the changes of a step are: of the time that the file told they came in with.

    Else of the time their entry was written; ``entered`` gives it. What would be new is of the
    last time of all.
    """
    at = entered.get(step.proposal.entry)
    times = [(change, whole_time(change.date)) for change in step.changes]
    by_line = {
        base.line: Owner(who, at, time)
        for change, time in times
        for base in change.bases
        if base.line is not None
    }
    last = max((time for _, time in times if time is not None), default=None)
    return Owners(by_line, Owner(who, at, last))


def _family(passages: Sequence[Passage]) -> Lineage:
    split_from: dict[int, int] = {}
    merged_into: dict[int, int] = {}
    for passage in passages:
        split_from.update({line: passage.old[0] for line in passage.new if line not in passage.old})
        merged_into.update(dict.fromkeys(passage.old[1:], passage.new[0]))
    return Lineage(split_from, merged_into)
