"""Markdown: the running text, and its redline in CriticMarkup."""

from __future__ import annotations

import re

from tracker.exchange.view import View
from tracker.formats.text import body

# What Markdown, the HTML within it, or CriticMarkup would obey in a title or a name.
_ACTIVE = re.compile(r"[\\`*_<>\[\]{}]")
_BACKSLASH = r"\\\g<0>"


def write(view: View) -> bytes:
    """Return a view as UTF-8; a notice stands above it as a quotation."""
    if not view.notice:
        return body(view).encode()
    return f"> {_ACTIVE.sub(_BACKSLASH, view.notice)}\n\n{body(view)}".encode()
