"""The rows of a file of notes: headings, items with what belongs to them, and stray words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t\u3000]+(.*?)[ \t\u3000]*#*[ \t\u3000]*")
_ITEM = re.compile(r"([ \t\u3000]*)[-*+][ \t\u3000]+(.*)")
_RULE = re.compile(r"[ ]{0,3}([-*_])([ \t]*\1){2,}[ \t]*")
_REMARK = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_WIDTHS = {" ": 1, "\u3000": 2}
_NESTED = 2
"""Columns by which a reply stands deeper than what it replies to."""


class Heading(NamedTuple):
    """A heading: its level, from 1, and its words."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list with all rows that belong to it; ``depth`` 0 is the outermost.

    ``rows`` holds each row with its line; an empty one stands between two paragraphs.
    """

    line: int
    depth: int
    orphan: bool
    rows: list[tuple[int, str]] = field(default_factory=list)


class Stray(NamedTuple):
    """Words that belong to no item."""

    line: int
    text: str


Block = Heading | Item | Stray


def blocks(text: str) -> Iterator[Block]:
    """Yield what a text consists of; ``<!-- remarks -->`` and quoted rows outside an item aside."""
    scanned = _REMARK.sub(lambda remark: re.sub(r"[^\r\n]", "", remark[0]), text)
    found: list[Block] = []
    nest: list[int] = []
    after_blank = False
    for number, row in enumerate(re.split(r"\r\n|\r|\n", scanned), 1):
        last = found[-1] if found and isinstance(found[-1], Item) else None
        if not row.strip() or _RULE.fullmatch(row):
            after_blank = True
            continue
        heading, item = _HEADING.fullmatch(row), _ITEM.fullmatch(row)
        if heading:
            nest = []
            found.append(Heading(number, len(heading[1]), heading[2].strip()))
        elif item:
            found.append(_item(number, _width(item[1]), item[2], nest))
        elif last and (not after_blank or _width(row) >= _NESTED):
            if after_blank:
                last.rows.append((number, ""))
            last.rows.append((number, row.strip()))
        elif not row.lstrip().startswith(">"):
            found.append(Stray(number, row.strip()))
        after_blank = False
    yield from found


def _item(number: int, indent: int, text: str, nest: list[int]) -> Item:
    """Return an item; ``nest`` holds the indents of those it may belong to, and gets its own."""
    while nest and nest[-1] > indent - _NESTED:
        nest.pop()
    orphan = not nest and indent >= _NESTED
    nest.append(indent)
    return Item(number, len(nest) - 1, orphan, [(number, text.strip())])


def _width(row: str) -> int:
    """Return how many columns of white space a row begins with."""
    columns = 0
    for letter in row:
        if letter == "\t":
            columns += 4 - columns % 4
        elif letter in _WIDTHS:
            columns += _WIDTHS[letter]
        else:
            break
    return columns


def paragraphs(rows: list[str]) -> str:
    """Return rows as a text: those of a paragraph on one line, an empty line between two."""
    parts: list[str] = []
    for row in rows:
        if not parts or not row or not parts[-1]:
            parts.append(row)
        else:
            parts[-1] += ("" if _wide(parts[-1][-1]) and _wide(row[0]) else " ") + row
    return "\n\n".join(part for part in parts if part)


def _wide(letter: str) -> bool:
    """Say whether a letter is Japanese, which has no blanks between words."""
    return letter >= "\u2e80"
