"""CriticMarkup: deletions as ``{--…--}``, insertions as ``{++…++}``, in plain text or Markdown.

CriticMarkup knows no escapes. Where the text itself holds one of its marks, a backslash is put
into the mark, which Markdown does not show and which no longer is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.exchange.view import Run

# A mark, and a mark that the text itself has with backslashes in it: each gets one more.
_MARKS = re.compile(r"\{(?=\\*([+\-~=>])\\*\1)|([+\-~=<])(?=\\*\2\\*\})|~(?=\\*>)")
_WRAP = {"equal": "{}", "delete": "{{--{}--}}", "insert": "{{++{}++}}"}


def redline(runs: Iterable[Run]) -> str:
    """Return the runs of a line as CriticMarkup."""
    return "".join(_WRAP[run.kind].format(escaped(run.text)) for run in runs)


def escaped(text: str) -> str:
    """Return a text in which nothing is a mark of CriticMarkup."""
    return _MARKS.sub(lambda mark: mark[0] + "\\", text)
