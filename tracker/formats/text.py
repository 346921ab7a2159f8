"""Plain text: the running text, and its redline in CriticMarkup."""

from __future__ import annotations

from tracker.exchange.view import View, ViewLine
from tracker.formats.brackets import bracketed
from tracker.formats.criticmarkup.marks import escaped, note, redline
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
    if view.bracketed:
        return "".join(line.lead + bracketed(line.pieces) for line in view.lines) + view.trail
    marked = _redlined if view.marked else _plain
    return "".join(line.lead + marked(line) for line in view.lines) + view.trail


def _redlined(line: ViewLine) -> str:
    return (note(line.note) if line.note else "") + redline(line.runs)


def _plain(line: ViewLine) -> str:
    return "".join(run.text for run in line.runs)
