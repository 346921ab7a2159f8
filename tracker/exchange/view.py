"""A view: the running text as it goes out, clean or as a redline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OpKind = Literal["equal", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line that stood, was deleted or was inserted."""

    kind: OpKind
    text: str


@dataclass(frozen=True, slots=True)
class ViewLine:
    """A line on its way out: ``lead`` is what joins it to the line before, with its markup."""

    label: str
    lead: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A text on its way out: clean, or ``marked`` as a redline.

    ``notice`` says what it is when it is not simply the text.
    """

    title: str
    notice: str | None
    lines: tuple[ViewLine, ...]
    marked: bool = False
    trail: str = "\n"
