"""The tracked changes of a marked text as proposals: one of each author, on lines or on another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.services.importing.copy.proposing import changes_found
from tracker.services.importing.marked.authoring import Authored, authored, authors
from tracker.services.importing.marked.dates import moment
from tracker.services.importing.marked.recutting import Based
from tracker.services.lines import NEW
from tracker.services.proposals.proposal import Result
from tracker.services.proposals.storing import NewChange


class Tracked(NamedTuple):
    """A change of lines, and its place in what was found."""

    change: NewChange
    found: int


class Amendment(NamedTuple):
    """What an author would take out again of what another's change puts in.

    ``of`` is the place of the other's proposal among those that come in, and the number of its
    change; ``text`` is how that would read.
    """

    of: tuple[int, int]
    text: str
    marks: tuple[int, ...]


class Coming(NamedTuple):
    """A proposal that comes in: ``proposer`` is who it is from, as it will be stored."""

    proposer: str
    authored: Authored
    changes: tuple[Tracked, ...]
    amendments: tuple[Amendment, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is any change in it."""
        return bool(self.changes or self.amendments)

    @property
    def marks(self) -> set[int]:
        """The marks that it says, by their places in the marked text."""
        said = [each.change.marks for each in self.changes]
        return set().union(*said, *(each.marks for each in self.amendments))


class Spot(NamedTuple):
    """A place in what proposals put in: which proposal of those that come in, and which change.

    ``start`` and ``end`` are in the wording that the change results in; none where they are not in
    the first of several.
    """

    proposal: int
    change: int
    start: int | None
    end: int | None


def proposals(based: Based, names: Mapping[str, str]) -> list[Coming]:
    """Return what each author proposes, at the end those who propose nothing that can be said.

    ``names`` are those that go by another name here.
    """
    coming = []
    for author in authors(based.marked.marks):
        said = authored(based, author)
        found = changes_found(said.comparison, based.language)
        changes = tuple(Tracked(_dated(based, change, said.marks[at]), at) for at, change in found)
        coming.append(Coming(names.get(author, author), said, changes))
    # Who only takes out what others put in comes last, so that nobody's place shifts.
    coming.sort(key=lambda each: not each.changes)
    amended = [
        each._replace(amendments=tuple(_amendments(based, coming, each.authored.author)))
        for each in coming
    ]
    return sorted(amended, key=lambda each: not each.says_something)


def _dated(based: Based, change: NewChange, marks: tuple[int, ...]) -> NewChange:
    """Return a change with the marks that it was made of, and the time of the last of them."""
    dates = (moment(based.marked.marks[number].date) for number in marks)
    made_at = max((date for date in dates if date), default=None)
    return change._replace(marks=marks, made_at=made_at)


def left(based: Based, coming: Sequence[Coming]) -> list[int]:
    """Return the marks that no proposal says, by their places in the marked text."""
    said = set().union(*(each.marks for each in coming))
    return [number for number in range(len(based.marked.marks)) if number not in said]


def _amendments(based: Based, coming: Sequence[Coming], author: str) -> Iterator[Amendment]:
    """Yield what an author would take out of what others put in, one for each change of theirs."""
    cuts: dict[tuple[int, int], list[tuple[int, Spot]]] = {}
    for number, mark in enumerate(based.marked.marks):
        if mark.author != author or mark.within is None or mark.kind != "delete":
            continue
        if based.marked.marks[mark.within].author == author:
            continue
        spot = spot_of(coming, mark.within, mark.offset, len(mark.text))
        if spot is not None and spot.start is not None:
            cuts.setdefault((spot.proposal, spot.change), []).append((number, spot))
    for (proposal, change), found in cuts.items():
        results = coming[proposal].changes[change - 1].change.results
        text = results[0].text
        for _, spot in sorted(found, key=lambda cut: cut[1].start or 0, reverse=True):
            text = text[: spot.start] + text[spot.end :]
        if len(results) == 1 and text.strip():
            marks = tuple(number for number, _ in found)
            yield Amendment((proposal, change), text.strip(), marks)


def spot_of(coming: Sequence[Coming], mark: int, offset: int, length: int) -> Spot | None:
    """Return where letters that a mark put in stand in what is proposed; none if nowhere."""
    for proposal, each in enumerate(coming):
        for number, tracked in enumerate(each.changes, 1):
            if mark not in tracked.change.marks:
                continue
            for ordinal, place in enumerate(each.authored.comparison.found[tracked.found].new):
                put_in = each.authored.put_in.get(place, ())
                wanted = {(mark, at) for at in range(offset, offset + length)}
                held = [at for at, origin in enumerate(put_in) if origin in wanted]
                if held and not ordinal:
                    return Spot(proposal, number, held[0], held[-1] + 1)
                if held:
                    return Spot(proposal, number, None, None)
    return None


def amending(based: Based, amendment: Amendment, of: tuple[int, int], wording: int) -> NewChange:
    """Return an amendment as it is stored: ``of`` a proposal and its change, by their numbers."""
    results = (Result(NEW, amendment.text),)
    change = NewChange("replace", based.language, ((None, wording),), results, amends=of)
    return _dated(based, change, amendment.marks)
