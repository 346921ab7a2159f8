"""What stands before a line of a draft, taken apart: white space, markup, and what it means."""

from __future__ import annotations

import re

from tracker.exchange.draft import DraftLine
from tracker.exchange.record import Block

# The marks of a quotation (>) stand on its empty lines too.
_EMPTY_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n>]*(?:>[^\S\r\n>]*)*[\r\n]")


def parted(line: DraftLine, *, first: bool) -> tuple[str, str]:
    """Return the gap before a line, and the markup that belongs to it: ``- ``, with its indent."""
    at = max(line.lead.rfind("\n"), line.lead.rfind("\r")) + 1
    if not at and not (first and line.lead.strip()):
        return line.lead, ""
    return line.lead[:at], line.lead[at:]


def block_of(lead: str) -> Block:
    """Return what a line begins: a paragraph, a line of one, or nothing, standing inline."""
    if _EMPTY_LINE.search(lead):
        return "paragraph"
    return "line" if "\n" in lead or "\r" in lead else "inline"
