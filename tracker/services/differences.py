"""Differences: between the versions of a line, proposals, and states of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import NotFound, Refused
from tracker.exchange.view import Run
from tracker.services import lines
from tracker.services.comparing import Compared, compare, lineage
from tracker.services.names import proposal_id
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import numbered
from tracker.services.redlines import runs
from tracker.services.snapshot import Snapshot, at_state


@dataclass(frozen=True, slots=True)
class Difference:
    """A redline of one line: ``old`` and ``new`` name what is compared.

    Between two states, ``kinds`` says what became of it, ``old_lines`` and ``new_lines`` are the
    labels it had then and later (several where lines were split or merged), and ``was_after`` and
    ``after`` the labels of the lines before it (``0``: it is the first).
    """

    line: str
    old: str
    new: str
    runs: tuple[Run, ...]
    kinds: tuple[str, ...] = ("edited",)
    old_lines: tuple[str, ...] = ()
    new_lines: tuple[str, ...] = ()
    was_after: str | None = None
    after: str | None = None


def last_versions(snapshot: Snapshot, label: str) -> list[Difference]:
    """Return what differs between the last two versions of a line.

    Raises Refused if it has only one, NotFound if there is no such line.
    """
    line = lines.find(snapshot, label)
    versions = lines.versions(snapshot, line.id)
    if len(versions) < 2:
        raise Refused(
            f"line {label} has only one version", f"tracker show {label} lists its proposals"
        )
    old, new = versions[-2:]
    found = runs(old.text, new.text)
    return [Difference(label, f"{label}:{old.number}", f"{label}:{new.number}", found)]


def proposals(snapshot: Snapshot, names: Sequence[str]) -> list[Difference]:
    """Return the changes of one proposal, or what differs between the results of two.

    Raises NotFound for a proposal that is not there, Refused if two share no line.
    """
    found = numbered(snapshot, [proposal_id(name) for name in names])
    if len(found) == 1:
        return [_own(found[0], change) for change in found[0].changes]
    one, other = found
    pairs = [
        (mine, theirs)
        for mine in one.changes
        for theirs in other.changes
        if _place(mine) == _place(theirs)
    ]
    if not pairs:
        raise Refused(
            f"{one.id} and {other.id} have no line in common",
            f"look at each: tracker diff {one.id}",
        )
    return [
        Difference(
            line=mine.line or mine.after or "0",
            old=f"{one.id}.{mine.number}",
            new=f"{other.id}.{theirs.number}",
            runs=runs(mine.result or "", theirs.result or ""),
        )
        for mine, theirs in pairs
    ]


def _place(change: Change) -> tuple[int | None, int | None, str]:
    return change.line_id, change.after_id, change.language


def _own(proposal: Proposal, change: Change) -> Difference:
    return Difference(
        line=change.line or f"after {change.after}",
        old="base",
        new=f"{proposal.id}.{change.number}",
        runs=runs(change.base or "", change.result or ""),
    )


def states(snapshot: Snapshot, one: str, other: str) -> list[Difference]:
    """Return what differs between two states, line by line; an empty name is the text as it is.

    Two versions of one line are compared by themselves. Raises NotFound for a state that is not
    there.
    """
    here = f"@{snapshot.at}"
    one, other = one or here, other or here
    if not snapshot.at:
        raise NotFound("there is nothing to compare yet", "bring a text in: tracker import FILE")
    earlier, later = at_state(snapshot, one), at_state(snapshot, other)
    label = one.partition(":")[0]
    if ":" in one and ":" in other and other.partition(":")[0] == label:
        texts = [lines.find(state, label).text for state in (earlier, later)]
        return [Difference(label, one, other, runs(*texts))] if texts[0] != texts[1] else []
    # What was split or merged is known at the newer of the two.
    family = lineage(max(earlier, later, key=lambda state: state.at))
    found = compare(lines.running_text(earlier), lines.running_text(later), family)
    return [_difference(compared, one, other) for compared in found if compared.kinds]


def _difference(compared: Compared, one: str, other: str) -> Difference:
    return Difference(
        line=compared.label,
        old=one,
        new=other,
        runs=compared.runs,
        kinds=compared.kinds,
        old_lines=tuple(line.label for line in compared.old),
        new_lines=tuple(line.label for line in compared.new),
        was_after=compared.was_after,
        after=compared.after,
    )
