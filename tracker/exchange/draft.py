"""A draft: a text read from a file, in the lines that it would be stored in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tracker.exchange.record import LineKind, Unit


class DraftLine(NamedTuple):
    """A line of a draft; ``lead`` is all that stands between the line before and its words."""

    lead: str
    text: str
    kind: LineKind
    level: int | None = None


@dataclass(frozen=True)
class Draft:
    """A text in lines: the leads and texts in turn, and then the trail, are the text as it came.

    ``encoding`` is the name that :mod:`tracker.formats.encodings` gives to how it was written.
    """

    encoding: str
    language: str
    unit: Unit
    lines: tuple[DraftLine, ...]
    trail: str

    @property
    def text(self) -> str:
        """The text as it came, code point for code point."""
        return "".join([part for line in self.lines for part in line[:2]]) + self.trail
