"""Runs and paragraphs taken apart, and made anew, with their properties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from tracker.formats.docx.names import WORD, W
from tracker.formats.docx.story import DELETED, INSERTED, Piece
from tracker.formats.docx.tree import parent_of
from tracker.formats.docx.words import DELETED_T, T, said
from tracker.formats.xml import holdable

_PREFIX = {"w": WORD}
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
WRAPPERS = (*INSERTED, *DELETED)
"""What is put around runs that are tracked."""
_THROUGH = {W + name for name in ("hyperlink", "smartTag", "fldSimple", "bdo", "dir")}
_OF_MARK = {*WRAPPERS, W + "rPrChange"}
_NOT_TAKEN = {*_OF_MARK, W + "rStyle"}
_SPEAKING = {T, DELETED_T, *(W + name for name in ("tab", "ptab", "br", "cr", "sym"))} | {
    W + name for name in ("noBreakHyphen", "softHyphen", "lastRenderedPageBreak")
}


def element(tag: str, **attributes: str) -> etree._Element:
    """Return a new element of WordprocessingML with such attributes."""
    made = etree.Element(W + tag, None, _PREFIX)
    for name, value in attributes.items():
        made.set(W + name, value)
    return made


def same(model: etree._Element) -> etree._Element:
    """Return a new element of the same name and with the same attributes, with nothing in it."""
    made = etree.Element(model.tag, None, _PREFIX)
    for name, value in model.items():
        made.set(name, value)
    return made


def run(text: str, properties: etree._Element | None = None) -> etree._Element:
    """Return a run that says a text, with a copy of some properties."""
    made = element("r")
    if properties is not None and len(properties):
        made.append(deepcopy(properties))
    for part in re.split("([\t\n])", holdable(text)):
        if part == "\t":
            made.append(element("tab"))
        elif part == "\n":
            made.append(element("br"))
        elif part:
            text_of = element("t")
            text_of.text = part
            text_of.set(SPACE, "preserve")
            made.append(text_of)
    return made


def properties_of(piece: Piece) -> etree._Element | None:
    """Return what new words beside a piece look like: as it does, but for what is only its own."""
    found = piece.element.find(W + "rPr")
    return None if found is None else without(found, _NOT_TAKEN)


def without(properties: etree._Element, tags: set[str]) -> etree._Element:
    """Return a copy of an element that lacks some of its children."""
    copy = deepcopy(properties)
    for child in list(copy):
        if child.tag in tags:
            copy.remove(child)
    return copy


def unmarked(properties: etree._Element) -> etree._Element:
    """Return a copy of a paragraph mark's properties that says nothing of its being tracked."""
    return without(properties, _OF_MARK)


def split_run(piece: Piece, at: int) -> Piece:
    """Cut a run after so many of its characters; return the piece that is the second part.

    What is one thing (words with a reading above them) is not cut, but goes to the second part.
    """
    first = piece.element
    second = _like(first, _after(first, at))
    first.addnext(second)
    rest = Piece(second, _words(second), piece.start, piece.ins, piece.cut)
    piece.text = _words(first)
    rest.start = piece.end
    return rest


def _like(model: etree._Element, children: Iterable[etree._Element]) -> etree._Element:
    """Return a run like another one, with other children."""
    made = same(model)
    properties = model.find(W + "rPr")
    if properties is not None:
        made.append(deepcopy(properties))
    made.extend(list(children))
    return made


def _words(run: etree._Element) -> str:
    return "".join([said(child) for child in run])


def _after(first: etree._Element, at: int) -> Iterator[etree._Element]:
    """Yield what a run says after so many characters, cutting a text in two if need be."""
    moving = False
    for child in list(first):
        says = said(child)
        if moving or (says and at == 0):
            moving = True
            yield child
        elif at >= len(says):
            at -= len(says)
        else:
            moving = True
            yield _cut_text(child, says, at) if child.tag in (T, DELETED_T) else child


def _cut_text(child: etree._Element, says: str, at: int) -> etree._Element:
    rest = same(child)
    rest.text, child.text = says[at:], says[:at]
    for part in (child, rest):
        part.set(SPACE, "preserve")
    return rest


def lone(piece: Piece) -> list[Piece]:
    """Cut a run so that what it holds besides words stands in runs of its own."""
    groups = _alike(piece.element)
    if len(groups) < 2:
        return [piece]
    pieces = []
    place = piece.start
    for children in groups:
        made = _like(piece.element, children)
        piece.element.addprevious(made)
        pieces.append(Piece(made, _words(made), place, piece.ins, piece.cut))
        place = pieces[-1].end
    parent = piece.element.getparent()
    assert parent is not None
    parent.remove(piece.element)
    return pieces


def _alike(run: etree._Element) -> list[list[etree._Element]]:
    """Return the children of a run in groups: such as say something, and such as do not."""
    groups: list[list[etree._Element]] = []
    says = None
    for child in run:
        if child.tag == W + "rPr":
            continue
        if (child.tag in _SPEAKING) != says:
            says = child.tag in _SPEAKING
            groups.append([])
        groups[-1].append(child)
    return groups


def lifted(node: etree._Element) -> etree._Element:
    """Return the element before which something can stand that is not tracked with the node.

    Whatever tracks the node and what stands before it is cut in two.
    """
    parent = node.getparent()
    while parent is not None and parent.tag in WRAPPERS:
        if node.getprevious() is not None:
            _cut_before(node)
        node, parent = parent, parent.getparent()
    while parent is not None and parent.tag in _THROUGH and node.getprevious() is None:
        node, parent = parent, parent.getparent()
    return node


def _cut_before(node: etree._Element) -> etree._Element:
    """Move what stands before a node into a copy of its parent before that; return the copy."""
    parent = parent_of(node)
    copy = same(parent)
    copy.extend(list(node.itersiblings(preceding=True))[::-1])
    parent.addprevious(copy)
    return copy


def split_paragraph(paragraph: etree._Element, node: etree._Element | None) -> etree._Element:
    """Move all that stands before a node, or all, into a new paragraph before this one.

    It has no properties. Hyperlinks and the like that the node is in are cut in two.
    """
    left = element("p")
    if node is None:
        before = [child for child in paragraph if child.tag != W + "pPr"]
    else:
        _dissolve_controls(node)
        while node.getparent() is not paragraph:
            parent = parent_of(node)
            if node.getprevious() is not None:
                _cut_before(node)
            node = parent
        before = [
            child
            for child in list(node.itersiblings(preceding=True))[::-1]
            if child.tag != W + "pPr"
        ]
    left.extend(before)
    paragraph.addprevious(left)
    return left


def _dissolve_controls(node: etree._Element) -> None:
    """Take away the content controls around a node: half of one would be another."""
    for content in list(node.iterancestors(W + "sdtContent")):
        control = content.getparent()
        if control is None or next(content.iterancestors(W + "p"), None) is None:
            continue
        for child in list(content):
            control.addprevious(child)
        around = parent_of(control)
        around.remove(control)
