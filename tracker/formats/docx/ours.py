"""What this program puts into a Word file besides text, and how it is told from the text again."""

from __future__ import annotations

from lxml import etree

from tracker.formats.docx.names import W

OURS = "tracker."
"""How the tags of content controls begin that hold what is no part of the text."""
LINE = "_trk_"
"""How the name of a bookmark begins that is around a line; its label follows."""
TRACE = "trk"
"""An attribute that says, while a file is made, which change an element belongs to."""
STUCK = "trkstuck"
"""An attribute of a paragraph whose end could not be taken out, while a file is made."""


def is_ours(control: etree._Element) -> bool:
    """Say whether a content control was put in by this program."""
    tag = control.find(f"{W}sdtPr/{W}tag")
    return tag is not None and (tag.get(W + "val") or "").startswith(OURS)
