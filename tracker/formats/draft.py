"""A draft: plain text or Markdown, read into the lines that it would be stored in."""

from __future__ import annotations

import re

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.draft import Draft, DraftLine
from tracker.exchange.record import Unit
from tracker.formats.encodings import read_file
from tracker.text import segment

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
_LETTER = re.compile(r"[^\W\d_]")
# Japanese is about half kana; English that names a few Japanese words is not.
_MOSTLY = 0.2


def read(
    content: bytes,
    name: str,
    *,
    language: str | None = None,
    unit: Unit = "sentence",
    encoding: str | None = None,
) -> Draft:
    """Return the text of a file in lines, by sentence or by paragraph.

    Language and encoding are found out unless told. Raises BadInput for what cannot be decoded, has
    no words, or holds what cannot be stored.
    """
    text, found = read_file(content, name, encoding)
    if language is None:
        language = guessed_language(text)
    segments = segment(text, language=language, unit=unit)
    lines = [DraftLine(*each) for each in segments if each.text]
    trail = "".join([each.lead for each in segments if not each.text])
    if not lines:
        raise BadInput(f"{name} has no words", "give a file with some text in it")
    for number, line in enumerate(lines, 1):
        wrong = rules.text_fault(line.text)
        if wrong is not None:
            raise BadInput(
                f"line {number} of {name}, “{line.text[:40]}…”, {wrong}",
                "put some line breaks into it and import it again",
            )
    return Draft(found, language, unit, tuple(lines), trail)


def guessed_language(text: str) -> str:
    """Return ``ja`` for a text that is written with kana, else ``en``."""
    kana = len(_KANA.findall(text))
    return "ja" if kana and kana >= _MOSTLY * len(_LETTER.findall(text)) else "en"
