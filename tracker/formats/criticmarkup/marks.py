"""CriticMarkup: deletions as ``{--…--}``, insertions as ``{++…++}``, in plain text or Markdown.

It has no mark for a line that moved: the line stands at its new place, and a comment ``{>>…<<}``
says where it stood, as it says what was split and merged.

CriticMarkup knows no escapes. Where the text itself holds one of its marks, a backslash is put
into the mark, which Markdown does not show and which no longer is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.exchange.view import Run

# A mark, and a mark that the text itself has with backslashes in it: each gets one more.
_MARKS = re.compile(r"\{(?=\\*([+\-~=>])\\*\1)|([+\-~=<])(?=\\*\2\\*\})|~(?=\\*>)")
_ESCAPED = re.compile(r"(\{)\\(?=\\*([+\-~=>])\\*\2)|([+\-~=<])\\(?=\\*\3\\*\})|(~)\\(?=\\*>)")
_WRAP = {"equal": "{}", "delete": "{{--{}--}}", "insert": "{{++{}++}}"}


def redline(runs: Iterable[Run]) -> str:
    """Return the runs of a line as CriticMarkup."""
    return "".join(_WRAP[run.kind].format(escaped(run.text)) for run in runs)


def note(text: str) -> str:
    """Return a remark on the line that follows as CriticMarkup."""
    return f"{{>>{escaped(text)}<<}}"


def escaped(text: str) -> str:
    """Return a text in which nothing is a mark of CriticMarkup."""
    return _MARKS.sub(lambda mark: mark[0] + "\\", text)


def unescaped(text: str) -> str:
    """Return the text that :func:`escaped` was given."""
    return _ESCAPED.sub(lambda mark: mark[0][0], text)
