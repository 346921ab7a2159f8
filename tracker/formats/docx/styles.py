"""What kind of paragraph one is, by its style, its outline level and its numbering."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from tracker.exchange.marked import BlockKind
from tracker.formats.docx.names import W
from tracker.formats.docx.package import WordFile

# Word keeps the English name of its own styles, whatever they are called in its menus.
_HEADING = re.compile("heading ([1-9])", re.IGNORECASE)
_TITLE = "title"
_NOT_IN_OUTLINE = 9
_NO_NUMBERING = "0"


class Look(NamedTuple):
    """What a paragraph is: as :class:`tracker.exchange.marked.Block` says it."""

    kind: BlockKind
    level: int | None = None
    marker: str | None = None


class _Style(NamedTuple):
    """What a style says of a paragraph; ``level`` and ``depth`` count from 0, as Word does."""

    based_on: str | None
    level: int | None
    list_id: str | None
    depth: int | None


@dataclass(frozen=True)
class Styles:
    """The styles and lists of a file: :func:`styles_of` reads them."""

    _styles: dict[str, _Style]
    _default: str | None
    _lists: dict[str, dict[int, str]]
    _known: dict[str | None, _Style] = field(default_factory=dict)

    def look(self, paragraph: etree._Element) -> Look:
        """Return what kind of paragraph one is that stands in no table."""
        properties = paragraph.find(W + "pPr")
        style: str | None = None
        level: int | None = None
        list_id: str | None = None
        depth: int | None = None
        if properties is not None:
            style = _value(properties, "pStyle")
            level = _number(_value(properties, "outlineLvl"))
            list_id, depth = _numbering(properties)
        said = self._whole(style if style in self._styles else self._default)
        level = said.level if level is None else level
        if level is not None and 0 <= level < _NOT_IN_OUTLINE:
            return Look("heading", level + 1)
        if list_id is None:
            list_id = said.list_id
            depth = said.depth if depth is None else depth
        return self._item(list_id, depth) or Look("paragraph")

    def _whole(self, name: str | None) -> _Style:
        """Return a style with what it takes from those that it is based on."""
        if name not in self._known:
            self._known[name] = self._inherited(name)
        return self._known[name]

    def _inherited(self, name: str | None) -> _Style:
        found = _Style(None, None, None, None)
        seen: set[str] = set()
        while name is not None and name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            found = _Style(
                None,
                style.level if found.level is None else found.level,
                style.list_id if found.list_id is None else found.list_id,
                style.depth if found.depth is None else found.depth,
            )
            name = style.based_on
        return found

    def _item(self, list_id: str | None, depth: int | None) -> Look | None:
        depths = self._lists.get(list_id or _NO_NUMBERING)
        if depths is None:
            return None
        shape = depths.get(depth or 0, "decimal")
        if shape == "none":
            return None
        return Look("item", (depth or 0) + 1, "-" if shape == "bullet" else "1.")


def styles_of(word: WordFile) -> Styles:
    """Return the styles and lists of a file; those that it lacks are taken for plain ones."""
    styles: dict[str, _Style] = {}
    default = None
    root = word.related("styles")
    for element in () if root is None else root:
        if element.tag != W + "style" or element.get(W + "type") != "paragraph":
            continue
        name = element.get(W + "styleId", "")
        styles[name] = _style(element)
        if element.get(W + "default") in ("1", "true", "on"):
            default = name
    return Styles(styles, default, _lists(word.related("numbering")))


def _style(element: etree._Element) -> _Style:
    name = (_value(element, "name") or "").strip()
    properties = element.find(W + "pPr")
    level = None if properties is None else _number(_value(properties, "outlineLvl"))
    heading = _HEADING.fullmatch(name)
    if level is None and heading:
        level = int(heading[1]) - 1
    elif level is None and name.lower() == _TITLE:
        level = 0
    numbering = (None, None) if properties is None else _numbering(properties)
    return _Style(_value(element, "basedOn"), level, *numbering)


def _lists(root: etree._Element | None) -> dict[str, dict[int, str]]:
    """Return how the items of each list are numbered, by their depth from 0."""
    if root is None:
        return {}
    kinds = {each.get(W + "abstractNumId", ""): each for each in root.iter(W + "abstractNum")}
    styled = {
        link: each for each in kinds.values() if (link := _value(each, "styleLink")) is not None
    }
    lists = {}
    for each in root.iter(W + "num"):
        kind = kinds.get(_value(each, "abstractNumId") or "")
        if kind is None:
            continue
        kind = styled.get(_value(kind, "numStyleLink") or "", kind)
        shapes = _shapes(kind)
        for changed in each.iter(W + "lvlOverride"):
            shapes.update(_shapes(changed))
        lists[each.get(W + "numId", "")] = shapes
    lists.pop(_NO_NUMBERING, None)
    return lists


def _shapes(element: etree._Element) -> dict[int, str]:
    return {
        depth: shape
        for level in element.iterchildren(W + "lvl")
        if (depth := _number(level.get(W + "ilvl"))) is not None
        and (shape := _value(level, "numFmt")) is not None
    }


def _numbering(properties: etree._Element) -> tuple[str | None, int | None]:
    found = properties.find(W + "numPr")
    if found is None:
        return None, None
    return _value(found, "numId"), _number(_value(found, "ilvl"))


def _value(element: etree._Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(W + "val")


def _number(written: str | None) -> int | None:
    return (
        int(written) if written is not None and written.isdecimal() and len(written) < 4 else None
    )
