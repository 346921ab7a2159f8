"""The first page, and the boxes with options that cannot be tracked changes."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from tracker.exchange.outgoing import Box, Front, Open, Option
from tracker.formats.docx.shapes import control, paragraph, redline, table, words

_PASSAGE, _OPTIONS, _ADVICE = 0.2, 0.46, 0.19
"""Parts of the width of the first page's table; the rest is for decisions."""
_TITLES = ("Passage", "Options", "Recommendation", "Decision")
_WARNING = "9C1C1C"


def front_page(front: Front, width: int) -> etree._Element:
    """Return the first page, in a text so wide (in twentieths of a point)."""
    blocks = []
    if front.notice is not None:
        blocks.append(
            paragraph(words(front.notice, bold=True, size=24, colour=_WARNING), after=120)
        )
    blocks.append(paragraph(words(front.title, bold=True, size=36), after=120))
    blocks.append(paragraph(words(front.sentence, size=24), after=240))
    if front.rows:
        columns = [int(width * part) for part in (_PASSAGE, _OPTIONS, _ADVICE)]
        head = [[paragraph(words(title, bold=True, size=18))] for title in _TITLES]
        rows = [head, *map(_row, front.rows)]
        blocks.append(table(rows, [*columns, width - sum(columns)], head=True))
    return control("front", "What is open", [*blocks, paragraph(page=True)])


def _row(row: Open) -> list[list[etree._Element]]:
    return [
        _lines(row.passage),
        [block for option in row.options for block in _short(option)],
        _lines(row.recommendation),
        [],
    ]


def _lines(text: str) -> list[etree._Element]:
    return [paragraph(words(line)) for line in text.split("\n")]


def _short(option: Option) -> list[etree._Element]:
    title = paragraph(words(option.title, bold=True), after=0, keep=True)
    return [title, paragraph(*redline(option.runs))]


def options_box(box: Box, width: int) -> etree._Element:
    """Return a box with the options for a passage, in a text so wide."""
    head = [[paragraph(words(box.title, bold=True), after=0, keep=True)]]
    rows: list[Sequence[Sequence[etree._Element]]] = [head]
    rows += [[_long(option)] for option in box.options]
    return control("box", "Options", [table(rows, [width], head=True), paragraph(after=120)])


def _long(option: Option) -> list[etree._Element]:
    return [
        paragraph(words(option.title, bold=True), keep=True),
        paragraph(*redline(option.runs), keep=True),
        paragraph(words(f"→ {option.result}" if option.result else "→ (deleted)")),
        *(paragraph(words(note, size=18)) for note in option.notes),
    ]
