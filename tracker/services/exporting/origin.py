"""The file that a text came in as, to go out again with what became of it since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.exchange.marked import Marked
from tracker.exchange.outgoing import Edit
from tracker.services import lines, retractions
from tracker.services.comparing import Lineage
from tracker.services.exporting.flat import Flat, flat, stage
from tracker.services.exporting.marking import Owners
from tracker.services.exporting.tracking import tracked
from tracker.services.importing.marked.places import places
from tracker.services.lines import Line
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.snapshot import Snapshot, at_state
from tracker.store import tables

Read = Callable[[bytes, str], Marked]
"""How the bytes of a file, of that name, are read."""


class Origin(NamedTuple):
    """A file, the entry that brought it in, what it says, and where each of its lines stands."""

    content: bytes
    name: str
    entry: int
    marked: Marked
    flat: Flat


def origin(snapshot: Snapshot, suffix: str, read: Read) -> Origin | None:
    """Return the newest file of a kind that the text came from; none if there is no such.

    What only came home is none: it names no language, and its marks are those of changes that are
    known.
    """
    source = tables.source
    query = (
        select(source.c.content, source.c.file, source.c.entry)
        .where(
            snapshot.known(source),
            source.c.role == "imported",
            source.c.language == snapshot.language,
            ~retractions.undone(snapshot, source.c.entry),
        )
        .order_by(source.c.id.desc())
    )
    rows = snapshot.connection.execute(query).all()
    for content, name, entry in rows:
        if content is None or not (name or "").lower().endswith(suffix):
            continue
        marked = read(content, name)
        for came in _came_at(snapshot, entry, [row.entry for row in rows if row.content is None]):
            then = tuple(lines.running_text(at_state(snapshot, f"@{came}")))
            spans = places(then, marked)
            if spans is not None:
                found = Flat(marked.text, then, tuple(spans))
                return Origin(content, name, came, marked, found)
    return None


def _came_at(snapshot: Snapshot, entry: int, erased: Sequence[int]) -> list[int]:
    """Return the entries that may have brought a file in that an entry stored.

    What an entry stored that sealed a remark is a copy of one of those that were ``erased``.
    """
    seal = tables.seal
    query = select(seal.c.entry).where(seal.c.document == snapshot.document)
    sealing = set(snapshot.connection.scalars(query.distinct()))
    if entry not in sealing:
        return [entry]
    return [each for each in erased if each < entry and each not in sealing]


def came_along(found: Origin, every: Sequence[Proposal]) -> list[Proposal]:
    """Return the proposals that came with a file as its tracked changes, and are undecided."""
    return [
        proposal
        for proposal in every
        if any(_is_of(found, change) for change in proposal.open_changes)
    ]


def kept(found: Origin, chosen: Sequence[Proposal], *states: Sequence[Line]) -> dict[str, Change]:
    """Return the changes, by name, that stay tracked as the file has them.

    Their lines say in all these states what they say in the file; what would change one of them
    again goes with it.
    """
    was = {line.id: line.text for line in found.flat.lines}
    texts = [{line.id: line.text for line in state} for state in states]
    stay: dict[str, Change] = {}
    for proposal in chosen:
        for change in proposal.open_changes:
            stands = all(
                base.line is not None and text.get(base.line) == was.get(base.line)
                for base in change.bases
                for text in texts
            )
            if _is_of(found, change) and (
                stands if change.amends is None else change.amends in stay
            ):
                stay[f"{proposal.id}.{change.number}"] = change
    return stay


def marks_of(
    found: Origin, every: Sequence[Proposal], stay: Collection[Change], edits: Collection[Edit]
) -> frozenset[int]:
    """Return the marks of a file, by their places, that stay in it: those of changes that ``stay``.

    So do those that no change here says, where no edit touches them, and if they are within
    another, where that stays.
    """
    told = [change for own in every for change in (*own.changes, *own.earlier)]
    claimed = {mark for change in told if _is_of(found, change) for mark in change.marks}
    marks = {mark for change in stay for mark in change.marks}
    others = [item for item in enumerate(found.marked.marks) if item[0] not in claimed]
    marks |= {
        place
        for place, mark in others
        if mark.within is None
        and not any(edit.start <= mark.end and mark.start <= edit.end for edit in edits)
    }
    return frozenset({*marks, *(place for place, mark in others if mark.within in marks)})


def _is_of(found: Origin, change: Change) -> bool:
    return bool(change.marks) and change.entry == found.entry


def settled(
    found: Origin, before: Sequence[Line], family: Lineage
) -> tuple[Flat, tuple[Edit, ...]]:
    """Return a text as it stands in a file, and the edits that make it so, none of them tracked."""
    target = flat(before, found.flat)
    stages = [stage(found.flat), stage(target, family)]
    return target, tracked(stages, [Owners(), Owners()], 1).edits
