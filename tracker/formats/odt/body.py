"""The paragraphs of a marked text as OpenDocument has them, with the marks of its changes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from lxml import etree

from tracker.exchange.marked import Block
from tracker.formats.odt.names import TEXT

BULLETS, NUMBERS = "Bullets", "Numbers"
"""The styles of lists that are written."""
_DEEPEST = 10
_NUMBER = re.compile(
    r"\(?([0-9]{1,9}|[0-9０-９一二三四五六七八九十]+|[a-zA-Zア-ン]{1,5})[.)）．、]?"
)
_HIGHEST_HEADING = 6


class Paragraph:
    """A paragraph as it will stand when all changes are accepted.

    ``block`` is the one whose words it has, ``own`` says that it has some; otherwise it is new, or
    nothing is left of it.
    """

    def __init__(self, *, new: bool = False) -> None:
        self.element = etree.Element(TEXT + "p")
        self.block: int | None = None
        self.own = False
        self.new = new

    def has(self, block: int, *, own: bool) -> None:
        """Say that it has words of a block, or words put in or deleted there."""
        if (own and not self.own) or self.block is None:
            self.block, self.own = block, own


class Blocks:
    """The blocks of a text by place."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._starts = [block.start for block in blocks]

    def at(self, place: int) -> int:
        """Return which block a place is in; its end belongs to it."""
        return max(0, bisect_right(self._starts, place) - 1)

    def look(self, paragraph: Paragraph) -> Block:
        """Return how a paragraph looks: as its block, but what is new is no heading."""
        if paragraph.block is None or paragraph.block >= len(self._blocks):
            return Block(0, 0)
        found = self._blocks[paragraph.block]
        if paragraph.own or not paragraph.new or found.kind != "heading":
            return found
        return Block(found.start, found.end)

    def number(self, place: int) -> Block:
        """Return the block that a place is in."""
        number = self.at(place)
        return self._blocks[number] if number < len(self._blocks) else Block(0, 0)


def placed(around: etree._Element, paragraphs: Iterable[tuple[Block, etree._Element]]) -> None:
    """Put paragraphs into an element: headings by level, items in lists as deep as they are."""
    lists: list[etree._Element] = []
    for look, element in paragraphs:
        if look.kind == "item" and look.level:
            _item(around, lists, look, element)
            continue
        lists.clear()
        if look.kind == "heading":
            level = str(max(1, min(look.level or 1, _HIGHEST_HEADING)))
            element.tag = TEXT + "h"
            element.set(TEXT + "style-name", f"Heading_20_{level}")
            element.set(TEXT + "outline-level", level)
        else:
            element.set(TEXT + "style-name", "Text_20_body")
        around.append(element)


def _item(
    around: etree._Element, lists: list[etree._Element], look: Block, element: etree._Element
) -> None:
    """Put a paragraph into the list that is open at its depth, or open one."""
    depth = min(look.level or 1, _DEEPEST)
    number = _NUMBER.fullmatch(look.marker or "")
    style = NUMBERS if number else BULLETS
    del lists[depth:]
    if len(lists) == depth and look.marker and lists[-1].get(TEXT + "style-name") != style:
        lists.pop()
    is_first = len(lists) < depth
    while len(lists) < depth:
        parent = around if not lists else _last_item(lists[-1])
        made = etree.SubElement(parent, TEXT + "list")
        made.set(TEXT + "style-name", style)
        lists.append(made)
    item = lists[-1][-1] if look.marker is None and len(lists[-1]) else None
    if item is None:
        item = etree.SubElement(lists[-1], TEXT + "list-item")
        begins = number[1] if number and number[1].isascii() and number[1].isdigit() else "1"
        if is_first and begins != "1":
            item.set(TEXT + "start-value", str(int(begins)))
    element.set(TEXT + "style-name", "List_20_Paragraph")
    item.append(element)


def _last_item(list_: etree._Element) -> etree._Element:
    return list_[-1] if len(list_) else etree.SubElement(list_, TEXT + "list-item")
