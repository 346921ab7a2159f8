"""The tracked changes of a marked text as proposals: one of each author, on lines or on another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Mark
from tracker.services.importing.copy.proposing import changes_found
from tracker.services.importing.marked.authoring import Authored, authored, authors
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.who import moment, named
from tracker.services.lines import NEW
from tracker.services.proposals.proposal import Result
from tracker.services.proposals.storing import NewChange


class Tracked(NamedTuple):
    """A change of lines: its place in what was found, and the proposal and number it has.

    Its marks are those of the marked text that it was found in; ``known`` says that it is in the
    store already.
    """

    change: NewChange
    found: int
    name: tuple[int, int] = (0, 0)
    known: bool = False


class Amendment(NamedTuple):
    """What an author would take out again of what another's change puts in.

    ``of`` is the proposal and the number of the other's change; ``text`` is how that would read.
    ``known`` says that it is in the store already.
    """

    of: tuple[int, int]
    text: str
    marks: tuple[int, ...]
    known: bool = False


class Coming(NamedTuple):
    """What an author's marks say: ``proposer`` is who a proposal of it would be from."""

    proposer: str
    authored: Authored
    changes: tuple[Tracked, ...]
    amendments: tuple[Amendment, ...] = ()

    @property
    def new(self) -> tuple[Tracked, ...]:
        """The changes that are not in the store yet."""
        return tuple(each for each in self.changes if not each.known)

    @property
    def new_amendments(self) -> tuple[Amendment, ...]:
        """The changes of others' changes that are not in the store yet."""
        return tuple(each for each in self.amendments if not each.known)

    @property
    def says_something(self) -> bool:
        """Whether a proposal comes of it."""
        return bool(self.new or self.new_amendments)

    @property
    def marks(self) -> set[int]:
        """The marks that it says, by their places in the marked text."""
        said = [each.change.marks for each in self.changes]
        return set().union(*said, *(each.marks for each in self.amendments))


class Spot(NamedTuple):
    """Words that a change puts in: from ``start`` to before ``end`` of the first wording.

    Without these they are in a further one of several.
    """

    tracked: Tracked
    start: int | None = None
    end: int | None = None


Known = Callable[[NewChange, str, str], tuple[int, int] | None]
"""Returns the proposal and the number of a change that the store has.

It is given the change, its author in the file, and the proposer it would have.
"""


def nothing_known(change: NewChange, author: str, proposer: str) -> None:
    """Know no change: what a new document is told of."""


def proposals(
    based: Based, names: Mapping[str, str], first: int, known: Known = nothing_known
) -> list[Coming]:
    """Return what each author's marks say; proposals of it are numbered from ``first`` on.

    Those of whom no proposal comes stand at the end. ``names`` are the authors that go by another
    name here.
    """
    put_in = put_into_others(based.marked.marks)
    coming = [
        _coming(based, author, names, known, put_in) for author in authors(based.marked.marks)
    ]
    # Who only takes out what others put in is numbered behind these, so that nobody's shifts.
    coming.sort(key=lambda each: not each.new)
    coming = [_numbered(each, number) for number, each in enumerate(coming, first)]
    amended = [_amending(based, coming, each, put_in, known) for each in coming]
    return sorted(amended, key=lambda each: not each.says_something)


def _amending(
    based: Based, every: Sequence[Coming], coming: Coming, put_in: Mapping[int, int], known: Known
) -> Coming:
    """Return what an author's marks say with what he would change of what others put in."""
    author = coming.authored.author
    amendments = [
        each._replace(known=known(amending(based, each, NEW), author, coming.proposer) is not None)
        for each in _amendments(based, every, author, put_in)
    ]
    return coming._replace(amendments=tuple(amendments))


def _coming(
    based: Based,
    author: str,
    names: Mapping[str, str],
    known: Known,
    put_in: Mapping[int, int],
) -> Coming:
    said = authored(based, author, put_in)
    proposer = named(author, names)
    changes = []
    for at, change in changes_found(said.comparison, based.language):
        there = known(change, author, proposer)
        dated = _dated(based, change, said.marks[at])
        changes.append(Tracked(dated, at, there or (0, 0), there is not None))
    return Coming(proposer, said, tuple(changes))


def _numbered(coming: Coming, proposal: int) -> Coming:
    """Return what an author's marks say with the number that each new change will have."""
    count = 0
    changes = []
    for each in coming.changes:
        count += not each.known
        changes.append(each if each.known else each._replace(name=(proposal, count)))
    return coming._replace(changes=tuple(changes))


def _dated(based: Based, change: NewChange, marks: tuple[int, ...]) -> NewChange:
    """Return a change with the marks that it was made of, and the time of the last of them."""
    dates = (moment(based.marked.marks[number].date) for number in marks)
    made_at = max((date for date in dates if date), default=None)
    return change._replace(marks=marks, made_at=made_at)


def in_file(based: Based, change: NewChange) -> NewChange:
    """Return a change as it is stored: with its marks by their places in the file."""
    numbers = {based.number(mark) for mark in change.marks}
    return change._replace(marks=tuple(sorted(number for number in numbers if number is not None)))


def left(based: Based, coming: Sequence[Coming]) -> list[int]:
    """Return the marks that no change says, by their places in the marked text.

    Not white space that was changed without tracking.
    """
    said = set().union(*(each.marks for each in coming))
    return [
        number
        for number, mark in enumerate(based.marked.marks)
        if number not in said and (based.number(number) is not None or mark.text.strip())
    ]


def _amendments(
    based: Based, coming: Sequence[Coming], author: str, put_in: Mapping[int, int]
) -> Iterator[Amendment]:
    """Yield what an author would change of what others put in, one for each change of theirs."""
    marks = based.marked.marks
    edits: dict[tuple[int, int], list[tuple[int, Spot, str]]] = {}
    for number, mark in enumerate(marks):
        holder = put_in.get(number, mark.within)
        if mark.author != author or holder is None or marks[holder].author == author:
            continue
        if number in put_in:
            spot = spot_of(coming, holder, len(marks[holder].text) - 1, 1)
            spot = spot and spot._replace(start=spot.end)
        else:
            spot = spot_of(coming, holder, mark.offset, len(mark.text))
        if spot is not None and spot.start is not None:
            words = mark.text if number in put_in else ""
            edits.setdefault(spot.tracked.name, []).append((number, spot, words))
    for of, found in edits.items():
        results = found[0][1].tracked.change.results
        text = results[0].text
        # From the end, so that no place shifts; what is put in behind a deletion goes before it.
        backwards = sorted(found, key=_place, reverse=True)
        for _, spot, words in backwards:
            text = text[: spot.start] + words + text[spot.end :]
        if len(results) == 1 and text.strip() and PARAGRAPH not in text:
            yield Amendment(of, text.strip(), tuple(number for number, _, _ in found))


def _place(edit: tuple[int, Spot, str]) -> tuple[int, int]:
    return edit[1].end or 0, edit[1].start or 0


def put_into_others(marks: Sequence[Mark]) -> dict[int, int]:
    """Return the insertions that stand in another author's, and behind which part of that.

    Word cuts the other's insertion in two for that, so that all three stand at one place.
    """
    found: dict[int, int] = {}
    own = [(n, mark) for n, mark in enumerate(marks) if mark.within is None]
    inserted = [(n, mark) for n, mark in own if mark.kind == "insert"]
    for (holder, before), (number, mark), (_, behind) in zip(
        inserted, inserted[1:], inserted[2:], strict=False
    ):
        at_one_place = before.start == mark.start == behind.start
        if at_one_place and before.author == behind.author != mark.author:
            found[number] = holder
    return found


def spot_of(coming: Sequence[Coming], mark: int, offset: int, length: int) -> Spot | None:
    """Return where letters that a mark put in stand in what is proposed; none if nowhere."""
    for each in coming:
        for tracked in each.changes:
            if mark not in tracked.change.marks:
                continue
            for ordinal, place in enumerate(each.authored.comparison.found[tracked.found].new):
                put_in = each.authored.put_in.get(place, ())
                wanted = {(mark, at) for at in range(offset, offset + length)}
                held = [at for at, origin in enumerate(put_in) if origin in wanted]
                if held:
                    return Spot(tracked) if ordinal else Spot(tracked, held[0], held[-1] + 1)
    return None


def amending(based: Based, amendment: Amendment, wording: int) -> NewChange:
    """Return an amendment as it is stored; ``wording`` is what the other's change results in."""
    results = (Result(NEW, amendment.text),)
    bases = ((None, wording),)
    change = NewChange("replace", based.language, bases, results, amends=amendment.of)
    return in_file(based, _dated(based, change, amendment.marks))
