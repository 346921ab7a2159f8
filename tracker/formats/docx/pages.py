"""What stands on each page besides the text: a header, a footer, numbers beside the lines."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from tracker.formats.docx.names import W
from tracker.formats.docx.ours import LINE
from tracker.formats.docx.parts import FOOTER, HEADER, Kind, Parts
from tracker.formats.docx.runs import element
from tracker.formats.docx.shapes import paragraph, words
from tracker.formats.docx.tree import parent_of

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MARK = f"{LINE}page"
_MARK_ID = "2000000000"
"""Of the bookmark of each such line; no two stand in one part."""
_REFERENCES = (W + "headerReference", W + "footerReference")
_BEFORE_NUMBERS = {
    *_REFERENCES,
    *(W + name for name in ("footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc")),
    W + "pgBorders",
}


def sections(body: etree._Element) -> list[etree._Element]:
    """Return what is said of each section, the last one made if nothing is."""
    last = body.find(W + "sectPr")
    if last is None:
        last = element("sectPr")
        body.append(last)
    return [
        *(each for each in body.iter(W + "sectPr") if _is_current(each) and each is not last),
        last,
    ]


def _is_current(section: etree._Element) -> bool:
    parent = section.getparent()
    return parent is not None and parent.tag in (W + "pPr", W + "body")


def number_lines(body: etree._Element) -> None:
    """Print a number beside each line, from the first page to the last."""
    for section in sections(body):
        for old in section.findall(W + "lnNumType"):
            section.remove(old)
        place = max(
            (at for at, each in enumerate(section, 1) if each.tag in _BEFORE_NUMBERS), default=0
        )
        section.insert(place, element("lnNumType", countBy="1", restart="continuous"))


def head(into: Parts, body: etree._Element, text: str) -> None:
    """Put a line above each page, below what the file has there."""
    _put(into, body, HEADER, [words(text, bold=True, size=18)])


def foot(into: Parts, body: etree._Element, text: str) -> None:
    """Put a line below each page, with the page's number, below what the file has there."""
    numbers: list[etree._Element] = [words(f"{text} · ", size=16)]
    for instruction, between in (("PAGE", " / "), ("NUMPAGES", "")):
        field = element("fldSimple", instr=f" {instruction} ")
        field.append(words("1", size=16))
        numbers += [field, *([words(between, size=16)] if between else [])]
    _put(into, body, FOOTER, numbers)


def take_out_ours(into: Parts) -> None:
    """Take out of headers and footers what an earlier file of ours had there."""
    for name in into.names:
        if name != into.main and _MARK.encode() in into.content(name):
            for mark in list(into.xml(name).iter(W + "bookmarkStart")):
                line = mark.getparent()
                if mark.get(W + "name") == _MARK and line is not None:
                    around = parent_of(line)
                    around.remove(line)


def _put(into: Parts, body: etree._Element, kind: Kind, runs: list[etree._Element]) -> None:
    """Put a line at the end of each usual header or footer; a file that has none gets one.

    A bookmark tells it as ours: LibreOffice shows no fields in content controls of a footer.
    """
    marks = element("bookmarkStart", id=_MARK_ID, name=_MARK), element("bookmarkEnd", id=_MARK_ID)
    line = paragraph(marks[0], *runs, marks[1], after=0)
    for name in _usual(into, body, kind):
        into.xml(name).append(deepcopy(line))
    first = sections(body)[0]
    if not any(_is_usual(each, kind) for each in first):
        root = element("hdr" if kind is HEADER else "ftr")
        root.append(line)
        _, relation = into.add(kind, root)
        reference = element(f"{kind.word}Reference", type="default")
        reference.set(_ID, relation)
        place = sum(1 for each in first if each.tag in _REFERENCES)
        first.insert(place, reference)


def _usual(into: Parts, body: etree._Element, kind: Kind) -> Sequence[str]:
    """Return the parts of the headers, or footers, of all pages but first or even ones."""
    names = [
        into.target(into.main, each.get(_ID) or "")
        for section in sections(body)
        for each in section
        if _is_usual(each, kind)
    ]
    return list(dict.fromkeys(name for name in names if name in into.names))


def _is_usual(reference: etree._Element, kind: Kind) -> bool:
    tag = f"{W}{kind.word}Reference"
    return reference.tag == tag and reference.get(W + "type", "default") == "default"
