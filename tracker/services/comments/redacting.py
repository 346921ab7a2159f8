"""Taking a remark out of a kept file, however it is wrapped, quoted and indented there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from tracker.services.comments.repacking import ZIP, repacked, unpacked

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

        return cls(said("text"), said("context", "note", "locator"), said("speaker"))


def redacted(content: bytes, encoding: str | None, remark: Redaction) -> bytes | None:
    """Return a file without a remark; none if its words are not found in it for certain."""
    if content.startswith(ZIP):
        return repacked(content, lambda text: _spans(text, remark), _MARK)
    codec = (encoding or "utf-8").removesuffix("-sig")
    try:
        text = content.decode(codec)
    except (UnicodeDecodeError, LookupError):
        return None
    if not any(_places(text, said) for said in remark.texts):
        return None
    # What stands beside the remark may hold its words: it goes first, as a whole.
    for said in remark.beside:
        text = _without(text, said, ())
    for said in remark.texts:
        text = _without(text, said, remark.speakers)
    return text.encode(codec)


def reads_like(content: bytes, copy: bytes, encoding: str | None) -> bool:
    """Return whether a file is a redacted copy but for what was taken out, whatever that was.

    Nothing is kept by which an erased remark could be known: another one in its place looks alike.
    """
    codec = (encoding or "utf-8").removesuffix("-sig")
    if copy.startswith(ZIP) and content.startswith(ZIP):
        codec, content, copy = "utf-8", unpacked(content), unpacked(copy)
    first, *rest = copy.split(_MARK.encode(codec))
    if not rest or not content.startswith(first):
        return False
    *between, last = rest
    position = len(first)
    for part in between:
        found = content.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return content.endswith(last) and position <= len(content) - len(last)


def _spans(text: str, remark: Redaction) -> list[tuple[int, int]]:
    """Return where a remark stands in a text, what is beside it, and who spoke; none overlap."""
    remarks = [place.span() for said in remark.texts for place in _places(text, said)]
    found = [place.span() for said in remark.beside if remarks for place in _places(text, said)]
    for begin, _ in remarks:
        near = max(0, begin - _AROUND)
        names = ((text.rfind(name, near, begin), len(name)) for name in remark.speakers)
        found += [(start, start + length) for start, length in names if start >= 0][:1]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(remarks + found):
        last = joined.pop() if joined and start <= joined[-1][1] else (start, end)
        joined.append((last[0], max(last[1], end)))
    return joined


def _places(text: str, words: str) -> list[re.Match[str]]:
    """Return where some words stand in a text, however they are wrapped there."""
    if len(words) < _SHORTEST:
        return []
    letters = [_ESCAPED.get(letter, re.escape(letter)) for letter in words if not letter.isspace()]
    return list(re.finditer(_BLANK.join(letters), text))


def _without(text: str, words: str, speakers: Sequence[str]) -> str:
    """Return a text without some words, and without the name of who spoke before them."""
    for place in reversed(_places(text, words)):
        text = _nameless(text[: place.start()], speakers) + _MARK + text[place.end() :]
    return text


def _nameless(before: str, speakers: Sequence[str]) -> str:
    """Return what stands before a remark without the name of who spoke."""
    near = max(0, len(before) - _AROUND)
    for speaker in speakers:
        start = before.rfind(speaker, near)
        if start >= 0:
            return before[:start] + _MARK + before[start + len(speaker) :]
    return before
