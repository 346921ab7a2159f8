"""What this program sets into a Word file besides the text: paragraphs, tables and redlines.

Nothing here leans on the styles of a file, which are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from tracker.exchange.view import Run
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import OURS
from tracker.formats.docx.runs import element, run

DELETED_COLOUR = "9C1C1C"
INSERTED_COLOUR = "1B5E20"
_SHADE = "F2F2F2"
_LINE = "A6A6A6"


def words(
    text: str, bold: bool = False, size: int = 20, colour: str | None = None
) -> etree._Element:
    """Return a run; ``size`` counts half points."""
    return run(text, _properties(bold=bold, size=size, colour=colour))


def redline(runs: Iterable[Run], size: int = 20) -> list[etree._Element]:
    """Return a redline as runs: what is deleted struck out, what is new underlined."""
    shapes = {
        "equal": _properties(size=size),
        "delete": _properties(size=size, colour=DELETED_COLOUR, line="strike"),
        "insert": _properties(size=size, colour=INSERTED_COLOUR, line="u"),
    }
    return [run(each.text, shapes[each.kind]) for each in runs if each.text]


def _properties(
    size: int, bold: bool = False, colour: str | None = None, line: str | None = None
) -> etree._Element:
    made = element("rPr")
    made.extend([element("b")] if bold else [])
    made.extend([element("strike")] if line == "strike" else [])
    made.extend([element("color", val=colour)] if colour is not None else [])
    made.extend([element("sz", val=str(size)), element("szCs", val=str(size))])
    made.extend([element("u", val="single")] if line == "u" else [])
    return made


def paragraph(
    *runs: etree._Element, after: int = 60, keep: bool = False, page: bool = False
) -> etree._Element:
    """Return a paragraph that is not counted among the numbered lines of a page.

    ``after`` is the space below in twentieths of a point; with ``keep`` it stays with the next one;
    with ``page`` what follows begins on a new page.
    """
    made = element("p")
    properties = element("pPr")
    properties.extend([element("keepNext")] if keep else [])
    properties.append(element("suppressLineNumbers"))
    properties.append(element("spacing", before="0", after=str(after)))
    made.append(properties)
    made.extend(runs)
    if page:
        made.append(element("r"))
        made[-1].append(element("br", type="page"))
    return made


def table(
    rows: Sequence[Sequence[Sequence[etree._Element]]], widths: Sequence[int], head: bool
) -> etree._Element:
    """Return a table, its cells given as paragraphs, its columns' widths in twentieths of a point.

    With ``head`` the first row is repeated on each page.
    """
    made = element("tbl")
    properties = element("tblPr")
    properties.append(element("tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_borders())
    properties.append(element("tblLayout", type="fixed"))
    properties.append(_margins())
    made.append(properties)
    made.append(element("tblGrid"))
    made[-1].extend([element("gridCol", w=str(width)) for width in widths])
    for number, cells in enumerate(rows):
        made.append(_row(cells, widths, head and number == 0))
    return made


def _row(
    cells: Sequence[Sequence[etree._Element]], widths: Sequence[int], head: bool
) -> etree._Element:
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    if head:
        properties.append(element("tblHeader"))
    row.append(properties)
    for width, paragraphs in zip(widths, cells, strict=True):
        cell = element("tc")
        cell.append(element("tcPr"))
        cell[0].append(element("tcW", w=str(width), type="dxa"))
        if head:
            cell[0].append(element("shd", val="clear", color="auto", fill=_SHADE))
        cell.extend(paragraphs or [paragraph()])
        row.append(cell)
    return row


def _borders() -> etree._Element:
    made = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        made.append(element(side, val="single", sz="4", space="0", color=_LINE))
    return made


def _margins() -> etree._Element:
    made = element("tblCellMar")
    for side, width in (("top", 60), ("left", 100), ("bottom", 40), ("right", 100)):
        made.append(element(side, w=str(width), type="dxa"))
    return made


def control(kind: str, title: str, blocks: Iterable[etree._Element]) -> etree._Element:
    """Return blocks in a content control of ours, by which they are told from the text.

    LibreOffice forgets what the first of them looks like, so that this is an empty one.
    """
    made = element("sdt")
    properties = element("sdtPr")
    properties.append(element("alias", val=title))
    properties.append(element("tag", val=OURS + kind))
    content = element("sdtContent")
    content.append(_nothing())
    content.extend(list(blocks))
    made.extend([properties, content])
    return made


def _nothing() -> etree._Element:
    """Return an empty paragraph, as low as can be."""
    made = paragraph(after=0, keep=True)
    spacing = made[0].find(W + "spacing")
    assert spacing is not None
    spacing.set(W + "line", "20")
    spacing.set(W + "lineRule", "exact")
    return made


def text_width(section: etree._Element | None) -> int:
    """Return how wide the text of a section is, in twentieths of a point."""
    size = None if section is None else section.find(W + "pgSz")
    margins = None if section is None else section.find(W + "pgMar")
    if size is None or margins is None:
        return 9026
    width, left, right = (
        int(float(each.get(W + name) or 0))
        for each, name in ((size, "w"), (margins, "left"), (margins, "right"))
    )
    return max(width - left - right, 4000)
