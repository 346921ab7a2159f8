"""What tracked changes are made of: who made one, and the places that it begins and ends at."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from tracker.formats.docx import times
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import TRACE, is_ours
from tracker.formats.docx.runs import WRAPPERS, element, split_run
from tracker.formats.docx.story import Para, Piece, Story
from tracker.formats.xml import holdable


class Tracking(NamedTuple):
    """How a change is tracked: who made it, when, and what it is told by while the file is made."""

    author: str
    date: str | None
    trace: str

    def element(self, tag: str) -> etree._Element:
        """Return an element that says so; its number is given at the end."""
        made = element(tag, id="0", author=holdable(self.author))
        if (date := times.stated(self.date)) is not None:
            made.set(W + "date", date)
        made.set(TRACE, self.trace)
        return made


def cut(found: Story, place: int) -> None:
    """Make a place one between two pieces."""
    para = found.paras[found.at(place)]
    for number, piece in enumerate(para.runs):
        at = place - piece.start
        if at <= 0:
            return
        if piece.ins is None and at < len(piece.text):
            para.runs.insert(number + 1, split_run(piece, at))
            return


def touch(para: Para) -> None:
    """Make a paragraph ready for changes.

    What tracks its end to no effect (it cannot go) would have one when more of it is tracked.
    """
    para.open()
    for own in para.element.iterfind(f"{W}pPr/{W}rPr"):
        for child in list(own):
            if child.tag in WRAPPERS and child is not para.mark.ins and child is not para.mark.cut:
                own.remove(child)


def remains(pieces: list[Piece]) -> bool:
    """Say whether there are words that are not deleted."""
    return any(piece.text and piece.cut is None for piece in pieces)


def neighbour(block: etree._Element, preceding: bool = False) -> etree._Element | None:
    """Return the paragraph, table or the like that stands beside one, in the same frame."""
    blocks = block.itersiblings(W + "p", W + "tbl", W + "sdt", W + "customXml", preceding=preceding)
    return next((each for each in blocks if not is_ours(each)), None)
