"""Word files (ECMA-376, transitional and strict), with tracked changes and comments."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Block, Marked
from tracker.formats.docx.comments import remarks
from tracker.formats.docx.language import language
from tracker.formats.docx.package import WordFile, opened
from tracker.formats.docx.stamped import properties_of, recognised, stamp
from tracker.formats.docx.styles import Look, Styles, styles_of
from tracker.formats.docx.walk import Walk, walked
from tracker.formats.tracked.changes import Changes, changes

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read(content: bytes, name: str) -> Marked:
    """Return a Word file's text with its tracked changes and comments.

    The text is what Word leaves when every change is rejected. Paragraphs of tables stand in it as
    any other, row by row. Raises BadInput, naming the file, for one that cannot safely be read.
    """
    try:
        return _read(opened(content, name))
    except RecursionError:
        raise BadInput(
            f"{name} is nested too deeply to be read", "save it again in Word, and import that"
        ) from None


def _read(word: WordFile) -> Marked:
    walk = walked(word.body)
    pieces = walk.pieces
    # What ends the last paragraph joins it to nothing, whatever is tracked of it.
    last = pieces.pop().element if pieces and pieces[-1].text == PARAGRAPH else None
    anchors = [each._replace(at=min(each.at, len(pieces))) for each in walk.anchors]
    found = changes(pieces)
    text = "".join([each.text for each in pieces if each.inserted is None])
    styles = styles_of(word)
    properties = properties_of(word)
    said = remarks(word, pieces, anchors, found)
    return Marked(
        text=text,
        blocks=tuple(_blocks(walk, last, found, styles)),
        marks=found.marks,
        remarks=recognised(said, properties),
        stamp=stamp(properties, pieces, anchors, found),
        title=_title(word),
        language=language(word, text),
    )


def _blocks(
    walk: Walk, last: etree._Element | None, found: Changes, styles: Styles
) -> Iterator[Block]:
    """Yield the paragraphs of the untouched text. What two of them are joined to is the second.

    Words behind the last paragraph, which no sound file has, are one more.
    """
    start = 0
    for number, piece in enumerate(walk.pieces):
        if piece.text == PARAGRAPH and piece.inserted is None:
            look = _CELL if number in walk.cells else styles.look(piece.element)
            yield Block(start, found.places[number], *look)
            start = found.places[number + 1]
    if last is not None:
        look = _CELL if len(walk.pieces) in walk.cells else styles.look(last)
        yield Block(start, found.places[-1], *look)
    elif walk.pieces:
        yield Block(start, found.places[-1])


def _title(word: WordFile) -> str | None:
    part = word.package.related("core-properties")
    title = None if part is None else word.package.xml(part).findtext(_TITLE)
    return (title or "").strip() or None


_CELL = Look("cell")
