"""The first step of writing: tracked changes of a base kept, taken or dropped, edits put in."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from tracker.exchange.marked import Mark
from tracker.exchange.outgoing import Outgoing
from tracker.formats.docx import tracing
from tracker.formats.docx.edits import apply_all
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import TRACE
from tracker.formats.docx.resolve import Fate, drop_formatting, resolve, settle_properties
from tracker.formats.docx.runs import WRAPPERS
from tracker.formats.docx.story import Story, story
from tracker.formats.docx.tracking import Tracking
from tracker.formats.docx.tree import take_out
from tracker.formats.docx.walk import walked
from tracker.formats.tracked.pieces import time

_SETTLED = Tracking("", None, tracing.SETTLED)
_PLAIN = {W + "moveFrom": W + "del", W + "moveTo": W + "ins"}
_AUTHOR, _DATE = W + "author", W + "date"
_MOVE_STARTS = {
    W + "moveFromRangeStart": W + "moveFromRangeEnd",
    W + "moveToRangeStart": W + "moveToRangeEnd",
}


def settle(
    body: etree._Element, outgoing: Outgoing, is_heading: Callable[[etree._Element], bool]
) -> Story:
    """Make the untouched text of a body the settled one, and return it.

    What is kept stays tracked, and traced.
    """
    pieces = walked(body).pieces
    marks = tracing.trace(pieces[:-1])
    found = story(pieces, is_heading)
    if outgoing.settled:
        apply_all(found, [(edit, _SETTLED) for edit in outgoing.settled])
    if not outgoing.formatting:
        drop_formatting(body)
    if not outgoing.settled and len(outgoing.kept) == len(marks):
        return found
    _take_out_dead(body)
    resolve(body, _fates(outgoing))
    _end_moves(body, marks, outgoing.kept)
    _settle_looks(body, marks, outgoing)
    return story(walked(body).pieces, is_heading)


def _take_out_dead(body: etree._Element) -> None:
    """Take out what tracks the end of a paragraph to no effect: it might have one afterwards."""
    for own in list(body.iterfind(f".//{W}p/{W}pPr/{W}rPr")):
        for child in list(own):
            if child.tag in WRAPPERS and child.get(TRACE) is None:
                own.remove(child)


def _fates(outgoing: Outgoing) -> Callable[[str], Fate]:
    fates: dict[str, Fate] = {tracing.SETTLED: "take"}
    fates.update({tracing.of_mark(place): "take" for place in outgoing.taken})
    fates.update({tracing.of_mark(place): "keep" for place in outgoing.kept})
    return lambda trace: fates.get(trace, "drop")


def _settle_looks(body: etree._Element, marks: tuple[Mark, ...], outgoing: Outgoing) -> None:
    """Let tracked changes of formatting go the way of words changed by the same author then."""
    fates: dict[tuple[str, str | None], Fate] = {}
    for number, mark in enumerate(marks):
        fate: Fate = "take" if number in outgoing.taken else "drop"
        if number in outgoing.kept or fates.get((mark.author, mark.date)) != "keep":
            fates[mark.author, mark.date] = "keep" if number in outgoing.kept else fate
    settle_properties(
        body, lambda change: fates.get((change.get(_AUTHOR, ""), time(change.get(_DATE))), "keep")
    )


def _end_moves(body: etree._Element, marks: tuple[Mark, ...], kept: frozenset[int]) -> None:
    """Let what is left of a move be a simple change, if its other half is not kept."""
    ended = {mark.move for place, mark in enumerate(marks) if place not in kept}
    halves = {tracing.of_mark(place) for place in kept if marks[place].move in ended - {None}}
    for change in body.iter(*_PLAIN):
        if change.get(TRACE) in halves:
            change.tag = _PLAIN[change.tag]
    whole = next(body.iter(*_PLAIN), None) is not None
    gone = set()
    for start in list(body.iter(*_MOVE_STARTS)):
        if not whole or start.get(W + "name") in ended:
            gone.add((_MOVE_STARTS[start.tag], start.get(W + "id")))
            take_out(start)
    for end in list(body.iter(*_MOVE_STARTS.values())):
        if (end.tag, end.get(W + "id")) in gone:
            take_out(end)
