"""Marked texts for tests, written down as they would be seen.

``{+A:words+}`` is what A put in, ``{-A:words-}`` what A deleted, ``¶`` a paragraph's end, ``↵`` a
line break; a paragraph may begin with ``# ``, ``- `` or ``1. ``.
"""

from __future__ import annotations

import re
from typing import Any

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked

_MARK = re.compile(r"\{([+-])(?:([^:{}]*):)?(.*?)\1\}", re.DOTALL)
_OPENS = re.compile(r"(#{1,6} |- |1\. )?")
DATE = "2022-03-04T10:00:00"


def marked(written: str, **more: Any) -> Marked:
    """Return the marked text that is written down so."""
    words: list[str] = []
    marks: list[Mark] = []
    kinds: dict[int, str] = {}
    position = at = 0

    def take(part: str) -> None:
        nonlocal at
        for row in re.split("(¶)", part):
            opens = _OPENS.match(row) if not at or "".join(words).endswith(PARAGRAPH) else None
            if opens is not None and opens[1]:
                kinds[at] = opens[1].strip()
            text = _plain(row[opens.end() :] if opens is not None else row)
            words.append(text)
            at += len(text)

    for found in _MARK.finditer(written):
        take(written[position : found.start()])
        position = found.end()
        author, text = found[2] or "A", _plain(found[3])
        if found[1] == "+":
            marks.append(Mark("insert", author, DATE, at, at, text))
        else:
            marks.append(Mark("delete", author, DATE, at, at + len(text), text))
            words.append(text)
            at += len(text)
    take(written[position:])
    text = "".join(words)
    return Marked(text, tuple(_blocks(text, kinds)), tuple(marks), **more)


def _plain(text: str) -> str:
    return text.replace("¶", PARAGRAPH).replace("↵", "\n")


def _blocks(text: str, kinds: dict[int, str]) -> list[Block]:
    blocks = []
    start = 0
    for body in text.split(PARAGRAPH):
        end = start + len(body)
        opens = kinds.get(start, "")
        if opens.startswith("#"):
            blocks.append(Block(start, end, "heading", len(opens)))
        elif opens:
            blocks.append(Block(start, end, "item", 1, opens))
        else:
            blocks.append(Block(start, end))
        start = end + 1
    return blocks


def taken(text: Marked, author: str) -> list[str]:
    """Return the paragraphs of a marked text with the changes of one author, as words."""
    paragraphs = text_taken(text, author).split(PARAGRAPH)
    return [" ".join(each.split()) for each in paragraphs if each.strip()]


def text_taken(text: Marked, author: str) -> str:
    """Return a marked text as it reads with the changes of one author."""
    parts: list[str] = []
    position = 0
    for mark in text.marks:
        if mark.author != author or mark.within is not None:
            continue
        parts.append(text.text[position : mark.start])
        position = max(position, mark.end)
        if mark.kind == "insert":
            parts.append(mark.text)
    parts.append(text.text[position:])
    return "".join(parts)
