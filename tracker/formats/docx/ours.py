"""What this program puts into a Word file besides text, and how it is told from the text again."""

from __future__ import annotations

from lxml import etree

from tracker.formats.docx.names import W

OURS = "tracker."
"""How the tags of content controls begin that hold what is no part of the text."""
LINE = "_trk_"
"""How the name of a bookmark begins that is around a line; its label follows."""
BESIDE = "_trkbeside_"
"""How the name of a bookmark begins that tells a paragraph, or a table, as no part of the text."""
TRACE = "trk"
"""An attribute that says, while a file is made, which change an element belongs to."""
STUCK = "trkstuck"
"""An attribute of a paragraph whose end could not be taken out, while a file is made."""


def is_ours(block: etree._Element) -> bool:
    """Say whether a block was put in by this program, besides the text.

    A content control of ours, or what was in one: LibreOffice takes these away when it saves.
    """
    if block.tag == W + "sdt":
        tag = block.find(f"{W}sdtPr/{W}tag")
        return tag is not None and (tag.get(W + "val") or "").startswith(OURS)
    first = next(block.iter(W + "p"), None) if block.tag == W + "tbl" else block
    marks = () if first is None else first.iterchildren(W + "bookmarkStart")
    return any((mark.get(W + "name") or "").startswith(BESIDE) for mark in marks)
