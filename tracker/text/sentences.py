"""Where the sentences of a paragraph are.

Full-width marks (``。！？``) and marks after Japanese letters are judged by our rules for Japanese
(``japanese.py``), full stops before white space by a library (``latin.py``). The letters around a
mark decide, whatever the paragraph's language is said to be, so one paragraph may mix both.
"""

import re

from tracker.text.japanese import brackets, has_japanese, japanese_ends
from tracker.text.latin import latin_ends

# “2.”, “(a)”, “Q1.” or “IV.” is said of the words that follow it.
_NUMBER_ALONE = re.compile(r"[*_]*\(?(?:[A-Za-z]?\d{1,3}|[A-Za-z]|[IVXLC]+|[ivxlc]+)[.)][*_]*")


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return the sentences of one paragraph, in order, without the white space around them.

    Code points, half open; all that is not white space is in one of them. ``language`` is a BCP 47
    code, and says which abbreviations to expect.
    """
    ends = latin_ends(text, language)
    if has_japanese(text):
        inside = brackets(text)
        ends = [end for end in ends if not inside.enclose(end - 1)]
        ends = sorted({*ends, *japanese_ends(text, inside)})
    spans: list[tuple[int, int]] = []
    start = 0
    for end in [*ends, len(text)]:
        words = text[start:end].strip()
        if not words or (_NUMBER_ALONE.fullmatch(words) and end < len(text)):
            continue
        start += len(text[start:end]) - len(text[start:end].lstrip())
        spans.append((start, start + len(words)))
        start = end
    return spans
