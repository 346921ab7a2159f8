"""A walk through an OpenDocument text: its words and ends of paragraphs, one after another.

Deleted words stand apart from the text, in the list of changes, and are walked through where they
were. Notes, frames and generated indexes are not part of the text; whatever else is put around
words, known or not, is walked through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.formats.odt.names import DC, DRAW, LOEXT, NO_TIME, OFFICE, TABLE, TEXT
from tracker.formats.tracked.pieces import Anchor, Piece, Tracked, time

_SPACE = re.compile(r"[ \t\r\n]+")
# Nobody types more spaces in a row; a file that says so was made to break a program.
_MOST_SPACES = 1_000


class Region(NamedTuple):
    """What one change did: ``deleted`` holds the words, ``inserted`` may hold nothing."""

    inserted: Tracked | None
    deleted: Tracked | None


class Look(NamedTuple):
    """How deep in lists a paragraph stands, by which style, and whether it begins an item."""

    depth: int = 0
    style: str = ""
    begins: bool = False
    in_table: bool = False


class Walk:
    """What was met: pieces, the places of what marks one, and how each paragraph looks.

    ``goes_on`` has, for the number of a piece, the deleted paragraph that goes on with it.
    """

    def __init__(self, regions: Mapping[str, Region]) -> None:
        self.pieces: list[Piece] = []
        self.anchors: list[Anchor] = []
        self.looks: dict[etree._Element, Look] = {}
        self.goes_on: dict[int, etree._Element] = {}
        self._regions = regions
        self._look = Look()
        self._paragraph: etree._Element | None = None
        self._cut: Region | None = None
        self._open: list[str] = []
        self._told: set[str] = set()
        self._is_behind_space = True

    def inside(self, around: etree._Element) -> None:
        """Walk through what an element holds."""
        for child in around:
            if child.tag in _ANCHORS:
                self.anchors.append(Anchor(child, len(self.pieces)))
            elif child.tag not in _NO_TEXT:
                _HANDLERS.get(str(child.tag), Walk._other)(self, child)
            self._words(child.tail)

    def _other(self, element: etree._Element) -> None:
        self._words(element.text)
        self.inside(element)

    def _begin(self, element: etree._Element) -> None:
        around = self._paragraph
        self.looks[element] = self._look
        self._look = self._look._replace(begins=False)
        self._is_behind_space = True
        self._paragraph = element
        self._other(element)
        self._add(PARAGRAPH)
        self._paragraph = around

    def _words(self, text: str | None) -> None:
        """Take words as they are shown: white space in a row is one space, at the start none."""
        if self._paragraph is None or not text:
            return
        found = _SPACE.sub(" ", text)
        if self._is_behind_space:
            found = found.removeprefix(" ")
        if found:
            self._is_behind_space = found.endswith(" ")
            self._add(found)

    def _add(self, text: str) -> None:
        if self._paragraph is None:
            return
        put_in = self._regions[self._open[-1]].inserted if self._open else None
        cut = None
        if self._cut is not None:
            put_in, cut = self._cut.inserted or put_in, self._cut.deleted
        self.pieces.append(Piece(text, put_in, cut, self._paragraph))

    def _space(self, element: etree._Element) -> None:
        said = element.get(TEXT + "c", "1")
        count = min(int(said), _MOST_SPACES) if re.fullmatch("[0-9]{1,9}", said) else 1
        self._is_behind_space = False
        if count:
            self._add(" " * count)

    def _sign(self, element: etree._Element) -> None:
        self._is_behind_space = False
        self._add("\t" if element.tag == TEXT + "tab" else "\n")

    def _list(self, element: etree._Element) -> None:
        around = self._look
        style = element.get(TEXT + "style-name") or around.style
        for item in element:
            begins = item.tag == TEXT + "list-item"
            self._look = Look(around.depth + 1, style, begins, around.in_table)
            self.inside(item)
        self._look = around

    def _table(self, element: etree._Element) -> None:
        around = self._look
        self._look = Look(in_table=True)
        self.inside(element)
        self._look = around

    def _start(self, element: etree._Element) -> None:
        name = element.get(TEXT + "change-id", "")
        if name in self._regions and self._regions[name].inserted and name not in self._open:
            self._open.append(name)

    def _stop(self, element: etree._Element) -> None:
        name = element.get(TEXT + "change-id", "")
        if name in self._open:
            self._open.remove(name)

    def _deletion(self, element: etree._Element) -> None:
        """Walk through deleted words in their place; the last paragraph of them goes on there."""
        name = element.get(TEXT + "change-id", "")
        region = self._regions.get(name)
        if region is None or region.deleted is None or name in self._told or self._cut is not None:
            return
        self._told.add(name)
        around = self._look, self._is_behind_space, self._paragraph
        begun = len(self.pieces)
        self._look, self._cut, self._paragraph = Look(), region, None
        self.inside(region.deleted.element)
        self._cut = None
        if len(self.pieces) > begun:
            last = self.pieces.pop()
            self.goes_on.setdefault(len(self.pieces), last.element)
        self._look, self._is_behind_space, self._paragraph = around


_HANDLERS: dict[str, Callable[[Walk, etree._Element], None]] = {
    TEXT + "p": Walk._begin,
    TEXT + "h": Walk._begin,
    TEXT + "s": Walk._space,
    TEXT + "tab": Walk._sign,
    TEXT + "line-break": Walk._sign,
    TEXT + "list": Walk._list,
    TABLE + "table": Walk._table,
    TEXT + "change-start": Walk._start,
    TEXT + "change-end": Walk._stop,
    TEXT + "change": Walk._deletion,
}
_ANCHORS = frozenset(
    (
        *(OFFICE + "annotation", OFFICE + "annotation-end"),
        *(TEXT + "bookmark-start", TEXT + "bookmark-end"),
    )
)
_NO_TEXT = frozenset(
    (
        *(TEXT + "tracked-changes", TEXT + "note", TEXT + "sequence-decls", TEXT + "ruby-text"),
        *(TEXT + "table-of-content", TEXT + "alphabetical-index", TEXT + "bibliography"),
        *(TEXT + "illustration-index", TEXT + "table-index", TEXT + "user-index"),
        *(OFFICE + "forms", OFFICE + "change-info", DRAW + "frame", DRAW + "custom-shape"),
    )
)


def regions(body: etree._Element) -> dict[str, Region]:
    """Return what was changed, by name; the first of a name counts."""
    found: dict[str, Region] = {}
    for listed in body.iterchildren(TEXT + "tracked-changes"):
        for element in listed.iterchildren(TEXT + "changed-region"):
            names = (element.get(TEXT + "id"), *(v for k, v in element.items() if _is_id(str(k))))
            inserted, deleted = element.find(TEXT + "insertion"), element.find(TEXT + "deletion")
            region = Region(_tracked(inserted, element), _tracked(deleted, element))
            for name in names:
                if name and region != Region(None, None):
                    found.setdefault(str(name), region)
    return found


def _is_id(name: str) -> bool:
    return name == "{http://www.w3.org/XML/1998/namespace}id"


def _tracked(change: etree._Element | None, region: etree._Element) -> Tracked | None:
    if change is None:
        return None
    info = change.find(OFFICE + "change-info")
    when = time((info.findtext(DC + "date") if info is not None else "") or "")
    return Tracked(
        ((info.findtext(DC + "creator") if info is not None else "") or "").strip(),
        None if when == NO_TIME else when,
        region.get(LOEXT + "move-id"),
        None,
        change,
    )
