"""What XML can hold of a text."""

from __future__ import annotations

import re

_SPACES = str.maketrans("\x0b\x0c", "  ")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def holdable(text: str) -> str:
    """Return a text as long, as XML can hold it.

    A page's or a column's end within a text is a space; whatever else it cannot hold is U+FFFD.
    """
    return _FORBIDDEN.sub("\ufffd", text.translate(_SPACES))
