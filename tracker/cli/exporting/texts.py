"""The running text as a file: clean, as a redline, with proposals, or with rivals in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import say

if TYPE_CHECKING:
    from tracker.cli.exporting.forms import Asked
    from tracker.exchange.view import View
    from tracker.services.snapshot import Snapshot


def write(snapshot: Snapshot, name: str, asked: Asked) -> bytes:
    """Return the text as Markdown or plain text."""
    from tracker.formats import markdown, text

    found = _bracketed(snapshot, asked) if asked.brackets else _view(snapshot, asked)
    if asked.encoding is not None:
        found = found._replace(encoding=asked.encoding)
    return markdown.write(found) if name == "markdown" else text.write(found)


def _view(snapshot: Snapshot, asked: Asked) -> View:
    from tracker.services.exporting.text import Request, view

    return view(snapshot, Request(asked.redline, asked.with_))


def _bracketed(snapshot: Snapshot, asked: Asked) -> View:
    from tracker.exchange.view import Choice
    from tracker.services.exporting.brackets import view

    found = view(snapshot, asked.with_)
    if not any(isinstance(piece, Choice) for line in found.lines for piece in line.pieces):
        say("nothing stands in brackets: no undecided proposal would change this text")
    return found
