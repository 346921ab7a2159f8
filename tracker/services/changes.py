"""What changed from one state to another, line by line, and why: was, now, why."""

from __future__ import annotations

from typing import NamedTuple

from tracker.errors import Refused
from tracker.services import editions, lines
from tracker.services.comparing import Compared, compare, lineage
from tracker.services.editions import Edition
from tracker.services.reasons import Reason, Step, reasons, steps_between
from tracker.services.snapshot import Snapshot, at_state


class LineChange(NamedTuple):
    """What became of a line, and why; the reasons in the order in which they came."""

    compared: Compared
    reasons: tuple[Reason, ...]


def before(snapshot: Snapshot, edition: Edition) -> str:
    """Return the name of the edition before one. Raises Refused for the first."""
    earlier = [
        each
        for each in editions.all_editions(snapshot)
        if (each.state, each.id) < (edition.state, edition.id)
    ]
    if not earlier:
        raise Refused(
            f"{edition.key} is the first edition of the document",
            "say since when: --since @1, or any other state",
        )
    return max(earlier, key=lambda each: (each.state, each.id)).key


def between(snapshot: Snapshot, one: str, other: str) -> list[LineChange]:
    """Return the lines that differ from one state to a later one, in its order, with the reasons.

    Raises NotFound for a state that is not there, Refused if the other is not the later one.
    """
    earlier, later = at_state(snapshot, one), at_state(snapshot, other)
    if earlier.at > later.at:
        raise Refused(
            f"{one} (@{earlier.at}) came after {other} (@{later.at})", "name an earlier state"
        )
    found = compare(lines.running_text(earlier), lines.running_text(later), lineage(later))
    changed = [compared for compared in found if compared.kinds]
    by_line = _by_line(steps_between(snapshot, earlier.at, later.at))
    steps = [_steps(compared, by_line) for compared in changed]
    why = reasons(snapshot, {step for own in steps for step in own})
    return [
        LineChange(compared, _in_order([why[step] for step in own]))
        for compared, own in zip(changed, steps, strict=True)
    ]


def _by_line(steps: list[Step]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    for step in steps:
        found.setdefault(step.line, []).append(step)
    return found


def _steps(compared: Compared, steps: dict[int, list[Step]]) -> list[Step]:
    """Return what led from the one to the other: new wordings, and new places where they tell."""
    standing = {line.id for line in compared.new}
    own = []
    for line in {each.id: each for each in (*compared.old, *compared.new)}:
        of_place = "moved" in compared.kinds or line not in standing
        own += [step for step in steps.get(line, ()) if of_place or step.wording is not None]
    return own


def _in_order(found: list[Reason]) -> tuple[Reason, ...]:
    """Return the reasons, each once: a proposal often does several things to one line."""
    each = {(why.entry, why.proposal.id if why.proposal else None): why for why in found}
    return tuple(sorted(each.values(), key=lambda why: why.entry))
