"""Taking a remark out of a kept file, however it is wrapped, quoted and indented there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

_MARK = "[sealed]"
# Shorter words cannot be told from the same ones of somebody else.
_SHORTEST = 8
# Where the name of who spoke is looked for: code points before the remark.
_AROUND = 300
_ESCAPED = {"'": "'{1,2}", '"': '\\\\?"', "\\": r"\\{1,2}"}
_BLANK = r"(?:\s|\\n|>)*"


class Redaction(NamedTuple):
    """The words of a remark, of all its versions: ``texts``, what is ``beside`` them, who spoke."""

    texts: tuple[str, ...]
    beside: tuple[str, ...]
    speakers: tuple[str, ...]

    @classmethod
    def of(cls, rows: Sequence[Any]) -> Redaction:
        """Return the words of the versions of a comment."""

        def said(*names: str) -> tuple[str, ...]:
            found = (getattr(row, name) for row in rows for name in names)
            # The longest first: one may be part of another.
            return tuple(sorted({text for text in found if text}, key=len, reverse=True))

        return cls(said("text"), said("context", "note"), said("speaker"))


def redacted(content: bytes, encoding: str | None, remark: Redaction) -> bytes | None:
    """Return a file without a remark; none if its words are not found in it for certain."""
    codec = (encoding or "utf-8").removesuffix("-sig")
    try:
        text = content.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
    found = False
    for said in remark.texts:
        text, count = _without(text, said, remark.speakers)
        found = found or bool(count)
    if not found:
        return None
    for said in remark.beside:
        text, _ = _without(text, said, ())
    return text.encode(codec)


def _without(text: str, words: str, speakers: Sequence[str]) -> tuple[str, int]:
    """Return a text without some words, and how often they stood in it."""
    if len(words) < _SHORTEST:
        return text, 0
    letters = [_ESCAPED.get(letter, re.escape(letter)) for letter in words if not letter.isspace()]
    places = list(re.finditer(_BLANK.join(letters), text))
    for place in reversed(places):
        before = _nameless(text[: place.start()], speakers)
        text = before + _MARK + text[place.end() :]
    return text, len(places)


def _nameless(before: str, speakers: Sequence[str]) -> str:
    """Return what stands before a remark without the name of who spoke."""
    near = max(0, len(before) - _AROUND)
    for speaker in speakers:
        start = before.rfind(speaker, near)
        if start >= 0:
            return before[:start] + _MARK + before[start + len(speaker) :]
    return before
