"""The words of a text: the units that a redline shows whole.

Latin words, numbers, abbreviations (``U.S.``), and for Japanese, which writes no spaces, runs of
one character class: kanji, hiragana, katakana. Anything else is a mark on its own. No grapheme is
cut.
"""

import re
from functools import cache
from typing import NamedTuple
from unicodedata import is_normalized

from tracker.text.graphemes import clusters, composed_form, has_clusters

# Escapes: an editor that normalises would turn the first compatibility kanji into another one.
_KANJI = r"\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = r"\u3041-\u309f"
FIRST_CJK = "\u3005"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"

# Whatever may be Japanese, and some that is not.
_CJK = re.compile(f"[{FIRST_CJK}-\U0010ffff]")
# Stands for a grapheme that is not white space although its first code point is.
_NOT_A_SPACE = "\ufffc"


# One word or mark, and the white space that follows it; either may be empty, not both. A plain
# tuple: a redline makes thousands of them.
Unit = tuple[str, str]


class Pieces(NamedTuple):
    """A text in pieces: the word of each, and the whole of it, with the white space after."""

    text: str
    words: list[str]
    wholes: list[str]

    def space(self, place: int) -> str:
        """Return the white space after a word."""
        return self.wholes[place][len(self.words[place]) :]


def units(text: str) -> list[Unit]:
    """Split a text into words with the white space after each; joined they are the text.

    Only the first unit can have an empty word: it then holds the white space the text begins with.
    """
    pattern = _pattern(_script(text), single_kanji=False)
    if has_clusters(text):
        return _units_of_clusters(text, pattern)
    found = pattern.findall(text)[:-1]  # The pattern also matches nothing, once, at the end.
    return [(word := whole.rstrip(), whole[len(word) :]) for whole in found]


def pieces(text: str) -> Pieces:
    """Split a text as :func:`units` does, and its runs of kanji into single ones.

    A run may be many words, and nothing but a dictionary tells where one ends.
    """
    pattern = _pattern(_script(text), single_kanji=True)
    if has_clusters(text):
        split = _units_of_clusters(text, pattern)
        return Pieces(text, [word for word, _ in split], list(map("".join, split)))
    wholes: list[str] = pattern.findall(text)
    wholes.pop()  # The pattern also matches nothing, once, at the end.
    return Pieces(text, list(map(str.rstrip, wholes)), wholes)


def tokens(text: str) -> list[str]:
    """Split a text into words, marks and runs of white space; joined they are the text."""
    return [part for unit in units(text) for part in unit if part]


def composed(parts: list[str], text: str) -> list[str]:
    """Return the parts in Unicode normal form C, for comparing; ``text`` is what they make."""
    if text.isascii() or is_normalized("NFC", text):
        return parts
    return [composed_form(part) for part in parts]


def is_kanji(word: str) -> bool:
    """Say whether a word is made of kanji."""
    return word >= FIRST_CJK and _pattern_of_kanji().match(word) is not None


def _script(text: str) -> str:
    """Return which pattern a text needs.

    The one for Japanese takes ten milliseconds to compile, as long as all else in a command; the
    one for ASCII is the fastest.
    """
    if text.isascii():
        return "ascii"
    return "japanese" if _CJK.search(text) else "other"


@cache
def _pattern_of_kanji() -> re.Pattern[str]:
    return re.compile(f"[{_KANJI}]")


@cache
def _pattern(script: str, single_kanji: bool) -> re.Pattern[str]:
    """Return the pattern of a unit; each choice is possessive, so no text makes it look twice.

    A choice begins with a set of characters: it is then passed over without being tried.
    """
    others = _KANJI + _HIRAGANA + _KATAKANA if script == "japanese" else ""
    letter, no_digit, digit = f"[^\\W_{others}]", rf"[^\W\d_{others}]", r"\d"
    if script == "ascii":
        letter, no_digit, digit = "[0-9A-Za-z]", "[A-Za-z]", "[0-9]"
    choices = [
        rf"{no_digit}\.(?:{no_digit}\.)++",  # U.S., D.C., e.g.
        rf"{digit}{digit}*+(?:[.,]{digit}++)*+{letter}*+",  # 3.5, 1,000, 12a
        rf"{letter}{letter}*+(?:['’_]{letter}++)*+",  # report, China’s
    ]
    if script == "japanese":
        many = "" if single_kanji else "++"
        choices += [
            f"[{_KANJI}]{many}",
            f"[{_HIRAGANA}][{_HIRAGANA}\u30fc]*+",
            f"[{_KATAKANA}]++",
        ]
    return re.compile(rf"(?:{'|'.join(choices)}|\S|)\s*+")


def _units_of_clusters(text: str, pattern: re.Pattern[str]) -> list[Unit]:
    """Split a text some of whose graphemes are long: each is judged by its first code point."""
    parts = clusters(text)
    skeleton = "".join(
        part[0] if len(part) == 1 or part == "\r\n" or not part[0].isspace() else _NOT_A_SPACE
        for part in parts
    )
    split: list[Unit] = []
    position = 0
    for whole in pattern.findall(skeleton)[:-1]:
        middle = position + len(whole.rstrip())
        end = position + len(whole)
        split.append(("".join(parts[position:middle]), "".join(parts[middle:end])))
        position = end
    return split
