"""A plain, well-set Word file for a text that did not come from Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from tracker.exchange.marked import Block
from tracker.exchange.review import Was
from tracker.formats.docx import shell
from tracker.formats.docx.runs import element, run
from tracker.formats.docx.shapes import paragraph, redline, table, words
from tracker.formats.ooxml import Package

_DEEPEST_HEADING = 6
_DEEPEST_ITEM = 6
_BULLETS = "-*+•"
_TITLES = ("Line", "Was", "Now", "Why")
_WIDTH = 11906 - 2 * 1418


def plain(text: str, blocks: Sequence[Block], title: str, language: str) -> bytes:
    """Return a file that says a text; its paragraphs are the blocks, in their places.

    What reads the file finds the same text, with the same headings and items.
    """
    lists: list[int] = []
    paragraphs = [
        _paragraph(text[block.start : block.end], block, number, language)
        for block, number in zip(blocks, _list_numbers(blocks, lists), strict=True)
    ]
    return _file(paragraphs or [element("p")], title, language, lists)


def _list_numbers(blocks: Iterable[Block], lists: list[int]) -> Iterator[int | None]:
    """Yield the number of the list that each block is an item of, collecting the kinds of lists.

    Items on one level with one sort of marker are one list, until something else than items comes.
    """
    numbers: dict[tuple[int, int], int] = {}
    for block in blocks:
        if block.kind != "item":
            numbers.clear()
            yield None
            continue
        level = block.level or 1
        kind = shell.BULLETS if (block.marker or "-") in _BULLETS else shell.NUMBERS
        numbers = {key: number for key, number in numbers.items() if key[0] <= level}
        if (level, kind) not in numbers:
            lists.append(kind)
            numbers[level, kind] = len(lists)
        yield numbers[level, kind]


def _paragraph(text: str, block: Block, list_number: int | None, language: str) -> etree._Element:
    made = element("p")
    properties = element("pPr")
    if block.kind == "heading":
        level = min(block.level or 1, _DEEPEST_HEADING)
        properties.append(element("pStyle", val=f"Heading{level}"))
    elif list_number is not None:
        properties.append(element("pStyle", val="ListParagraph"))
        properties.append(element("numPr"))
        depth = min(block.level or 1, _DEEPEST_ITEM) - 1
        properties[-1].append(element("ilvl", val=str(depth)))
        properties[-1].append(element("numId", val=str(list_number)))
    made.extend([properties] if len(properties) else [])
    made.extend([run(text, _hint(language))] if text else [])
    return made


def _hint(language: str) -> etree._Element | None:
    """Return properties by which dashes and quotation marks are set as East Asian ones."""
    if not shell.is_east_asian(language):
        return None
    properties = element("rPr")
    properties.append(element("rFonts", hint="eastAsia"))
    return properties


def changes_table(rows: Sequence[Was], title: str, sentence: str, language: str) -> bytes:
    """Return a file with the table of what each line was, what it is now, and why.

    What is now is shown as a redline.
    """
    lines: list[list[list[etree._Element]]] = [
        [[paragraph(words(each, bold=True))] for each in _TITLES]
    ]
    for row in rows:
        label = paragraph(words(row.label, bold=True))
        kinds = paragraph(words(", ".join(row.kinds), size=16))
        why = [paragraph(words(each)) for each in row.why]
        lines.append(
            [[label, kinds], [paragraph(words(row.was))], [paragraph(*redline(row.runs))], why]
        )
    top = [
        paragraph(words(title, bold=True, size=36), after=120),
        paragraph(words(sentence, size=24), after=240),
    ]
    widths = [int(_WIDTH * part) for part in (0.1, 0.26, 0.32)]
    widths.append(_WIDTH - sum(widths))
    return _file([*top, table(lines, widths, head=True), paragraph()], title, language, [])


def _file(
    blocks: Iterable[etree._Element], title: str, language: str, lists: Sequence[int]
) -> bytes:
    body = element("body")
    body.extend(list(blocks))
    inner = etree.tostring(body, encoding="unicode")
    inside = inner[inner.index(">") + 1 : inner.rindex("</")]
    return Package(title, shell.parts(inside, title, language, lists)).write()
