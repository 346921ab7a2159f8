"""The words of a text: the units that a redline shows whole.

Latin words, numbers, abbreviations (``U.S.``), and for Japanese, which writes no spaces, runs of
one character class: kanji, hiragana, katakana. Anything else is a mark on its own. No grapheme is
cut.
"""

import re
from functools import cache
from unicodedata import is_normalized, normalize

from tracker.text.graphemes import clusters, has_clusters

# Escapes: an editor that normalises would turn the first compatibility kanji into another one.
_KANJI = r"\u3005-\u3007\u3021-\u3029\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_HIRAGANA = r"\u3041-\u309f"
_FIRST_CJK = "\u3005"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"

# Stands for a grapheme that is not white space although its first code point is.
_NOT_A_SPACE = "\ufffc"


# One word or mark, and the white space that follows it; either may be empty, not both. A plain
# tuple: a redline makes thousands of them.
Unit = tuple[str, str]


def units(text: str) -> list[Unit]:
    """Split a text into words with the white space after each; joined they are the text.

    Only the first unit can have an empty word: it then holds the white space the text begins with.
    """
    if has_clusters(text):
        return _units_of_clusters(text)
    # The pattern for Japanese takes ten milliseconds to compile, as long as all else in a command.
    found: list[Unit] = _pattern(max(text, default="") >= _FIRST_CJK).findall(text)
    found.pop()  # The pattern also matches nothing, once, at the end.
    return found


def tokens(text: str) -> list[str]:
    """Split a text into words, marks and runs of white space; joined they are the text."""
    return [part for unit in units(text) for part in unit if part]


def composed(parts: list[str], text: str) -> list[str]:
    """Return the parts in Unicode normal form C, for comparing; ``text`` is what they make."""
    if text.isascii() or is_normalized("NFC", text):
        return parts
    return [normalize("NFC", part) for part in parts]


@cache
def _pattern(cjk: bool) -> re.Pattern[str]:
    """Return the pattern of a unit; each choice is possessive, so no text makes it look twice."""
    others = _KANJI + _HIRAGANA + _KATAKANA if cjk else ""
    letter = f"[^\\W_{others}]"
    choices = [
        rf"(?:[^\W\d_{others}]\.){{2,}}+",  # U.S., D.C., e.g.
        rf"\d++(?:[.,]\d++)*+{letter}*+",  # 3.5, 1,000, 12a
        rf"{letter}++(?:['’_]{letter}++)*+",  # report, China’s
    ]
    if cjk:
        choices += [f"[{_KANJI}]++", f"[{_HIRAGANA}][{_HIRAGANA}\u30fc]*+", f"[{_KATAKANA}]++"]
    return re.compile(rf"({'|'.join(choices)}|\S|)(\s*+)")


def _units_of_clusters(text: str) -> list[Unit]:
    """Split a text some of whose graphemes are long: each is judged by its first code point."""
    parts = clusters(text)
    skeleton = "".join(
        part[0] if len(part) == 1 or part == "\r\n" or not part[0].isspace() else _NOT_A_SPACE
        for part in parts
    )
    split: list[Unit] = []
    position = 0
    found = _pattern(True).findall(skeleton)
    for word, space in found[:-1]:
        middle = position + len(word)
        end = middle + len(space)
        split.append(("".join(parts[position:middle]), "".join(parts[middle:end])))
        position = end
    return split
