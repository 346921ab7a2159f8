"""Markdown: the running text, and its redline in CriticMarkup."""

from __future__ import annotations

from tracker.exchange.view import View
from tracker.formats.text import body


def write(view: View) -> bytes:
    """Return a view as UTF-8; a notice stands above it as a quotation."""
    notice = "".join(f"> {line}\n" for line in (view.notice or "").splitlines())
    return (f"{notice}\n{body(view)}" if notice else body(view)).encode()
