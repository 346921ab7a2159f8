"""Word files written: a base patched, so that all that is not touched stays what it was."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from tracker.exchange.marked import Stamp
from tracker.exchange.outgoing import Bubble, Edit, Outgoing
from tracker.formats.docx import commenting, front, ids, pages, properties, shapes, tracing
from tracker.formats.docx.anchors import Placed, Range, place
from tracker.formats.docx.edits import apply_all
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import BESIDE, LINE, STUCK, TRACE, is_ours
from tracker.formats.docx.package import WordFile, opened
from tracker.formats.docx.parts import Parts
from tracker.formats.docx.runs import element
from tracker.formats.docx.settle import settle
from tracker.formats.docx.story import Story
from tracker.formats.docx.styles import styles_of
from tracker.formats.docx.tracking import Tracking
from tracker.formats.docx.tree import take_out

_AUTHOR = W + "author"
_TRACKING = tuple(
    W + name
    for name in (
        *("ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
        *("tblPrExChange", "tblGridChange", "cellIns", "cellDel", "cellMerge"),
    )
)


def write(base: bytes, outgoing: Outgoing, name: str = "the file") -> bytes:
    """Return a Word file made from a base. Raises BadInput, with its name, if the base is none.

    What XML cannot hold is shown as U+FFFD. An end of a paragraph that Word cannot take away (the
    last of a cell, one that ends a section) stays, though an edit deletes it.
    """
    file = opened(base, name)
    into = Parts(file)
    styles = styles_of(file)

    def is_heading(paragraph: etree._Element) -> bool:
        return styles.look(paragraph).kind == "heading"

    body = file.body
    into.be_document()
    _take_out_ours(body)
    if next(body.iter(W + "p"), None) is None:
        body.insert(0, element("p"))
    pages.take_out_ours(into)
    commenting.unmark(body)
    properties.rename(into, outgoing)
    found = settle(body, outgoing, is_heading)
    outgoing = _shifted(outgoing, _stuck(found))
    numbers = _mark(into, file, found, outgoing)
    _set(into, body, found, outgoing)
    ids.renumber(body, numbers)
    etree.strip_attributes(body, TRACE, STUCK)
    return into.written()


def _mark(into: Parts, file: WordFile, found: Story, outgoing: Outgoing) -> set[int]:
    """Put tracked changes, comments and the stamp into a settled text.

    Returns the numbers of the comments.
    """
    body = file.body
    tracked = [
        (edit, Tracking(edit.author or "", edit.date, tracing.of_edit(number)))
        for number, edit in enumerate(outgoing.tracked)
    ]
    apply_all(found, tracked)
    first = ids.highest([body]) + 1
    written = commenting.numbered(outgoing.comments, _para_ids(body), first)
    text_style, reference_style = _comment_styles(file)
    lines = _lines(outgoing.stamp, first + len(written))
    place(found, [*lines, *commenting.marks(written, reference_style)])
    commenting.put(into, written, text_style)
    about = [(each.key, each.remark.about) for each in written if each.remark.about is not None]
    properties.put_stamp(into, outgoing.stamp, about, outgoing.others is not None)
    authors = {each.remark.author for each in written}
    authors |= {each.get(_AUTHOR) or "" for each in body.iter(*_TRACKING)}
    commenting.put_people(into, authors - {""})
    if outgoing.stamp is not None or outgoing.tracked or outgoing.kept:
        properties.track(into)
    return {each.number for each in written}


def _comment_styles(file: WordFile) -> tuple[str | None, str | None]:
    """Return the styles of a comment's text and of what refers to it, if the file has them."""
    root = file.related("styles")
    names: dict[str, str] = {}
    for each in () if root is None else root.iterchildren(W + "style"):
        said = each.find(W + "name")
        if said is not None:
            names[(said.get(W + "val") or "").lower()] = each.get(W + "styleId") or ""
    return names.get("annotation text") or None, names.get("annotation reference") or None


def _set(into: Parts, body: etree._Element, found: Story, outgoing: Outgoing) -> None:
    """Put in what stands around the text: boxes, the first page, and what is on every page."""
    section = body.find(W + "sectPr")
    width = shapes.text_width(section)
    for box in reversed(outgoing.boxes):
        found.paras[found.at(box.at)].element.addnext(front.options_box(box, width))
    if outgoing.front is not None:
        body.insert(0, front.front_page(outgoing.front, width))
    _tell_ours(body)
    if outgoing.numbered:
        pages.number_lines(body)
    if outgoing.header is not None:
        pages.head(into, body, outgoing.header)
    if outgoing.footer is not None:
        pages.foot(into, body, outgoing.footer)


def _tell_ours(body: etree._Element) -> None:
    """Put a bookmark into each block of our content controls that says anything.

    The empty ones have none: somebody may join the text to them.
    """
    controls = [each for each in body.iter(W + "sdt") if is_ours(each)]
    blocks = [block for each in controls for block in each.iterfind(f"{W}sdtContent/*")]
    saying = [block for block in blocks if next(block.iter(W + "t"), None) is not None]
    for number, block in enumerate(saying, 1):
        paragraph = next(block.iter(W + "p"))
        begin = element("bookmarkStart", id=str(number), name=f"{BESIDE}{number}")
        paragraph.insert(1, begin)
        paragraph.append(element("bookmarkEnd", id=str(number)))


def _take_out_ours(body: etree._Element) -> None:
    """Take out what an earlier file of ours held besides the text."""
    for block in [each for each in body.iter(W + "sdt", W + "p", W + "tbl") if is_ours(each)]:
        take_out(block)
    gone = set()
    for start in list(body.iter(W + "bookmarkStart")):
        if (start.get(W + "name") or "").startswith(LINE):
            gone.add(start.get(W + "id"))
            take_out(start)
    for end in list(body.iter(W + "bookmarkEnd")):
        if end.get(W + "id") in gone:
            take_out(end)


def _stuck(found: Story) -> list[int]:
    """Return the places of ends of paragraphs that should have gone, but could not."""
    return [para.mark.start for para in found.paras if para.element.get(STUCK)]


def _shifted(outgoing: Outgoing, stuck: list[int]) -> Outgoing:
    """Return what is to be done, with its places moved by the ends of paragraphs that stayed."""
    if not stuck:
        return outgoing

    def moved(place: int) -> int:
        for each in stuck:
            place += each <= place
        return place

    def edit(each: Edit) -> Edit:
        return each._replace(start=moved(each.start), end=moved(each.end))

    def comment(each: Bubble) -> Bubble:
        start, end = each.remark.start, each.remark.end
        if start is None or end is None:
            return each
        return each._replace(remark=each.remark._replace(start=moved(start), end=moved(end)))

    def stamp(each: Stamp) -> Stamp:
        lines = ((label, moved(start), moved(end)) for label, start, end in each.lines)
        return each._replace(lines=tuple(lines))

    return outgoing._replace(
        tracked=tuple(map(edit, outgoing.tracked)),
        comments=tuple(map(comment, outgoing.comments)),
        boxes=tuple(each._replace(at=moved(each.at)) for each in outgoing.boxes),
        stamp=None if outgoing.stamp is None else stamp(outgoing.stamp),
    )


def _para_ids(body: etree._Element) -> set[str]:
    ids = (each.get(commenting.PARA_ID) for each in body.iter(W + "p"))
    return {each.upper() for each in ids if each is not None}


def _lines(stamp: Stamp | None, first: int) -> Iterator[Placed]:
    """Yield the bookmarks of lines, numbered from ``first``."""
    for number, (label, start, end) in enumerate(() if stamp is None else stamp.lines, first):
        begin = element("bookmarkStart", id=str(number), name=f"{LINE}{label}")
        yield Placed(Range(start, end), begin, (element("bookmarkEnd", id=str(number)),))
