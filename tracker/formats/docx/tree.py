"""Elements in their tree: taken out of it, and asked for what they stand in."""

from __future__ import annotations

from lxml import etree


def parent_of(element: etree._Element) -> etree._Element:
    """Return what an element stands in, which must be there."""
    parent = element.getparent()
    assert parent is not None
    return parent


def take_out(element: etree._Element) -> None:
    """Take an element out of what it stands in."""
    parent_of(element).remove(element)
