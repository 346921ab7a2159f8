"""Choosing a wording where changes collide: one side's words, or new ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import BadInput, Refused
from tracker.services.inputs import check_wording
from tracker.services.lines import NEW
from tracker.services.names import change_id
from tracker.services.proposals.checking import check_standing, undecided_changes
from tracker.services.proposals.joining import (
    JOINT,
    Side,
    check_names,
    check_unmarked,
    join,
    sides_of,
)
from tracker.services.proposals.proposal import Change, Proposal, Result
from tracker.services.proposals.reading import numbered
from tracker.services.proposals.storing import NewChange, next_change, store_changes
from tracker.services.proposals.updating import CURRENT
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry


class Unresolved(NamedTuple):
    """A change in collision: the text that all sides start from, and what each makes of it."""

    proposal: Proposal
    change: Change
    base: str
    sides: tuple[Side, ...]

    @property
    def name(self) -> str:
        """The name of the change."""
        return f"{self.proposal.id}.{self.change.number}"


def find(snapshot: Snapshot, name: str) -> Unresolved:
    """Return a change in collision (``P5.1``; ``P5`` if it has only one) with its sides.

    Raises Refused if nothing of it is in collision, or its line has got another wording since.
    """
    proposal, changes = undecided_changes(snapshot, name)
    waiting = [change for change in changes if change.in_collision]
    if not waiting:
        raise Refused(
            f"{name} is not in collision", f"see it with: tracker proposal show {proposal.id}"
        )
    if len(waiting) > 1:
        names = ", ".join(f"{proposal.id}.{change.number}" for change in waiting)
        raise Refused(f"{proposal.id} has several changes in collision", f"name one: {names}")
    change = waiting[0]
    own = f"{proposal.id}.{change.number}"
    if change.stale:
        if change.amends is None:
            check_standing(snapshot, own, change)
        raise Refused(
            f"{own} starts from a wording that is no longer current",
            f"carry it over: tracker proposal update {proposal.id}",
        )
    sources = [_source(snapshot, source) for source in change.sources]
    if change.supersedes is not None:
        base = _joined(sources[0][1])
        sides = [Side(CURRENT, _joined(change)), *sides_of(sources, sources[0][1])]
        return Unresolved(proposal, change, base, tuple(sides))
    return Unresolved(proposal, change, _joined(change), tuple(sides_of(sources, change)))


def _joined(change: Change) -> str:
    return JOINT.join(base.text for base in change.bases)


def _numbers(name: str) -> tuple[int, int]:
    number, of = change_id(name)
    return number, of or 1


def _source(snapshot: Snapshot, name: str) -> tuple[str, Change]:
    number, of = change_id(name)
    proposal = numbered(snapshot, [number])[0]
    every = (*proposal.changes, *proposal.earlier)
    return name, next(change for change in every if change.number == of)


def taken(unresolved: Unresolved, take: Sequence[str]) -> NewChange:
    """Return a change that resolves a collision by whose words are preferred.

    Raises BadInput for a name that is no side, Refused if what is left of them still collides.
    """
    check_names(unresolved.sides, take)
    change = unresolved.change
    joined = join(unresolved.base, unresolved.sides, change.language, take)
    if joined.collisions:
        first = joined.collisions[0]
        raise Refused(
            f"{first.one} and {first.other} still collide: {first.words!r} and "
            f"{first.other_words!r}",
            f"say whose words come next: --take {','.join([*take, first.other])}",
        )
    if joined.text is None:
        return _resolution(unresolved, "delete", ())
    parts = joined.text.split(JOINT)
    if change.kind == "merge":
        parts = [" ".join(parts)]
    return _resolution(unresolved, *_worded(change, parts))


def given(unresolved: Unresolved, text: str) -> NewChange:
    """Return a change that resolves a collision in words of its own; of a split, a part a line."""
    known = (unresolved.base, *(side.text for side in unresolved.sides))
    text = check_unmarked(text, *known)
    change = unresolved.change
    parts = [part for part in text.splitlines() if part.strip()] if change.kind == "split" else []
    return _resolution(unresolved, *_worded(change, parts or [text]))


def _worded(change: Change, parts: Sequence[str]) -> tuple[str, tuple[Result, ...]]:
    kind = change.kind
    if kind == "split" and len(parts) == 1:
        kind = "replace"
    elif kind == "replace" and len(parts) > 1:
        kind = "split"
    return kind, tuple(Result(NEW, check_wording(part)) for part in parts)


def _resolution(unresolved: Unresolved, kind: str, results: tuple[Result, ...]) -> NewChange:
    change = unresolved.change
    if kind == "replace" and results[0].text == change.base:
        raise BadInput(
            "with these words nothing would change",
            f"withdraw the proposal instead: tracker proposal withdraw {unresolved.proposal.id}",
        )
    number, of = change_id(change.amends) if change.amends else (0, None)
    return NewChange(
        kind=kind,
        language=change.language,
        bases=tuple((base.line, base.wording) for base in change.bases),
        results=results,
        supersedes=change.number,
        amends=(number, of) if of is not None else None,
        sources=tuple(_numbers(source) for source in change.sources),
    )


def store(entry: Entry, snapshot: Snapshot, unresolved: Unresolved, resolution: NewChange) -> str:
    """Store what resolves a collision in its place; return the name of the change."""
    number = unresolved.proposal.number
    first = next_change(snapshot, number)
    entry.document = snapshot.document
    store_changes(entry, snapshot.document, number, first, [resolution])
    return f"P{number}.{first}"
