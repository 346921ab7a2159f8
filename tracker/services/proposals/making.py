"""From a change as it is handed in to one that can be stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tracker.errors import BadInput, Refused
from tracker.services import lines
from tracker.services.inputs import check_wording
from tracker.services.lines import NEW, Line
from tracker.services.names import change_id, is_change
from tracker.services.proposals.checking import find_change
from tracker.services.proposals.proposal import Change, Proposal, Result
from tracker.services.proposals.reading import numbered
from tracker.services.proposals.storing import NewChange
from tracker.services.snapshot import Snapshot

_GONE = "propose a line in its place: tracker propose --insert-after LABEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """One change as it is handed in: of ``label``, or after it (``0``: first).

    ``text`` is the new wording; a deletion and a move have none. ``base`` is the wording that was
    shown to who proposes it, where one was. ``also`` are the further lines of a merge, ``after``
    is where a line moves to (``0``: first), ``parts`` what it is split into. ``label`` may be a
    change, ``P2.1``, whose wording is to be another: a sub-amendment.
    """

    kind: str
    label: str
    text: str | None = None
    base: int | None = None
    also: tuple[str, ...] = ()
    after: str | None = None
    parts: tuple[str, ...] = ()


def new_change(snapshot: Snapshot, proposed: Proposed) -> NewChange:
    """Return a change as it is stored.

    Raises BadInput for a text that cannot be stored or changes nothing, NotFound for a line that is
    not there, Refused for one that was deleted or cannot be changed so.
    """
    if is_change(proposed.label):
        return _amendment(snapshot, proposed)
    first = proposed.kind == "insert" and proposed.label == "0"
    line = None if first else lines.standing(snapshot, proposed.label, _GONE)
    if line is not None and proposed.base not in (None, line.wording):
        raise Refused(
            f"line {line.label} got another wording while yours was written\n"
            f"  it now says: {line.text}\n  yours was: {proposed.text}",
            "propose it anew on the current wording",
        )
    if line is None or proposed.kind == "insert":
        text = check_wording(proposed.text or "")
        own = line.id if line is not None else None
        return NewChange("insert", snapshot.language, (), (Result(NEW, text),), own)
    if proposed.kind == "move":
        return _move(snapshot, line, proposed.after or "0")
    bases: Sequence[Line] = [line]
    if proposed.kind == "merge":
        also = [lines.standing(snapshot, label, _GONE) for label in proposed.also]
        bases = _neighbours(snapshot, [line, *also])
    return NewChange(
        kind=proposed.kind,
        language=snapshot.language,
        bases=tuple((base.id, base.wording) for base in bases),
        results=_results(line, proposed),
    )


def _results(line: Line, proposed: Proposed) -> tuple[Result, ...]:
    if proposed.kind == "delete":
        return ()
    if proposed.kind == "split":
        parts = [check_wording(part) for part in proposed.parts]
        if len(parts) < 2:
            raise BadInput(
                "a split has two parts or more",
                "give each with a --text of its own, or one below the other",
            )
        # What follows a heading is text below it; parts of a sentence or paragraph stay in it.
        block = "paragraph" if line.kind == "heading" else None
        return (Result(NEW, parts[0]), *(Result(NEW, part, block=block) for part in parts[1:]))
    text = check_wording(proposed.text or "")
    if proposed.kind == "replace" and text == line.text:
        raise BadInput(
            f"this is what line {line.label} says already",
            "give the wording that should take its place",
        )
    return (Result(NEW, text),)


def _move(snapshot: Snapshot, line: Line, after: str) -> NewChange:
    target = None if after == "0" else lines.standing(snapshot, after, _GONE)
    before, _ = lines.neighbours(snapshot, line, snapshot.language)
    own = target.id if target is not None else None
    if own in (line.id, before.id if before is not None else None):
        where = f"after line {after}" if target is not None else "at the start"
        raise BadInput(
            f"line {line.label} stands {where} already"
            if own != line.id
            else f"line {line.label} cannot stand after itself",
            "name the line it is to follow: --move-after LINE (0: first)",
        )
    bases = ((line.id, line.wording),)
    return NewChange("move", snapshot.language, bases, after_line=own)


def _neighbours(snapshot: Snapshot, merged: Sequence[Line]) -> list[Line]:
    """Return lines in the order of the text. Raises Refused unless they stand side by side."""
    ordered = sorted({line.id: line for line in merged}.values(), key=lambda line: line.rank or "")
    if len(ordered) < 2:
        raise BadInput(
            "a merge is of two lines or more", "name them: tracker propose 12,13 --merge"
        )
    for line, following in pairwise(ordered):
        behind = lines.neighbours(snapshot, line, snapshot.language)[1]
        if behind is None or behind.id != following.id:
            between = f", line {behind.label} does" if behind is not None else ""
            raise Refused(
                f"line {following.label} does not stand right behind line {line.label}{between}",
                "merge lines that stand side by side, or move one there first",
            )
    return ordered


def amended(snapshot: Snapshot, name: str) -> tuple[Proposal, Change]:
    """Return a proposal and the change of it so named; of its only change, ``P2`` is enough.

    Raises NotFound if there is no such change, Refused if another has taken its place.
    """
    number, wanted = change_id(name)
    proposal = numbered(snapshot, [number])[0]
    if wanted is None and len(proposal.changes) == 1:
        return proposal, proposal.changes[0]
    return proposal, find_change(proposal, wanted)


def _amendment(snapshot: Snapshot, proposed: Proposed) -> NewChange:
    """Return a change of what another proposal says."""
    proposal, change = amended(snapshot, proposed.label)
    name = f"{proposal.id}.{change.number}"
    if proposed.kind != "replace":
        raise BadInput(
            f"{name} can only get another wording",
            f"give it: tracker propose {name} --from WHO --text TEXT",
        )
    if change not in proposal.open_changes:
        verdict = change.verdict or proposal.decision
        raise Refused(
            f"{name} is {verdict.outcome if verdict else 'decided'} already",
            "propose another wording of its line",
        )
    if len(change.results) != 1:
        why = "is in collision" if change.in_collision else "has no one wording to be changed"
        raise Refused(f"{name} {why}", f"look at it: tracker proposal show {proposal.id}")
    text = check_wording(proposed.text or "")
    if proposed.base not in (None, change.result_wording):
        raise Refused(f"{name} got another wording while yours was written", "propose it anew")
    if text == change.result:
        raise BadInput(f"this is what {name} says already", "give the wording it should have")
    base = (None, change.results[0].wording)
    # An open change has its proposal's number and its own.
    of = (proposal.number, change.number)
    return NewChange("replace", change.language, (base,), (Result(NEW, text),), amends=of)
