"""Tracked changes accepted or rejected, as Word does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from lxml import etree

from tracker.formats.docx.names import W
from tracker.formats.docx.ours import TRACE
from tracker.formats.docx.runs import without
from tracker.formats.docx.story import DEL_TEXT, DELETED, INSERTED
from tracker.formats.docx.tracking import neighbour
from tracker.formats.docx.tree import parent_of, take_out
from tracker.formats.docx.words import T

Fate = Literal["keep", "take", "drop"]
_BRINGING = (*INSERTED, W + "cellIns")
_TRACED = (*_BRINGING, *DELETED, W + "cellDel", W + "pPrChange")
_FRAMES = (W + "trPr", W + "tcPr")
_HOLDING = {W + "tr": W + "tc", W + "tbl": W + "tr"}
_STAND = {W + "r", W + "ins", W + "del", W + "hyperlink", W + "sdt", W + "moveFrom", W + "moveTo"}
_PROPERTY_CHANGES = tuple(
    W + f"{of}PrChange" for of in ("r", "p", "sect", "tbl", "tblEx", "tr", "tc")
)
_OTHERS_OWN = {
    W + "pPr": {W + "rPr", W + "sectPr", W + "pPrChange"},
    W + "sectPr": {W + "headerReference", W + "footerReference"},
    W + "trPr": {W + "ins", W + "del"},
}
"""What a tracked change of properties says nothing of, as it is kept elsewhere."""


def resolve(body: etree._Element, fate: Callable[[str], Fate]) -> None:
    """Take or drop each tracked change whose trace has that fate, and keep all others."""
    joined = []
    for change in _traced(body):
        decided = fate(change.get(TRACE) or "")
        if decided == "keep" or change.getparent() is None:
            continue
        gone = (change.tag in _BRINGING) == (decided == "drop")
        around = parent_of(change)
        if change.tag == W + "pPrChange":
            _settle_properties(change, decided)
        elif around.tag in _FRAMES:
            _settle_frame(change, gone)
        elif around.tag == W + "rPr":
            around.remove(change)
            joined += [parent_of(parent_of(around))] if gone else []
        elif gone:
            _remove(change)
        else:
            unwrap(change)
    for paragraph in joined:
        _join(paragraph)


def _traced(body: etree._Element) -> list[etree._Element]:
    return [each for each in body.iter(*_TRACED) if each.get(TRACE) is not None]


def unwrap(change: etree._Element) -> None:
    """Let the words in a tracked change be simply words."""
    if change.tag in DELETED:
        for deleted in change.iter(DEL_TEXT, W + "delInstrText"):
            deleted.tag = T if deleted.tag == DEL_TEXT else W + "instrText"
    for child in list(change):
        change.addprevious(child)
    take_out(change)


def settle_properties(body: etree._Element, fate: Callable[[etree._Element], Fate]) -> None:
    """Take or drop tracked changes of properties."""
    for change in list(body.iter(*_PROPERTY_CHANGES)):
        if (decided := fate(change)) != "keep":
            _settle_properties(change, decided)


def drop_formatting(body: etree._Element) -> None:
    """Reject all tracked changes of properties, and of the numbers and grids that go with them."""
    settle_properties(body, lambda _: "drop")
    for change in list(body.iter(W + "numberingChange", W + "tblGridChange")):
        take_out(change)


def _settle_properties(change: etree._Element, decided: Fate) -> None:
    properties = parent_of(change)
    properties.remove(change)
    if decided == "take" or len(change) == 0:
        return
    kept = _OTHERS_OWN.get(properties.tag, set())
    for child in list(properties):
        if child.tag not in kept:
            properties.remove(child)
    old = list(without(change[0], kept))
    place = len(properties) if properties.tag == W + "sectPr" else 0
    properties[place:place] = old


def _settle_frame(change: etree._Element, gone: bool) -> None:
    """Settle a change of a row or a cell of a table; what is left empty goes, too."""
    properties = parent_of(change)
    properties.remove(change)
    frame = parent_of(properties)
    while gone and frame.getparent() is not None:
        around = parent_of(frame)
        around.remove(frame)
        frame = around
        gone = frame.tag in _HOLDING and frame.find(_HOLDING[frame.tag]) is None


def _remove(change: etree._Element) -> None:
    """Take a change away with its words; what only marks a place in it stays."""
    for child in list(change):
        if child.tag not in _STAND and child.tag != W + "p":
            change.addprevious(child)
    take_out(change)


def _join(paragraph: etree._Element) -> None:
    """Take away the end of a paragraph: what it holds becomes the beginning of the next."""
    parent = paragraph.getparent()
    if parent is None or paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return
    after = neighbour(paragraph)
    held = [child for child in paragraph if child.tag != W + "pPr"]
    if after is not None and after.tag == W + "p":
        place = 0 if after.find(W + "pPr") is None else 1
        after[place:place] = held
    elif after is None or any(_says(run) for run in paragraph.iter(W + "r")):
        return
    parent.remove(paragraph)


def _says(run: etree._Element) -> bool:
    return any(child.tag != W + "rPr" and (child.tag != T or child.text) for child in run)
