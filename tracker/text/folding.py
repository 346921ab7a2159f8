"""Texts as a reader quotes them: quotes straight or curly, any white space, any Unicode form."""

import re
from unicodedata import is_normalized

from tracker.text.graphemes import clusters, composed_form, has_clusters

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
        # A space may carry a combining mark, and is then no white space: only a text without
        # clusters can be folded code point by code point.
        self._same_length = text.isascii() or (
            not has_clusters(text) and is_normalized("NFC", text)
        )
        self._same_length = self._same_length and not _WIDE_SPACE.search(text)
        if self._same_length:
            self.folded = _SPACE.sub(" ", text.translate(_QUOTES))
        else:
            self.folded, self._places = _fold_by_parts(text)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where a passage of the folded form stands in the text; None if it cuts a grapheme.

        A run of white space is one character of the folded form, and stands for all of the run.
        """
        if self._same_length:
            return start, end
        places = self._places
        if any(
            0 < edge < len(places) and places[edge - 1] == places[edge] for edge in (start, end)
        ):
            return None
        return places[start], places[end]

    def offset(self, position: int) -> int:
        """Return where a position in the text is in the folded form."""
        if self._same_length:
            return position
        return len(fold(self.text[:position]))


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
            form = " " if is_space else composed_form(part).translate(_QUOTES)
            folded.append(form)
            places.extend([position] * len(form))
        in_space = is_space
        position += len(part)
    places.append(position)
    return "".join(folded), places
