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
    work = _Moving(text, found, touched)
    work.take_out(follow)
    for each in follow:
        work.put_in(each, authentic, places[each.originals[0].id])
    stays = _labels(each for each in touched if each not in follow)
    # Where each line stands already nothing is made anew, be it white space alone.
    if [line.id for line in work.text] == [line.id for line in text]:
        return Along(text, (), stays)
    return Along(work.text, _labels(follow), stays)


def _side_by_side(places: Sequence[int | None]) -> bool:
    """Return whether lines stand with no other between them; none is the place of one gone."""
    found = sorted(place for place in places if place is not None)
    return len(found) == len(places) and found[-1] - found[0] == len(found) - 1


def _labels(found: Iterable[Passage]) -> tuple[str, ...]:
    return tuple(line.label for passage in found for line in passage.renderings)


class _Moving:
    """A translation while lines of it move."""

    def __init__(
        self, text: Sequence[Line], found: Sequence[Passage], touched: Sequence[Passage]
    ) -> None:
        self.text = list(text)
        self._before = {line.id: before.id for before, line in pairwise(text)}
        self._rendering = {line.id for passage in found for line in passage.renderings}
        self._by_original: dict[int, int] = {}
        for passage in found:
            if passage not in touched:
                self._stands(passage)

    def _stands(self, passage: Passage) -> None:
        """Take note that a passage is rendered where its lines are."""
        last = passage.renderings[-1].id
        self._by_original.update({original.id: last for original in passage.originals})

    def take_out(self, follow: Sequence[Passage]) -> None:
        """Take the lines of passages out."""
        gone = {line.id for passage in follow for line in passage.renderings}
        self.text = joints.without(self.text, gone) if gone else self.text

    def put_in(self, passage: Passage, authentic: Sequence[Line], at: int) -> None:
        """Put the lines of a passage in behind what renders the line before it."""
        there = spot(authentic, at, self._by_original)
        place = self._place(there)
        for line in passage.renderings:
            joint = self._joint(line, place, there)
            moved = line._replace(**joint._asdict(), rank=None, trail=None)
            self.text.insert(place, moved)
            place += 1
        self._stands(passage)

    def _joint(self, line: Line, place: int, there: Spot) -> Joint:
        """Return what joins a line to the one before it: what did, if that came along."""
        if place and self._before.get(line.id) == self.text[place - 1].id:
            return joints.of(line)
        if line.markup.strip() and there.joint.block != "inline":
            return there.joint._replace(markup=line.markup)
        return there.joint

    def _place(self, there: Spot) -> int:
        """Return the place behind a line, and behind what stands there and renders none."""
        place = next((n for n, line in enumerate(self.text, 1) if line.id == there.behind), 0)
        while place < len(self.text) and self.text[place].id not in self._rendering:
            place += 1
        return place
