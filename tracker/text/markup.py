"""What the lines of plain text and Markdown begin with: marks of quotations, lists and numbers.

The patterns are of Markdown as CommonMark describes it (John MacFarlane, 0.31, 2024), and of the
numbers and bullets that Japanese and English documents put before a line without any Markdown.
"""

import re
from functools import cache
from typing import NamedTuple

# A tab goes to the next multiple of four, as in CommonMark; a full-width space is two wide.
_TAB = 4
# More marks than this before the words of one line were made to break a program.
_MOST_MARKS = 16
_QUOTES = re.compile(r"(?:[ \t]*>[ \t]?)*")
_BULLET = re.compile(r"(?:[-*+–](?=\s|$)|([•‣▪◦●○■◆◎・])(?!\1))\s*+(?:\[[ xX]\](?:\s++|$))?+")
# Before a Japanese word a number needs no space. A number and a point before a capital letter is a
# number whose space was forgotten; before a digit or a small letter it is none (3.5, 1.x).
_JAPANESE = r"\u3005-\u30ff\u3400-\u9fff\uff21-\uff3a\uff41-\uff5a「『【"
_INNER_QUOTE = re.compile(r">[ \t]?")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:\s*+")
# Words that begin a unit wherever a line begins with them: “Article 3”, “第3条”, “1.2.3 Scope”.
_UNIT = re.compile(
    r"(?:Article|Section|Chapter|Annex|Part|Rule|Clause)\s+[\dIVXLC]+[.:]?(?:$|\s+(?=[^\sa-z]))"
    r"|第[0-9０-９一二三四五六七八九十百]+[条章節款項編部](?:の[0-9０-９一二三四五六七八九十]+)*"
    r"(?:$|(?=[\s（(]))"
    r"|\d+(?:\.\d+){2,}\.?\s+(?=[^\s\da-z])"
)


class Marks(NamedTuple):
    """What stands before the words of a line, in code points from the line's beginning.

    ``begin`` is where the indentation ends, ``end`` where the words begin. ``quotes`` counts the
    ``>``; ``indent`` is the width of the spaces and tabs behind them. ``columns`` has the column of
    each mark of an item, the outermost first; ``number`` is that of a first mark such as ``12.``.
    """

    begin: int
    end: int
    quotes: int
    indent: int
    columns: tuple[int, ...]
    number: int | None


def opens_unit(line: str, position: int) -> bool:
    """Say whether the words at a position of a line can only be the first of a unit."""
    return _UNIT.match(line, position) is not None


def marks_of(line: str) -> Marks:
    """Return what stands before the words of a line."""
    quoted = _QUOTES.match(line)
    edge = at = quoted.end() if quoted else 0
    while line[at : at + 1].isspace():
        at += 1
    begin = at
    columns: list[int] = []
    number = None
    number_pattern = _number()
    while len(columns) < _MOST_MARKS:
        if columns and (inner := _INNER_QUOTE.match(line, at)):
            at = inner.end()
            continue
        mark = (
            _BULLET.match(line, at) or number_pattern.match(line, at) or _FOOTNOTE.match(line, at)
        )
        if mark is None:
            break
        if not columns and mark.re is number_pattern and mark["arabic"]:
            number = int(mark["arabic"])
        columns.append(_width(line[edge:at]))
        at = mark.end()
    indent = _width(line[edge:begin].replace("\u3000", ""))
    return Marks(begin, at, line.count(">", 0, edge), indent, tuple(columns), number)


@cache
def _number() -> re.Pattern[str]:
    """Return the pattern of a number before a line; nobody compiles it who splits no text."""
    return re.compile(
        rf"""(?: (?P<arabic> [0-9]{{1,3}} ) (?: [.)] (?=\s|$|[{_JAPANESE}]) | \. (?=["“]?[A-Z]) )
        | [0-9]{{1,3}} [）．] (?![0-9０-９])
        | [０-９]{{1,3}} (?: [.)）．] (?![0-9０-９]) | (?=[ \u3000]) )
        | [\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf]
        | \( (?: [0-9]{{1,3}} | [a-zA-Z] | [ivx]{{2,5}} | [一二三四五六七八九十ア-ン]{{1,3}} ) \)
            (?=\s|$|[{_JAPANESE}])
        | （ (?: [0-9０-９]{{1,3}} | [a-zA-Zａ-ｚＡ-Ｚ] | [ivx]{{2,5}}
            | [一二三四五六七八九十ア-ン]{{1,3}} ) ）
        | (?: [a-z] | [ivx]{{2,5}} ) \) (?=\s|$)
        | [一二三四五六七八九十]{{1,3}} (?: [、．] | (?=\u3000) ) | [ア-ン] [）．\u3000]
        ) \s*+""",
        re.VERBOSE,
    )


def _width(space: str) -> int:
    """Return how wide the beginning of a line is."""
    width = 0
    for letter in space:
        width += _TAB - width % _TAB if letter == "\t" else 2 if letter == "\u3000" else 1
    return width
