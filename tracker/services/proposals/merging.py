"""One proposal made of several: what they change together, and what collides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.errors import NotFound, Refused, UsageError
from tracker.services.names import change_id, proposal_id
from tracker.services.proposals.checking import all_undecided, check_current
from tracker.services.proposals.colliding import Named, clashes
from tracker.services.proposals.joining import (
    JOINT,
    Collision,
    Side,
    check_names,
    join,
    part_ways,
    sides_of,
)
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.storing import NewChange
from tracker.services.proposals.updating import results_of
from tracker.services.proposals.writing import propose_many
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


class Part(NamedTuple):
    """One change of the merged proposal. ``text`` is none where its sides collide.

    ``base`` is none for an insertion, ``touched`` says that two sides changed one sentence.
    """

    place: str
    base: str | None
    text: str | None
    sides: tuple[Side, ...]
    collisions: tuple[Collision, ...]
    touched: bool
    stored: NewChange


class Merging(NamedTuple):
    """What a merge makes of several proposals.

    ``given_way`` names the changes that are left out, each with the one that stands in their place.
    """

    proposals: tuple[Proposal, ...]
    parts: tuple[Part, ...]
    given_way: tuple[tuple[str, str], ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """The comments that any of them answers."""
        every = (answer for proposal in self.proposals for answer in proposal.answers)
        return tuple(sorted(set(every), key=lambda name: int(name[1:])))

    @property
    def in_collision(self) -> bool:
        """Whether something of it has to be resolved."""
        return any(part.collisions for part in self.parts)

    @property
    def needs_approval(self) -> bool:
        """Whether two sides touched one sentence and merged cleanly, or a change is left out."""
        touched = any(part.touched and not part.collisions for part in self.parts)
        return touched or bool(self.given_way)


def plan(snapshot: Snapshot, names: Sequence[str], take: Sequence[str] = ()) -> Merging:
    """Return what several proposals make together; where they collide, ``take`` says whose words.

    Raises UsageError for fewer than two, Refused for one that is decided, stale or in collision,
    or if they insert, move or join lines in ways that cannot both be; BadInput if ``take`` is none
    of them.
    """
    numbers = dict.fromkeys(proposal_id(name) for name in names)
    if len(numbers) < 2:
        raise UsageError("a merge is of two proposals or more", "name them: P1 P2")
    _check_here(snapshot, list(numbers))
    chosen = all_undecided(snapshot, (f"P{number}" for number in numbers))
    for proposal in chosen:
        check_current(snapshot, proposal)
    check_names([Side(proposal.id, None) for proposal in chosen], take)
    gone = _giving_way(chosen, take)
    every = [(proposal, change) for proposal in chosen for change in proposal.open_changes]
    changes = [named for named in every if _name(named) not in gone]
    parts = [_rewording(group, take) for group in _by_line(changes)]
    parts += _alike([named for named in changes if named[1].kind in ("insert", "move")])
    return Merging(tuple(chosen), tuple(parts), tuple(gone.items()))


def store(
    entry: Entry,
    snapshot: Snapshot,
    merging: Merging,
    *,
    proposer: str,
    rationale: str | None = None,
) -> str:
    """Store a new proposal of several, and return its id."""
    return propose_many(
        entry,
        snapshot,
        [part.stored for part in merging.parts],
        proposer=proposer,
        rationale=rationale,
        answers=merging.answers,
    )


def _check_here(snapshot: Snapshot, numbers: Sequence[int]) -> None:
    """Raise NotFound for a proposal that only another document has."""
    proposal, document = tables.proposal, tables.document
    query = select(proposal.c.id).where(snapshot.known(proposal), proposal.c.id.in_(numbers))
    missing = set(numbers) - set(snapshot.connection.scalars(query))
    for number in sorted(missing):
        elsewhere = select(document.c.key).where(
            proposal.c.document == document.c.id, proposal.c.id == number
        )
        keys = sorted(snapshot.connection.scalars(elsewhere))
        if keys:
            raise NotFound(
                f"{snapshot.key} has no proposal P{number}; {', '.join(keys)} has one",
                "proposals of one document can be merged, those of two cannot",
            )


def _source(named: Named) -> tuple[int, int]:
    return named[0].number, named[1].number


def _name(named: Named) -> str:
    return f"{named[0].id}.{named[1].number}"


def _by_line(changes: Sequence[Named]) -> Iterator[list[Named]]:
    """Yield the changes of wordings in groups: those that touch one line, directly or not."""
    groups: list[tuple[set[object], list[Named]]] = []
    for named in changes:
        change = named[1]
        if change.kind in ("insert", "move"):
            continue
        places: set[object] = {(change.language, base.line) for base in change.bases}
        if change.amends is not None:
            places = {change.amends}
        beside = [group for group in groups if group[0] & places]
        if not beside:
            groups.append((places, [named]))
            continue
        for taken, members in beside[1:]:
            beside[0][0].update(taken)
            beside[0][1].extend(members)
        beside[0][0].update(places)
        beside[0][1].append(named)
        groups = [group for group in groups if group not in beside[1:]]
    for _, members in groups:
        yield members


def _rewording(group: Sequence[Named], take: Sequence[str]) -> Part:
    """Return what changes of one line, or of lines that are merged, make together."""
    widest = max(group, key=lambda named: len(named[1].bases))
    change = widest[1]
    for named in group:
        if part_ways(change, named[1]):
            raise Refused(
                f"{_name(widest)} and {_name(named)} cannot both be: they join, split or delete "
                "the same lines",
                "withdraw one of them, or merge the proposals without it",
            )
    base = JOINT.join(each.text for each in change.bases)
    sides = sides_of([(_name(named), named[1]) for named in group], change)
    joined = join(base, sides, change.language, take)
    kind = _kind(group, joined.text, collide=bool(joined.collisions))
    like = next((named[1] for named in group if named[1].kind == kind), change)
    is_text = joined.text is not None and not joined.collisions
    stored = NewChange(
        kind=kind,
        language=change.language,
        bases=tuple((each.line, each.wording) for each in change.bases),
        results=results_of(like, joined.text) if is_text and joined.text is not None else (),
        amends=_amended(change),
        sources=tuple(dict.fromkeys(_source(named) for named in group)),
    )
    noun = "line" if len(change.bases) == 1 else "lines"
    place = change.amends or f"{noun} {', '.join(change.labels)}"
    shown = joined.text.replace(JOINT, "\n") if joined.text is not None else None
    said = base.replace(JOINT, "\n")
    return Part(place, said, shown, tuple(sides), joined.collisions, joined.touched, stored)


def _amended(change: Change) -> tuple[int, int] | None:
    if change.amends is None:
        return None
    number, of = change_id(change.amends)
    return number, of or 1


def _kind(group: Sequence[Named], text: str | None, *, collide: bool) -> str:
    kinds = {named[1].kind for named in group}
    if text is None and not collide:
        return "delete"
    if "merge" in kinds:
        return "merge"
    if "split" in kinds and (text is None or JOINT in text):
        return "split"
    return "replace"


def _giving_way(chosen: Sequence[Proposal], take: Sequence[str]) -> dict[str, str]:
    """Return the changes that are left out, each with the preferred one that it gives way to.

    These are insertions, moves, and what collides with them. Of what has no words of its own to be
    joined, nothing in between can be stored: where neither side is preferred it is refused.
    """
    ranks = {name.strip().upper(): rank for rank, name in enumerate(take)}

    def rank(named: Named) -> int:
        return ranks.get(named[0].id, len(ranks))

    pairs = [
        sorted(pair, key=rank)
        for pair in clashes(chosen)
        if not {"insert", "move"}.isdisjoint(named[1].kind for named in pair)
    ]
    gone: dict[str, str] = {}
    # What gives way to the first that is preferred stands in nobody's way any more.
    for first, last in sorted(pairs, key=lambda pair: rank(pair[0])):
        if _name(first) in gone or _name(last) in gone:
            continue
        if first[0].id not in ranks:
            raise Refused(
                f"{_name(first)} and {_name(last)} collide: {_why(first[1], last[1])}",
                f"say whose change stands (--take {first[0].id}), or decide them one by one",
            )
        gone[_name(last)] = _name(first)
    return gone


def _why(one: Change, other: Change) -> str:
    kinds = {one.kind, other.kind}
    if kinds == {"insert"}:
        where = f"after line {one.after}" if one.after != "0" else "at the start"
        return f"they insert different lines {where}"
    if kinds == {"move"}:
        return f"they move line {one.line} to two places"
    ending, rest = (one, other) if one.kind in ("delete", "merge") else (other, one)
    does = "deletes" if ending.kind == "delete" else "merges with another"
    if rest.kind == "move" and rest.line in ending.labels:
        return f"one moves line {rest.line}, which the other {does}"
    return f"one puts a line behind line {rest.after}, which the other {does}"


def _alike(changes: Sequence[Named]) -> Iterator[Part]:
    """Yield insertions and moves in the order of their proposals, those that are alike once."""
    groups: dict[object, list[Named]] = {}
    for named in changes:
        change = named[1]
        key = (change.kind, change.language, change.line_id, change.after_id, change.result)
        groups.setdefault(key, []).append(named)
    for group in groups.values():
        change = group[0][1]
        stored = NewChange(
            kind=change.kind,
            language=change.language,
            bases=tuple((base.line, base.wording) for base in change.bases),
            results=change.results,
            after_line=change.after_id,
            sources=tuple(_source(named) for named in group),
        )
        where = f"after line {change.after}" if change.after != "0" else "at the start"
        place = f"line {change.line} {where}" if change.kind == "move" else where
        sides = tuple(Side(_name(named), change.result) for named in group)
        yield Part(place, change.base, change.result, sides, (), False, stored)
