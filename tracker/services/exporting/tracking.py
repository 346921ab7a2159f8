"""Tracked changes of a flat text, as edits: what its stages did to it, one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Mark
from tracker.exchange.outgoing import Edit
from tracker.services.exporting.marking import Marking, Owners, Spread
from tracker.services.exporting.weaving import Stage, woven


class Tracked(NamedTuple):
    """The edits that lead from the first stage to the last.

    ``marking`` says where words of the stage that is now stand in the first; ``made`` gives the
    edit for each of its marks that is one.
    """

    edits: tuple[Edit, ...]
    marking: Marking
    made: Mapping[int, int]

    def in_edit(self, spread: Spread) -> tuple[int, int] | None:
        """Return the edit that some words stand in, and from where; none if they stood before."""
        if spread.within is None or spread.within not in self.made:
            return None
        place = self.made[spread.within]
        left = len(self.marking.marks[spread.within].text) - len(self.edits[place].text)
        return place, max(0, spread.offset - left)


def tracked(stages: Sequence[Stage], owners: Sequence[Owners], now: int) -> Tracked:
    """Return what leads from the first stage to the last; ``now`` is one of them."""
    marking = Marking(owners)
    for passage in woven(stages, now):
        marking.add(passage)
    text = "".join(marking.parts)
    every = _edits(text, marking.marks)
    kept = [place for place, edit in enumerate(every) if edit.start < edit.end or edit.text]
    made = {mark: place for place, mark in enumerate(kept)}
    return Tracked(tuple(every[mark] for mark in kept), marking, made)


def _edits(text: str, marks: Sequence[Mark]) -> list[Edit]:
    """Return marks as edits, one for each.

    A paragraph that goes takes its own end along, not that of the one before; what comes in the
    place of one is put into it.
    """
    made = [
        Edit(
            *(mark.start, mark.end, "" if mark.kind == "delete" else mark.text),
            *(mark.author or None, mark.utc or mark.date),
        )
        for mark in marks
    ]
    first = 0
    while first < len(made):
        last = first
        while last + 1 < len(made) and not made[last].text and _touch(made[last], made[last + 1]):
            last += 1
        _turn(text, made, first, last)
        first = last + 1
    return made


def _touch(one: Edit, other: Edit) -> bool:
    return one.end == other.start


def _turn(text: str, made: list[Edit], first: int, last: int) -> None:
    """Let deletions side by side, and what is put in behind them, begin behind a shared end."""
    start, end = made[first].start, made[last].end
    if start == end or text[start] != PARAGRAPH:
        return
    put_in = made[last].text
    if put_in.startswith(PARAGRAPH):
        made[first] = made[first]._replace(start=start + 1)
        made[last] = made[last]._replace(text=put_in[1:])
    elif not put_in and text[end : end + 1] == PARAGRAPH:
        for place in range(first, last + 1):
            edit = made[place]
            made[place] = edit._replace(start=edit.start + 1, end=edit.end + 1)
