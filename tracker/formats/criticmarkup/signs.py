"""Whether a file is CriticMarkup. Told without reading it."""

from __future__ import annotations

import re

_MARK = re.compile(rb"\{(?:\+\+|--|~~|>>|==)")
_STAMP = re.compile(
    rb"(?:\xef\xbb\xbf)?\{>>tracker [\w.-]+ @[0-9]+(?: from @[0-9]+)? [\w-]+(?: P[0-9]+)*:"
)


def is_stamped(content: bytes) -> bool:
    """Return whether a file went out from here with marks in it."""
    return _STAMP.match(content) is not None


def has_marks(content: bytes) -> bool:
    """Return whether anything in a text could be a mark; a text with braces has them, too."""
    return _MARK.search(content) is not None
