"""Taking a remark out of a kept file that is a zip of XML: of Word, LibreOffice or Excel."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml import etree

ZIP = b"PK\x03\x04"
"""How such a file begins."""
Span = tuple[int, int]
Found = Callable[[str], list[Span]]
"""Return where, in some text, there are words that are to go."""
# Of whoever made the comment that words are taken out of.
_WHO = ("author", "initials")


class _Node(NamedTuple):
    """Some text of a tree: what an element begins with, or what follows it; where it starts."""

    element: etree._Element
    name: str
    start: int
    text: str


def repacked(content: bytes, found: Found, mark: str) -> bytes | None:
    """Return a file with a mark in the place of some words; none if they are not found in it."""
    made = io.BytesIO()
    changed = False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
            for info in old.infolist():
                part = old.read(info)
                without = _without(part, found, mark) if _is_text(info) else None
                changed = changed or without is not None
                new.writestr(info, part if without is None else without)
    except zipfile.BadZipFile:
        return None
    return made.getvalue() if changed else None


def unpacked(content: bytes) -> bytes:
    """Return all that a file says, part by part, whoever wrote it down last."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return b"".join(_as_written(packed.read(info)) for info in packed.infolist())
    except zipfile.BadZipFile:
        return content


def _is_text(info: zipfile.ZipInfo) -> bool:
    return info.filename.lower().endswith(".xml")


def _as_written(part: bytes) -> bytes:
    from lxml import etree

    root = _tree(part)
    return part if root is None else etree.tostring(root, encoding="UTF-8")


def _tree(part: bytes) -> etree._Element | None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(part, parser)
    except etree.XMLSyntaxError:
        return None


def _without(part: bytes, found: Found, mark: str) -> bytes | None:
    """Return a part without some words, and without who said them; none if it has none of them."""
    from lxml import etree

    root = _tree(part)
    if root is None:
        return None
    nodes = list(_nodes(root))
    spans = found("".join(node.text for node in nodes))
    for node in nodes:
        text, end = node.text, node.start + len(node.text)
        for start, stop in sorted(spans, reverse=True):
            if start < end and stop > node.start:
                first, last = max(0, start - node.start), stop - node.start
                text = text[:first] + mark + text[last:]
        if text != node.text:
            setattr(node.element, node.name, text)
            _hide(node.element, mark)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) if spans else None


def _nodes(root: etree._Element) -> Iterator[_Node]:
    """Yield all text of a tree, in order."""
    place = 0
    for event, element in _walked(root):
        text = getattr(element, event)
        if text and (event == "tail" or isinstance(element.tag, str)):
            yield _Node(element, event, place, text)
            place += len(text)


def _walked(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    from lxml import etree

    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            yield "text", element
        elif element is not root:
            yield "tail", element


def _hide(element: etree._Element, mark: str) -> None:
    """Take the name off the comment that some words were taken out of."""
    for around in (element, *element.iterancestors()):
        for name in around.attrib:
            if str(name).rpartition("}")[2] in _WHO:
                around.set(name, mark)
