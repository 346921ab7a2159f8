"""The text of a Word file in pieces: what stands where, for those who write into it.

A piece is a run, or the end of a paragraph. Its place is in the untouched text, as
:mod:`tracker.exchange.marked` counts it; what was inserted has a place there, but no width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.formats.docx.names import W
from tracker.formats.tracked import pieces as met

P, R = W + "p", W + "r"
DEL_TEXT = W + "delText"
INSERTED = (W + "ins", W + "moveTo")
DELETED = (W + "del", W + "moveFrom")


@dataclass(slots=True, eq=False)
class Piece:
    """A run with its words, or a paragraph with its end; where it is, and what is tracked of it.

    ``ins`` and ``cut`` are the elements that say that it was inserted, or deleted. A run that says
    nothing (a picture, a field's sign) is a piece only in a paragraph that was opened.
    """

    element: etree._Element
    text: str
    start: int
    ins: etree._Element | None
    cut: etree._Element | None

    @property
    def end(self) -> int:
        """Where it ends in the untouched text."""
        return self.start if self.ins is not None else self.start + len(self.text)


@dataclass(slots=True, eq=False)
class Para:
    """A paragraph: its runs in order, and its end."""

    element: etree._Element
    runs: list[Piece]
    mark: Piece
    opened: bool = False

    @property
    def start(self) -> int:
        """Where it begins in the untouched text."""
        return self.runs[0].start if self.runs else self.mark.start

    @property
    def stop(self) -> int:
        """Where the next one begins."""
        return self.mark.end

    def open(self) -> None:
        """Take in the runs that say nothing, as pieces without words."""
        if self.opened:
            return
        self.opened = True
        known = {piece.element: piece for piece in self.runs}
        place = self.start
        runs = []
        for run in self.element.iter(R):
            piece = known.get(run)
            if piece is not None:
                place = piece.end
            elif next(run.iterancestors(P)) is self.element:
                piece = Piece(run, "", place, _around(run, INSERTED), _around(run, DELETED))
            if piece is not None:
                runs.append(piece)
        self.runs[:] = runs


@dataclass(slots=True)
class Story:
    """The paragraphs of a body, and where each ends: ``stops`` is for looking up places.

    ``is_heading`` says whether a paragraph is one.
    """

    paras: list[Para]
    stops: list[int]
    is_heading: Callable[[etree._Element], bool]

    @property
    def text(self) -> str:
        """All the untouched text; the end of the last paragraph is no part of it."""
        return "".join([piece.text for piece in self.pieces() if piece.ins is None])[:-1]

    def pieces(self) -> Iterator[Piece]:
        for para in self.paras:
            yield from para.runs
            yield para.mark

    def at(self, place: int) -> int:
        """Return the number of the paragraph that holds the untouched character at a place."""
        return min(bisect_right(self.stops, place), len(self.paras) - 1)

    def replace(self, number: int, paras: list[Para]) -> None:
        """Let a paragraph be several: the places in others stay what they are."""
        self.paras[number : number + 1] = paras
        self.stops[number : number + 1] = [para.stop for para in paras]


def story(pieces: Iterable[met.Piece], is_heading: Callable[[etree._Element], bool]) -> Story:
    """Return what was met on a walk through a body, with the places of the pieces."""
    paras: list[Para] = []
    runs: list[Piece] = []
    place = 0
    for text, inserted, deleted, element in pieces:
        piece = Piece(element, text, place, _element(inserted), _element(deleted))
        place = piece.end
        if text == PARAGRAPH:
            paras.append(Para(element, runs, piece))
            runs = []
        else:
            runs.append(piece)
    # What ends the last paragraph joins it to nothing, whatever is tracked of it.
    if paras:
        paras[-1].mark.ins = paras[-1].mark.cut = None
    return Story(paras, [para.stop for para in paras], is_heading)


def _element(tracked: met.Tracked | None) -> etree._Element | None:
    return None if tracked is None else tracked.element


def _around(run: etree._Element, tags: tuple[str, ...]) -> etree._Element | None:
    """Return what says of a run that it was inserted, or deleted."""
    for each in run.iterancestors():
        if each.tag in tags:
            return each
        if each.tag == P:
            break
    return None
