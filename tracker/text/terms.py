"""What a text is found by: one function for the index and for the query.

A line is found if it has all terms of the query. Scripts that put no space between words (Japanese,
Chinese, Korean with its endings, Thai and its neighbours) are indexed by characters and pairs of
characters, so that any piece of a passage finds it.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from unicodedata import category, normalize

from tracker.text.graphemes import clusters, has_clusters

# Kana and kanji; bopomofo; Hangul; Thai, Lao, Burmese, Khmer. With their combining marks.
SPACELESS = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f"
    "\U00020000-\U000323af\u3105-\u312f\u31a0-\u31bf\uac00-\ud7a3\u1100-\u11ff\ua960-\ua97c"
    "\ud7b0-\ud7fb\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ecd\u1000-\u103f\u1050-\u109f"
    "\u1780-\u17d3"
)
# Nobody sees or types these: soft hyphens, joiners, variation selectors, byte order marks. The dot
# in データ・ガバナンス is seen, and as often left out.
_IGNORED = (
    "\u00ad\u034f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
    "\u30fb\uff65\U000e0000-\U000e0fff"
)
_EMOJI = "\u2600-\u27bf\U0001f000-\U0001faff"
# Putting marks in their normal order takes the square of their number; no letter has so many.
_LONGEST_GRAPHEME = 64


def search_terms(text: str) -> list[str]:
    """Return the terms a text is found by, each once, in the order of the text.

    Case, width and the other forms of a letter are one (``Ｅｕ``, ``EU``), accents of Latin letters
    are left out (``résumé``, ``resume``), and so are the dots of ``U.S.`` and the commas of
    ``1,000``; ``3.5`` is one term. Apostrophes and hyphens part words: ``China`` finds ``China’s``.
    From a run of characters of a script without spaces come each character and each two that are
    neighbours. An emoji is a term. Marks and lone surrogates are none: a text of nothing else has
    no terms and is not found.

    What stands between white space has the same terms in any text, and so has any piece of a run of
    a script without spaces that cuts no grapheme: the terms of a query that stands in a text are
    among the terms of the text. All terms can be encoded as UTF-8. Time is linear in the text.
    """
    return list(dict.fromkeys(_terms(spelling(text))))


def _terms(text: str) -> Iterator[str]:
    """Yield the terms of a folded text."""
    seen = _with_letters_for_marks(text) if has_clusters(text) else text
    for found in _pattern().finditer(seen):
        term = text[found.start() : found.end()]
        if found.lastgroup == "spaceless":
            yield from term
            yield from map("".join, pairwise(term))
        elif found.lastgroup == "abbreviation":
            yield term.replace(".", "")
        else:
            yield term


def spelling(text: str) -> str:
    """Return the form in which all spellings of a word are one."""
    if text.isascii():
        return _thousands().sub("", text.lower())
    if has_clusters(text):
        text = "".join([cluster[:_LONGEST_GRAPHEME] for cluster in clusters(text)])
    text = normalize("NFKC", _accents().sub("", normalize("NFKD", text).casefold()))
    # Last: a mark after a dot must not join the letter before it.
    return _thousands().sub("", _ignored().sub("", text))


def _with_letters_for_marks(text: str) -> str:
    """Return a text as long, in which a vowel sign of Hindi, say, is a letter to the pattern."""
    is_spaceless = _spaceless().match
    return "".join(
        ["x" if category(sign)[0] == "M" and not is_spaceless(sign) else sign for sign in text]
    )


# Patterns of so many ranges take milliseconds to compile: when they are needed.


@cache
def _pattern() -> re.Pattern[str]:
    letter, initial = f"[^\\W_{SPACELESS}]", f"[^\\W\\d_{SPACELESS}]"
    return re.compile(
        rf"(?P<spaceless>[{SPACELESS}]++)"
        rf"|(?P<abbreviation>{initial}(?:\.{initial}){{1,9}}+(?!{letter}))"
        rf"|(?P<word>{letter}++(?:(?<=\d)\.(?=\d){letter}++)*+)"
        rf"|(?P<emoji>[{_EMOJI}])"
    )


@cache
def _spaceless() -> re.Pattern[str]:
    return re.compile(f"[{SPACELESS}]")


@cache
def _ignored() -> re.Pattern[str]:
    return re.compile(f"[{_IGNORED}]")


@cache
def _accents() -> re.Pattern[str]:
    return re.compile(r"(?<=[a-z])[\u0300-\u036f]++")


@cache
def _thousands() -> re.Pattern[str]:
    return re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
