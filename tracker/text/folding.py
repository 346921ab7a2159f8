"""Texts as a reader quotes them: quotes straight or curly, any white space, any Unicode form."""

import re
from collections.abc import Sequence
from functools import cached_property
from unicodedata import is_normalized, normalize

from tracker.text.graphemes import around, clusters

_QUOTES = str.maketrans(dict.fromkeys("‘’‚‛′ʼ＇", "'") | dict.fromkeys("“”„‟″＂", '"'))
_SPACE = re.compile(r"\s+")
_WIDE_SPACE = re.compile(r"\s\s")


class Folded:
    """A text and its folded form, in which places that read alike are alike.

    ``folded`` has straight quotes and apostrophes, one space for each run of white space, and is in
    Unicode normal form C. Offsets are code points.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._same_length = (
            text.isascii() or is_normalized("NFC", text)
        ) and not _WIDE_SPACE.search(text)
        if self._same_length:
            self.folded = _SPACE.sub(" ", text.translate(_QUOTES))
        else:
            self.folded, self._places = _fold_by_parts(text)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a passage of the folded form stands in the text; None if it cuts a grapheme.

        An edge inside a run of white space, or within what became one character, widens.
        """
        if self._same_length:
            found = (start, end)
        elif start == end:
            found = (self._places[start], self._places[start])
        else:
            found = (self._places[start], self._ends[end - 1])
        if any(around(self.text, edge) != (edge, edge) for edge in found):
            return None
        return found

    def offset(self, position: int) -> int:
        """Return where a position in the text is in the folded form."""
        if self._same_length:
            return position
        return len(fold(self.text[:position]))

    @cached_property
    def _ends(self) -> Sequence[int]:
        """Where in the text each folded character ends: where the next part begins."""
        ends = [0] * len(self.folded)
        following = len(self.text)
        for at in range(len(ends) - 1, -1, -1):
            ends[at] = following
            if not at or self._places[at - 1] != self._places[at]:
                following = self._places[at]
        return ends


def fold(text: str) -> str:
    """Return the folded form of a text: equal forms read alike."""
    return Folded(text).folded


def _fold_by_parts(text: str) -> tuple[str, list[int]]:
    """Fold a text grapheme by grapheme; return also where each folded character came from."""
    folded: list[str] = []
    places: list[int] = []
    position = 0
    in_space = False
    for part in clusters(text):
        is_space = part.isspace()
        if not (is_space and in_space):
            form = " " if is_space else normalize("NFC", part).translate(_QUOTES)
            folded.append(form)
            places.extend([position] * len(form))
        in_space = is_space
        position += len(part)
    places.append(position)
    return "".join(folded), places
