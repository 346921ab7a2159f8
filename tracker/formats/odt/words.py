"""Words and marks put into the paragraphs of an OpenDocument text, one after another."""

from __future__ import annotations

import re

from lxml import etree

from tracker.formats.odt.names import TEXT
from tracker.formats.xml import holdable

# A space is only sure to stay between two letters of one stretch.
_TOKEN = re.compile(r"[^ \t\n]+(?: [^ \t\n]+)*| +|\t|\n")


def add(element: etree._Element, words: str) -> None:
    """Put words behind what is in an element; spaces, tabs and line ends as they are.

    A character that XML cannot hold becomes U+FFFD.
    """
    for token in _TOKEN.findall(clean(words)):
        if token[0] == " ":
            count = {TEXT + "c": str(len(token))} if len(token) > 1 else {}
            etree.SubElement(element, TEXT + "s", count)
        elif token in ("\t", "\n"):
            etree.SubElement(element, TEXT + ("tab" if token == "\t" else "line-break"))
        elif len(element):
            last = element[-1]
            last.tail = (last.tail or "") + token
        else:
            element.text = (element.text or "") + token


def clean(text: str) -> str:
    """Return a text as long, without what XML cannot hold. A carriage return is a line end."""
    return holdable(text.replace("\r", "\n"))
