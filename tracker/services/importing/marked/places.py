"""Where the lines of a stored text stand in the marked text that they came from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from tracker.exchange.marked import Marked


class Worded(Protocol):
    """Anything with words: a line of a draft, or of the store."""

    @property
    def text(self) -> str:
        """The words."""


def places(lines: Iterable[Worded], marked: Marked) -> list[tuple[int, int]] | None:
    """Return where each line stands in the untouched text: from and to, in code points.

    The lines are those of the whole text, in their order, as they were at the entry that brought
    it in. None if they are not: between two lines of a text there is nothing but white space.
    """
    found: list[tuple[int, int]] = []
    position = 0
    for line in lines:
        start = _next_word(marked.text, position)
        if not marked.text.startswith(line.text, start):
            return None
        position = start + len(line.text)
        found.append((start, position))
    return found if _next_word(marked.text, position) == len(marked.text) else None


def _next_word(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position
