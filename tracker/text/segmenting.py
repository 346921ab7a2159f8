"""A document as lines: sentences or paragraphs, with the markup between them."""

from typing import Literal, NamedTuple

from tracker.text.blocks import blocks
from tracker.text.sentences import sentence_spans
from tracker.text.wrapping import paragraphs

Kind = Literal["heading", "sentence", "paragraph"]


class Segment(NamedTuple):
    """One line of a document, and what stands before it.

    ``lead`` is white space and markup (``# ``, ``- ``, ``> ``); ``text`` is the wording. ``kind``
    is "heading", "sentence" or "paragraph". ``level`` is 1 to 6 for a heading, the depth from 1 for
    what is in an item of a list, and None for all else.
    """

    lead: str
    text: str
    kind: Kind
    level: int | None


def segment(text: str, *, language: str = "en", unit: str = "sentence") -> list[Segment]:
    """Split a document in plain text or Markdown into its lines; joined they are the document.

    ``unit`` is "sentence" or "paragraph". Headings, rows of tables and blocks of code are one
    segment each in either. What stands behind the last words is a last segment with an empty text;
    no other text is empty, or begins or ends in white space. ``language`` is that of the document;
    sentences are split by the letters they are written in. ValueError for another unit.
    """
    if unit not in ("sentence", "paragraph"):
        raise ValueError(f"unit is 'sentence' or 'paragraph', not {unit!r}")
    segments: list[Segment] = []
    position = 0
    for part in paragraphs(text, blocks(text)):
        kind: Kind = "heading" if part.kind == "heading" else "paragraph"
        spans = [(0, len(part.body))]
        if part.kind == "prose" and unit == "sentence":
            kind, spans = "sentence", sentence_spans(part.body, language)
        for start, end in spans:
            lead = text[position : part.start + start]
            position = part.start + end
            segments.append(Segment(lead, text[part.start + start : position], kind, part.level))
    if position < len(text):
        segments.append(Segment(text[position:], "", "paragraph", None))
    return segments
