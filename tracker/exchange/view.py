"""A view: the running text as it goes out, clean or as a redline."""

from __future__ import annotations

from typing import Literal, NamedTuple

OpKind = Literal["equal", "delete", "insert"]


class Run(NamedTuple):
    """A stretch of a line that stood, was deleted or was inserted."""

    kind: OpKind
    text: str


class Choice(NamedTuple):
    """A stretch of a line for which rivals want other words; ``current`` is empty for new ones.

    Each of ``others`` is the words, empty where they would be deleted, and who wants them, where
    that may be told.
    """

    current: str
    others: tuple[tuple[str, str | None], ...]


class ViewLine(NamedTuple):
    """A line on its way out: ``lead`` is what joins it to the line before, with its markup.

    ``note`` is what a redline says of it besides its words: that it was moved, say.
    ``pieces`` are its text and the choices in it, where the view is bracketed.
    """

    label: str
    lead: str
    runs: tuple[Run, ...]
    note: str | None = None
    pieces: tuple[str | Choice, ...] = ()


class View(NamedTuple):
    """A text on its way out: clean, ``marked`` as a redline, or ``bracketed`` with choices.

    ``notice`` says what it is when it is not simply the text; ``encoding`` is how its characters
    are written, as :mod:`tracker.formats.encodings` names it.
    """

    title: str
    notice: str | None
    lines: tuple[ViewLine, ...]
    marked: bool = False
    trail: str = "\n"
    encoding: str = "utf-8"
    bracketed: bool = False
