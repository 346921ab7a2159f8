"""Plain text: the running text, and its redline in CriticMarkup."""

from __future__ import annotations

from collections.abc import Iterable

from tracker.exchange.view import Run, View
from tracker.formats.criticmarkup import escaped, redline
from tracker.formats.encodings import encode


def write(view: View) -> bytes:
    """Return a view in its encoding. Clean, without a notice, it is the text itself.

    Raises BadInput for a character that the encoding does not have.
    """
    notice = f"{escaped(view.notice)}\n\n" if view.notice else ""
    return encode(notice + body(view), view.encoding)


def body(view: View) -> str:
    """Return the lines of a view with what joins them."""
    if not view.lines:
        return ""
    marked = redline if view.marked else _plain
    return "".join(line.lead + marked(line.runs) for line in view.lines) + view.trail


def _plain(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)
