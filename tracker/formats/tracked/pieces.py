"""The pieces that a word processor's file is made of, each with who inserted and deleted it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from lxml import etree

_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+)?)(?:Z|[+-][0-9]{2}:[0-9]{2})?")


class Tracked(NamedTuple):
    """An element that tracks what is in it: whose it is, of what time, and of which move."""

    author: str
    date: str | None
    move: str | None
    utc: str | None
    element: etree._Element

    @property
    def whose(self) -> tuple[str, str | None, str | None]:
        """What two neighbours have in common if they are one change."""
        return self[:3]


class Piece(NamedTuple):
    """The words of a run, or ``PARAGRAPH`` for the end of a paragraph, and what is tracked of it.

    ``element`` is the run, or the paragraph. ``inserted`` and ``deleted`` may both be there.
    """

    text: str
    inserted: Tracked | None
    deleted: Tracked | None
    element: etree._Element


class Anchor(NamedTuple):
    """An element that marks a place: it stands before the piece of that number."""

    element: etree._Element
    at: int


def time(written: str | None) -> str | None:
    """Return a time as written, without what it claims of a time zone; none if it is no time."""
    found = _TIME.fullmatch(written or "")
    if found is None:
        return None
    try:
        datetime.fromisoformat(found[1])
    except ValueError:
        return None
    return found[1]
