"""What paragraphs look like, and which look new ones take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from tracker.formats.docx.names import W
from tracker.formats.docx.runs import element, properties_of, unmarked, without
from tracker.formats.docx.story import Para, Story

_OWN = {W + "rPr", W + "sectPr", W + "pPrChange"}
"""What a paragraph keeps when it takes another's look."""


class Look(NamedTuple):
    """What a new paragraph takes: properties of its own, and of its words."""

    paragraph: etree._Element | None
    words: etree._Element | None


def of_mark(paragraph: etree._Element) -> etree._Element:
    """Return the properties of a paragraph's end, made if there are none."""
    properties = _properties(paragraph)
    own = properties.find(W + "rPr")
    if own is None:
        own = element("rPr")
        _before(properties, (W + "sectPr", W + "pPrChange"), own)
    return own


def copied(paragraph: etree._Element) -> etree._Element | None:
    """Return a copy of a paragraph's properties, without a section's end and what is tracked."""
    properties = paragraph.find(W + "pPr")
    if properties is None:
        return None
    copy = without(properties, {W + "sectPr", W + "pPrChange"})
    own = copy.find(W + "rPr")
    if own is not None:
        copy.replace(own, unmarked(own))
    return copy


def take(
    paragraph: etree._Element,
    look: etree._Element | None,
    tracked: Callable[[str], etree._Element],
) -> None:
    """Let a paragraph look like another, as a tracked change, unless it does."""
    properties = _properties(paragraph)
    new = element("pPr") if look is None else without(look, _OWN)
    old = without(properties, _OWN)
    if _said(new) == _said(old):
        return
    for child in list(properties):
        if child.tag not in _OWN:
            properties.remove(child)
    properties[:0] = list(new)
    if properties.find(W + "pPrChange") is None:
        change = tracked("pPrChange")
        change.append(old)
        properties.append(change)


def of_new(found: Story, number: int) -> Look:
    """Return the look of new paragraphs beside one: that of the nearest one but headings."""
    for para in _candidates(found, number):
        if not found.is_heading(para.element):
            return _look(para)
    return Look(None, None)


def _candidates(found: Story, number: int) -> Iterator[Para]:
    """Yield the paragraphs of the same frame: before, behind, then further on, nearest first."""
    frame = found.paras[number].element.getparent()
    nearest = [number - 1, number, *range(number + 1, min(number + 50, len(found.paras)))]
    for each in (*nearest, *range(number - 2, max(number - 50, -1), -1)):
        if each >= 0 and found.paras[each].element.getparent() is frame:
            yield found.paras[each]


def _look(para: Para) -> Look:
    said = next((piece for piece in para.runs if piece.text), None)
    return Look(copied(para.element), None if said is None else properties_of(said))


def _properties(paragraph: etree._Element) -> etree._Element:
    found = paragraph.find(W + "pPr")
    if found is None:
        found = element("pPr")
        paragraph.insert(0, found)
    return found


def _before(properties: etree._Element, later: tuple[str, ...], child: etree._Element) -> None:
    """Put a property in before such as must come later."""
    place = next((i for i, each in enumerate(properties) if each.tag in later), len(properties))
    properties.insert(place, child)


def _said(properties: etree._Element) -> bytes:
    return etree.tostring(properties, method="c14n")
