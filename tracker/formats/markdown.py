"""Markdown: the running text, and its redline in CriticMarkup."""

from __future__ import annotations

import re

from tracker.exchange.view import View
from tracker.formats.encodings import encode
from tracker.formats.text import body

# What Markdown, the HTML within it, or CriticMarkup would obey in a title or a name.
_ACTIVE = re.compile(r"[\\`*_<>\[\]{}]")
_BACKSLASH = r"\\\g<0>"


def write(view: View) -> bytes:
    """Return a view in its encoding; a notice stands above it as a quotation.

    Raises BadInput for a character that the encoding does not have.
    """
    notice = f"> {_ACTIVE.sub(_BACKSLASH, view.notice)}\n\n" if view.notice else ""
    return encode(notice + body(view), view.encoding)
