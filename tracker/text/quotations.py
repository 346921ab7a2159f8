"""Where the quotations of a paragraph are: “…”, "…", ‘…’, '…', 「…」 and 『…』.

Straight and single marks are told from apostrophes by the letters beside them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tracker.text.japanese import brackets

_PAIRED = "“「『"
_STRAIGHT = re.compile(r'["＂]')
_OPENS = re.compile(r"(?<![\w’'])[‘'](?=\w)")
# An apostrophe stands between letters.
_CLOSES = re.compile(r"(?<=\S)[’'](?!\w)")
_STRONG = re.compile(r"(?<=[.,;:!?…])[’']|[’'](?=[.,;:!?…)\]”\"]|\s*\Z)")
_INSIDE = "\x02"
OPENING = "\x01"
"""What stands for a quotation in a masked text: this, and then as many of another as it is long."""
_CONTROL = re.compile("[\x01\x02]")


class Quotation(NamedTuple):
    """A passage with its quotation marks, in code points, half open; ``text`` is without them."""

    start: int
    end: int
    text: str


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of a paragraph in order, without those inside others. Linear."""
    found: list[Quotation] = []
    for start, end in sorted([*_paired(text), *_straight(text), *_single(text)]):
        if end - start > 2 and (not found or start >= found[-1].end):
            found.append(Quotation(start, end, text[start + 1 : end - 1]))
    return found


def masked(text: str, found: list[Quotation]) -> str:
    """Return a text as long, in which nothing of what is quoted can be read."""
    parts: list[str] = []
    position = 0
    for quotation in found:
        parts.append(_CONTROL.sub(" ", text[position : quotation.start]))
        parts.append(OPENING + _INSIDE * (quotation.end - quotation.start - 1))
        position = quotation.end
    return "".join([*parts, _CONTROL.sub(" ", text[position:])])


def _paired(text: str) -> Iterator[tuple[int, int]]:
    for start, end in brackets(text).partner.items():
        if start < end and text[start] in _PAIRED:
            yield start, end + 1


def _straight(text: str) -> Iterator[tuple[int, int]]:
    opened: int | None = None
    for mark in _STRAIGHT.finditer(text):
        at = mark.start()
        if opened is not None:
            yield opened, at + 1
            opened = None
        elif not text[at - 1 : at].isalnum() and not text[at + 1 : at + 2].isspace():
            opened = at


def _single(text: str) -> Iterator[tuple[int, int]]:
    opens = [mark.start() for mark in _OPENS.finditer(text)]
    closes = [mark.start() for mark in _CLOSES.finditer(text)]
    for number, start in enumerate(opens):
        limit = opens[number + 1] if number + 1 < len(opens) else len(text)
        first, last = bisect_right(closes, start + 1), bisect_right(closes, limit)
        at = _closing(text, closes[first:last])
        if at is not None:
            yield start, at + 1


def _closing(text: str, places: list[int]) -> int | None:
    """Return the first mark that is hardly the apostrophe of a plural (countries’), or the last."""
    for at in places:
        if _STRONG.match(text, at) or text[at - 1] != "s":
            return at
    return places[-1] if places else None
