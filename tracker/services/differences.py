"""Differences: between the versions of a line, proposals, and states of the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

    Of two that start from the same wording, what each changes in it comes first; a proposal does
    not differ from itself. Raises NotFound
    for a proposal that is not there, Refused if two share no line.
    """
    found = numbered(snapshot, [proposal_id(name) for name in names])
    if len(found) == 1:
        return [_own(found[0], change) for change in found[0].changes]
    one, other = found
    if one.id == other.id:
        return []
    pairs = [
        (mine, theirs)
        for mine in one.changes
        for theirs in other.changes
        if mine.language == theirs.language and _places(mine) & _places(theirs)
    ]
    if not pairs:
        lines_ = (f"{each.id} is on {', '.join(each.lines) or 'no line'}" for each in found)
        raise Refused(
            f"{one.id} and {other.id} have no line in common: {'; '.join(lines_)}",
            f"look at each: tracker diff {one.id}",
        )
    return [
        difference
        for mine, theirs in pairs
        for difference in _compared((one, mine), (other, theirs))
    ]


def _compared(one: tuple[Proposal, Change], other: tuple[Proposal, Change]) -> Iterator[Difference]:
    """Yield what two changes do to their common base, and what differs between their results."""
    mine, theirs = one[1], other[1]
    for proposal, change in (one, other):
        if change.in_collision:
            name = f"{proposal.id}.{change.number}"
            raise Refused(
                f"{name} is in collision: no wording has been chosen yet",
                f"choose one: tracker proposal resolve {name}",
            )
    if mine.base is not None and mine.base == theirs.base:
        yield from (_own(*one), _own(*other))
    yield Difference(
        line=_label(mine) if mine.bases else mine.after or "0",
        old=f"{one[0].id}.{mine.number}",
        new=f"{other[0].id}.{theirs.number}",
        runs=runs(_says(mine), _says(theirs)),
    )


def _places(change: Change) -> set[object]:
    """Return what a change is of: lines, the place behind one, or another change."""
    if change.amends is not None:
        return {change.amends}
    if change.kind == "insert":
        return {("after", change.after_id, change.language)}
    return {(base.line, change.language) for base in change.bases}


def _says(change: Change) -> str:
    """Return what its lines say after a change: nothing where they are deleted."""
    stays = change.kind == "move" or change.in_collision
    return (change.base if stays else change.result) or ""


def _label(change: Change) -> str:
    if change.amends is not None:
        return change.amends
    return ", ".join(change.labels) or f"after {change.after}"


def _own(proposal: Proposal, change: Change) -> Difference:
    return Difference(
        line=_label(change),
        old="base",
        new=f"{proposal.id}.{change.number}",
        runs=runs(change.base or "", _says(change)),
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
