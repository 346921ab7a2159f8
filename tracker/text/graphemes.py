"""Where one visible character ends and the next begins.

A person sees graphemes (Unicode Standard Annex 29: extended grapheme clusters), the program counts
code points. Almost all text has one of the one for each of the other, and is told apart here by one
search; only the rest pays for the ``regex`` library, whose import costs more than most commands.
"""

import re
from functools import cache
from unicodedata import normalize

# Every code point that can hang on to a neighbour (Extend, ZWJ, SpacingMark, Prepend, Hangul jamo,
# regional indicator), in generous ranges: one too many costs time, one too few cuts a character.
_JOINING = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u11ff\u135d-\u135f\u1712-\u193b\u1a17-\u1c37\u1cd0-\u1cf9"
    "\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\ua6f1\ua802-\uaaf6\uabe3-\uabed\ud7b0-\ud7fb\ufb1e\ufe00-\ufe2f\uff9e\uff9f"
    "\U000101fd-\U0001037a\U00010a01-\U00010d6d\U00010eab-\U00011f5a\U00013440-\U00013455"
    "\U0001611e-\U0001612f\U00016af0-\U00016ff1\U0001bc9d-\U0001bc9e\U0001cf00-\U0001cf46"
    "\U0001d127-\U0001d1ad\U0001d242-\U0001d281\U0001da00-\U0001e2ef\U0001e4ec-\U0001e94a"
    "\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]"
)
_MOST_MARKS = 2000
# A cluster this long is made to break a program; looking further back would be quadratic.
_LOOK_BACK = 4096


def has_clusters(text: str) -> bool:
    """Say whether some grapheme of the text may be longer than one code point.

    A line end of two code points (CR LF) is not counted: callers treat it as white space.
    """
    return not text.isascii() and _JOINING.search(text) is not None


def clusters(text: str) -> list[str]:
    """Return the graphemes of the text, in order; joined they are the text."""
    if not has_clusters(text):
        return list(text) if "\r\n" not in text else re.findall(r"\r\n|[\s\S]", text)
    import regex

    found: list[str] = regex.findall(r"\X", text)
    return found


def composed_form(text: str) -> str:
    """Return a text in Unicode normal form C; as it is, if thousands of marks stand on one letter.

    Putting marks into their order takes the square of their number.
    """
    if len(text) > _MOST_MARKS and _too_many_marks().search(text):
        return text
    return normalize("NFC", text)


@cache
def _too_many_marks() -> re.Pattern[str]:
    return re.compile(f"(?:{_JOINING.pattern}){{{_MOST_MARKS}}}")


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a span until it cuts no grapheme.

    Offsets in and out are code points, half open, and must lie in the text.
    """
    return around(text, start)[0], around(text, end)[1]


def around(text: str, position: int) -> tuple[int, int]:
    """Return the grapheme boundaries next to a position: twice the position where it is one."""
    if _plainly_boundary(text, position):
        return position, position
    first = position - 1
    while first > max(0, position - _LOOK_BACK) and not _plainly_boundary(text, first):
        first -= 1
    last = position + 1
    while last < min(len(text), position + _LOOK_BACK) and not _plainly_boundary(text, last):
        last += 1
    left = first
    for cluster in clusters(text[first:last]):
        right = left + len(cluster)
        if left <= position < right:
            return (left, left) if left == position else (left, right)
        left = right
    return position, position


def _plainly_boundary(text: str, position: int) -> bool:
    """Say whether the two neighbours of a position show, without context, that it is a boundary."""
    if position <= 0 or position >= len(text):
        return True
    pair = text[position - 1 : position + 1]
    return pair != "\r\n" and (pair.isascii() or _JOINING.search(pair) is None)
