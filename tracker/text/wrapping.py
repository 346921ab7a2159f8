"""Which line ends are only where the page was full.

In Markdown and in wrapped plain text a paragraph goes on over line ends; in much other plain text
each line is a paragraph. A line goes on in the next one if that begins with a small letter, or if
no line could end with its last word ("of", の). Besides, a document is *wrapped* if most of its
lines go on or are full, the next word being too long for the page: there full lines go on too.
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tracker.text.blocks import Block

# Nobody wraps at fewer or at more columns.
_NARROWEST = 40
_WIDEST = 120
# The share of lines that are not wider than the page; the rest stick out of it.
_WITHIN_THE_PAGE = 0.9
_WIDE = (
    r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
)
_SMALL_LETTER = re.compile(r"[\"“‘'(*_]*[a-zà-öø-ÿ]")
_LIST_OPENS = tuple(":;：；")
# The last words of a line that goes on.
_UNFINISHED = re.compile(
    r"(?:[、，をのはがにでとへ]|\b(?:an?|the|and|or|nor|but|of|to|by|in|on|at|for|from|with|as|into"
    r"|than|that|which|who|whose|its|their|is|are|was|were|be|been|shall|should|may|must|will))\Z"
)
_LONGEST_WORD = 8
_BEFORE_PAGE_BREAK = re.compile(r"[a-z,]")


class Paragraph(NamedTuple):
    """Blocks that are one: from ``start`` to ``end``, code points of the document.

    ``body`` is that part of it, as long, with white space for whatever stands between its lines
    (``>``, indentation). ``kind`` and ``level`` are those of a block.
    """

    start: int
    end: int
    body: str
    kind: str
    level: int | None


def paragraphs(text: str, found: list[Block]) -> list[Paragraph]:
    """Join the blocks of a document that are one paragraph."""
    wrapped_at = _page_width(text, found)
    made: list[Paragraph] = []
    lines: list[Block] = []
    for block in found:
        if lines and not _goes_on(text, lines[-1], block, wrapped_at):
            made.append(_joined(text, lines))
            lines = []
        lines.append(block)
    return [*made, _joined(text, lines)] if lines else []


def _joined(text: str, lines: list[Block]) -> Paragraph:
    first, last = lines[0], lines[-1]
    body = [text[first.start : first.end]]
    for before, line in pairwise(lines):
        body += [" " * (line.start - before.end), text[line.start : line.end]]
    return Paragraph(first.start, last.end, "".join(body), first.kind, first.level)


def _goes_on(text: str, line: Block, following: Block, page: int) -> bool:
    """Say whether a line's paragraph goes on in the following one."""
    if line.kind != "prose" or following.kind != "prose":
        return False
    small = _SMALL_LETTER.match(text, following.start) is not None
    if following.before == "blank":
        return (
            small
            and not line.level
            and not line.quotes
            and _BEFORE_PAGE_BREAK.match(text, line.end - 1) is not None
            and _width(text, line) >= _NARROWEST
        )
    if following.before != "line":
        return False
    if small and not text.endswith(_LIST_OPENS, line.start, line.end):
        return True
    return _is_unfinished(text, line) or (page > 0 and _is_full(text, line, following, page))


def _page_width(text: str, found: list[Block]) -> int:
    """Return the width that the document's lines were wrapped at, 0 if they were not."""
    adjacent = [
        (line, following)
        for line, following in pairwise(found)
        if line.kind == following.kind == "prose" and following.before == "line"
    ]
    widths = sorted(width for line, _ in adjacent if (width := _width(text, line)) <= _WIDEST)
    if not widths:
        return 0
    page = widths[int(len(widths) * _WITHIN_THE_PAGE)]
    if page < _NARROWEST:
        return 0
    wraps = sum(
        _is_full(text, line, following, page)
        or _is_unfinished(text, line)
        or _SMALL_LETTER.match(text, following.start) is not None
        for line, following in adjacent
    )
    return page if 2 * wraps > len(adjacent) else 0


def _is_unfinished(text: str, line: Block) -> bool:
    return _UNFINISHED.search(text, max(line.start, line.end - _LONGEST_WORD), line.end) is not None


def _is_full(text: str, line: Block, following: Block, page: int) -> bool:
    """Say whether the first word of the following line would not have fitted into the line."""
    width = _width(text, line)
    word = _wide_patterns()[1].match(text, following.start)
    more = 0
    if word:
        more = 1 + len(word[0]) if word[0].isascii() else 2 * len(word[0])
    return width <= _WIDEST and width + more > page


def _width(text: str, line: Block) -> int:
    """Return how many columns a line takes; no more is counted than can matter."""
    words = text[line.start : min(line.end, line.start + _WIDEST + 1)]
    if words.isascii():
        return len(words)
    return len(words) + sum(map(len, _wide_patterns()[0].findall(words)))


@cache
def _wide_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of letters two columns wide and of a first word; some compile slowly."""
    return re.compile(f"[{_WIDE}]+"), re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
