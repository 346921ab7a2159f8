"""Moves in the authentic text: what renders lines that moved goes along, or is said to stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from tracker.services import joints, lines
from tracker.services.joints import Joint
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.services.translations.placing import Spot, spot
from tracker.services.translations.reading import Passage, passages


class Along(NamedTuple):
    """A translation after a move: its lines, and the labels of those that moved and that stay."""

    lines: list[Line]
    moved: tuple[str, ...]
    stay: tuple[str, ...]


class Beside(NamedTuple):
    """What a move did in another language: the labels of lines that went along, and that stay."""

    language: str
    moved: tuple[str, ...]
    stay: tuple[str, ...]


def in_words(
    found: Iterable[Beside], listed: Callable[[Sequence[str]], str] = ", ".join
) -> list[str]:
    """Return what moves did in other languages, by labels: fit for the journal.

    ``listed`` names labels side by side.
    """
    told = []
    for each in found:
        if each.moved:
            told.append(f"moved {listed(each.moved)} in {each.language} as well")
        if each.stay:
            told.append(f"left {listed(each.stay)} in {each.language} where it was")
    return told


def moved_along(snapshot: Snapshot, language: str, moved: Collection[int]) -> Along:
    """Return a translation once the authentic lines with these ids have moved.

    What renders lines that moved together, and no other, goes where these are. What renders one
    that moved and one that did not stays where it is: nobody can tell where it belongs.
    """
    authentic = lines.running_text(snapshot, snapshot.authentic)
    places = {line.id: place for place, line in enumerate(authentic)}
    found = [each for each in passages(snapshot, language) if each.renderings]
    touched = [each for each in found if any(o.id in moved for o in each.originals)]
    text = lines.running_text(snapshot, language)
    own = {line.id: place for place, line in enumerate(text)}
    follow = [
        each
        for each in touched
        if all(original.id in moved for original in each.originals)
        and _side_by_side([places.get(original.id) for original in each.originals])
        and _side_by_side([own[line.id] for line in each.renderings])
    ]
    going = {line.id for each in follow for line in each.renderings}
    moving = {line.id for each in touched for line in each.renderings}
    work = _Moving(text, found, going, moving)
    for each in follow:
        work.put_in(each, authentic, places[each.originals[0].id])
    stays = _labels(each for each in touched if each.renderings[0].id not in going)
    becomes = work.text()
    # Where each line stands already nothing is made anew, be it white space alone.
    if [line.id for line in becomes] == [line.id for line in text]:
        return Along(text, (), stays)
    return Along(becomes, _labels(follow), stays)


def _side_by_side(places: Sequence[int | None]) -> bool:
    """Return whether lines stand with no other between them; none is the place of one gone."""
    found = sorted(place for place in places if place is not None)
    return len(found) == len(places) and found[-1] - found[0] == len(found) - 1


def _labels(found: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(line.label for passage in found for line in passage.renderings)


class _Moving:
    """A translation while lines of it move: each line by its id, and which one stands behind it."""

    def __init__(
        self,
        text: Sequence[Line],
        found: Sequence[Passage],
        going: Collection[int],
        touched: Collection[int],
    ) -> None:
        """Take the lines that are going out; those of touched passages are no place for others."""
        left = joints.without(text, going) if going else text
        self._lines = {line.id: line for line in left}
        self._behind: dict[int | None, int | None] = dict(
            pairwise([None, *(line.id for line in left), None])
        )
        self._before = {line.id: before.id for before, line in pairwise(text)}
        self._rendering = {line.id for passage in found for line in passage.renderings}
        self._by_original: dict[int, int] = {}
        for passage in found:
            if passage.renderings[0].id not in touched:
                self._stands(passage)

    def text(self) -> list[Line]:
        """Return the lines in order."""
        ordered = []
        own = self._behind[None]
        while own is not None:
            ordered.append(self._lines[own])
            own = self._behind[own]
        return ordered

    def _stands(self, passage: Passage) -> None:
        """Take note that a passage is rendered where its lines are."""
        last = passage.renderings[-1].id
        self._by_original.update({original.id: last for original in passage.originals})

    def put_in(self, passage: Passage, authentic: Sequence[Line], at: int) -> None:
        """Put the lines of a passage in behind what renders the line before it."""
        there = spot(authentic, at, self._by_original)
        before = self._last(there.behind)
        for line in passage.renderings:
            joint = self._joint(line, before, there)
            self._lines[line.id] = line._replace(**joint._asdict(), rank=None, trail=None)
            self._behind[line.id] = self._behind[before]
            self._behind[before] = line.id
            before = line.id
        self._stands(passage)

    def _joint(self, line: Line, before: int | None, there: Spot) -> Joint:
        """Return what joins a line to the one before it: what did, if that came along."""
        if before is not None and self._before.get(line.id) == before:
            return joints.of(line)
        if line.markup.strip() and there.joint.block != "inline":
            return there.joint._replace(markup=line.markup)
        return there.joint

    def _last(self, behind: int | None) -> int | None:
        """Return the last of what stands behind a line and renders none; else that line."""
        last = behind
        while (each := self._behind[last]) is not None and each not in self._rendering:
            last = each
        return last
