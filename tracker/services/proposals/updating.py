"""Carrying a stale proposal to the current wording: what it changed, made of the text as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import Refused
from tracker.services.lines import NEW, Line
from tracker.services.names import change_id
from tracker.services.proposals.checking import check_standing, undecided_changes
from tracker.services.proposals.joining import JOINT, Collision, Side, join
from tracker.services.proposals.making import amended
from tracker.services.proposals.proposal import Change, Proposal, Result
from tracker.services.proposals.reading import numbered
from tracker.services.proposals.storing import NewChange, next_change, store_changes
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry

CURRENT = "current"
"""The name of the side that is the text as it is."""


class Updated(NamedTuple):
    """A stale change, carried over. ``text`` is none where it collides, and for a deletion.

    ``now`` is what its lines say now, ``touched`` that it and the text changed one sentence,
    ``adopted`` that the text says already what it proposed.
    """

    name: str
    change: Change
    place: str
    now: str
    text: str | None
    collisions: tuple[Collision, ...]
    touched: bool
    adopted: bool
    stored: NewChange


class Update(NamedTuple):
    """What an update makes of a proposal."""

    proposal: Proposal
    changes: tuple[Updated, ...]

    @property
    def in_collision(self) -> bool:
        """Whether something of it has to be resolved."""
        return any(updated.collisions for updated in self.changes)

    @property
    def needs_approval(self) -> bool:
        """Whether both sides touched one sentence and it merged cleanly nevertheless."""
        return any(updated.touched and not updated.collisions for updated in self.changes)


def plan(snapshot: Snapshot, name: str) -> Update:
    """Return what the stale changes of a proposal (or the one that is named) become.

    Raises Refused if nothing is stale, if a line is gone, or if all of it has been adopted.
    """
    proposal, changes = undecided_changes(snapshot, name)
    stale = [change for change in changes if change.stale]
    if not stale:
        waiting = [f"{proposal.id}.{c.number}" for c in changes if c.in_collision]
        hint = f"see it with: tracker proposal show {proposal.id}"
        if waiting:
            hint = f"resolve what collides: tracker proposal resolve {waiting[0]}"
        raise Refused(f"{name} starts from the text as it is: there is nothing to update", hint)
    updated = tuple(_updated(snapshot, proposal, change) for change in stale)
    if all(one.adopted for one in updated) and len(stale) == len(proposal.open_changes):
        places = ", ".join(one.place for one in updated)
        raise Refused(
            f"{places} already says what {proposal.id} proposes",
            f"withdraw it as adopted: tracker proposal withdraw {proposal.id} --reason adopted",
        )
    return Update(proposal, updated)


def store(entry: Entry, snapshot: Snapshot, update: Update) -> list[str]:
    """Store the carried changes in the place of the stale ones; return their names."""
    number = update.proposal.number
    first = next_change(snapshot, number)
    entry.document = snapshot.document
    store_changes(entry, snapshot.document, number, first, [one.stored for one in update.changes])
    return [f"P{number}.{first + place}" for place in range(len(update.changes))]


def _updated(snapshot: Snapshot, proposal: Proposal, change: Change) -> Updated:
    name = f"{proposal.id}.{change.number}"
    origin = _origin(proposal, change)
    if change.amends is not None:
        return _updated_amendment(snapshot, proposal, change)
    now = check_standing(snapshot, name, change)
    if change.kind in ("insert", "move"):
        # They start from no wording that could grow old; a line that is gone was told of above.
        raise Refused(
            f"{name} starts from no wording: there is nothing to update",
            f"see it with: tracker proposal show {proposal.id}",
        )
    stored = NewChange(
        kind=change.kind,
        language=change.language,
        bases=tuple((line.id, line.wording) for line in now),
        supersedes=change.number,
        sources=((proposal.number, origin.number),),
    )
    place = _place(now)
    if change.kind == "delete":
        # Somebody wants other words where this wants none: a person has to look at it.
        said = "\n".join(line.text for line in now)
        return Updated(name, change, place, said, None, (), True, False, stored)
    return _merged(name, origin, place, [line.text for line in now], stored)


def _place(lines: Sequence[Line]) -> str:
    noun = "line" if len(lines) == 1 else "lines"
    return f"{noun} {', '.join(line.label for line in lines)}"


def _origin(proposal: Proposal, change: Change) -> Change:
    """Return what was proposed: of a change in collision, the one it was carried over from."""
    if not change.in_collision:
        return change
    number, of = change_id(change.sources[0])
    earlier = {each.number: each for each in proposal.earlier}
    if number != proposal.number or of not in earlier:
        raise Refused(
            f"{proposal.id}.{change.number} was in collision when its line got another wording",
            f"withdraw {proposal.id}, update what it was made of, and merge that anew",
        )
    return earlier[of]


def _merged(
    name: str, origin: Change, place: str, now: Sequence[str], stored: NewChange
) -> Updated:
    """Return a rewording carried over: three ways, from what it started from."""
    base = JOINT.join(each.text for each in origin.bases)
    current = JOINT.join(now)
    wanted = JOINT.join(result.text for result in origin.results)
    sides = [Side(CURRENT, current), Side(name, wanted)]
    joined = join(base, sides, origin.language)
    adopted = joined.text == current
    if adopted:
        stored = stored._replace(kind="remove", bases=(), sources=())
    elif joined.text is not None:
        stored = stored._replace(results=results_of(origin, joined.text))
    shown = joined.text.replace(JOINT, "\n") if joined.text is not None else None
    said = current.replace(JOINT, "\n")
    touched = joined.touched and not adopted
    return Updated(name, origin, place, said, shown, joined.collisions, touched, adopted, stored)


def results_of(change: Change, text: str) -> tuple[Result, ...]:
    """Return the results of a change in another wording, its parts joined by ``JOINT``."""
    parts = text.split(JOINT) if change.kind == "split" else [text.replace(JOINT, " ")]
    if len(parts) == len(change.results):
        kept = zip(change.results, parts, strict=True)
        return tuple(result._replace(wording=NEW, text=part.strip()) for result, part in kept)
    return tuple(Result(NEW, part.strip()) for part in parts)


def _updated_amendment(snapshot: Snapshot, proposal: Proposal, change: Change) -> Updated:
    """Return a sub-amendment carried over to the change that took the place of what it amends."""
    name = f"{proposal.id}.{change.number}"
    number, of = change_id(change.amends or "")
    parent = numbered(snapshot, [number])[0]
    later = _successor(parent, of)
    if later is None or len(later.results) != 1:
        raise Refused(
            f"{change.amends} is no longer proposed, and nothing with one wording took its place",
            f"look at what is: tracker proposal show {parent.id}",
        )
    _, target = amended(snapshot, f"{parent.id}.{later.number}")
    stored = NewChange(
        kind="replace",
        language=change.language,
        bases=((None, target.results[0].wording),),
        supersedes=change.number,
        amends=(parent.number, target.number),
        sources=((proposal.number, change.number),),
    )
    place = f"{parent.id}.{target.number}"
    return _merged(name, change, place, [target.results[0].text], stored)


def _successor(parent: Proposal, of: int | None) -> Change | None:
    """Return the change that took the place of one, or of what did; none if nothing did.

    What was undone took the place of nothing.
    """
    earlier = (change for change in parent.earlier if not change.undone)
    followed_by = {change.supersedes: change for change in (*parent.changes, *earlier)}
    later = followed_by.get(of)
    while later is not None and later.number in followed_by:
        later = followed_by[later.number]
    return later
