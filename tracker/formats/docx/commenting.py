"""Comments written into a Word file: the parts that hold them, and the marks that lead to them.

They are always written anew, all parts of them together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import NamedTuple

from lxml import etree

from tracker.exchange.marked import PARAGRAPH, Remark
from tracker.exchange.outgoing import Bubble
from tracker.formats.docx import parts, times, tracing
from tracker.formats.docx.anchors import Placed, Range
from tracker.formats.docx.names import WORD, W
from tracker.formats.docx.parts import Parts
from tracker.formats.docx.runs import element, run
from tracker.formats.docx.tree import parent_of
from tracker.formats.xml import holdable

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_CEX = "http://schemas.microsoft.com/office/word/2018/wordml/cex"
_NAMES = {"w": WORD, "mc": _MC, "w14": _W14, "w15": _W15, "w16cid": _CID, "w16cex": _CEX}
_NEWER = "w14 w15 w16cid w16cex"
PARA_ID = f"{{{_W14}}}paraId"
_KEY = re.compile("[0-7][0-9A-F]{7}")
_MARKS = tuple(W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))
_ROOTS = (
    *(("w", "comments"), ("w15", "commentsEx")),
    *(("w16cid", "commentsIds"), ("w16cex", "commentsExtensible")),
)
_ALL = (parts.COMMENTS, parts.COMMENTS_EXTENDED, parts.COMMENTS_IDS, parts.COMMENTS_EXTENSIBLE)


class Written(NamedTuple):
    """A comment on its way out: its number in the file, and what tells it (Word's paraId)."""

    remark: Remark
    number: int
    key: str
    range: Range


def numbered(bubbles: Sequence[Bubble], taken: set[str], first: int) -> tuple[Written, ...]:
    """Give numbers and keys to comments, the first number being ``first``.

    A comment keeps its key unless it is one of those ``taken`` by paragraphs of the text.
    """
    own = [(bubble.remark.key or "").upper() for bubble in bubbles]
    used = {key for key in own if _KEY.fullmatch(key)} | taken | {"0" * 8}
    free = (key for each in count(1) if (key := f"{each:08X}") not in used)
    given: set[str] = {"0" * 8, *taken}
    written = []
    for number, (bubble, key) in enumerate(zip(bubbles, own, strict=True), first):
        kept = key if _KEY.fullmatch(key) and key not in given else next(free)
        given.add(kept)
        written.append(Written(bubble.remark, number, kept, _range(bubble)))
    return tuple(written)


def _range(bubble: Bubble) -> Range:
    remark = bubble.remark
    trace = None
    if bubble.edit is not None:
        trace = tracing.of_edit(bubble.edit)
    elif remark.within is not None:
        trace = tracing.of_mark(remark.within)
    if trace is not None:
        return Range(remark.offset, remark.offset, remark.quote, trace)
    if remark.start is None or remark.end is None:
        return Range(0, 0, "")
    return Range(remark.start, remark.end, remark.quote)


def marks(written: Iterable[Written], style: str | None) -> Iterator[Placed]:
    """Yield the marks of comments; ``style`` is that of the run that refers to one."""
    for each in written:
        number = str(each.number)
        reference = element("r")
        if style is not None:
            reference.append(element("rPr"))
            reference[0].append(element("rStyle", val=style))
        reference.append(element("commentReference", id=number))
        end = element("commentRangeEnd", id=number)
        yield Placed(each.range, element("commentRangeStart", id=number), (end, reference))


def unmark(root: etree._Element) -> None:
    """Take all marks of comments out of a part, with the runs that hold nothing else."""
    for mark in list(root.iter(*_MARKS)):
        holder = parent_of(mark)
        holder.remove(mark)
        around = holder.getparent()
        if holder.tag == W + "r" and around is not None and _says_nothing(holder):
            around.remove(holder)


def _says_nothing(holder: etree._Element) -> bool:
    return all(child.tag == W + "rPr" for child in holder)


def put(into: Parts, written: Sequence[Written], style: str | None) -> None:
    """Write the parts that hold comments, or take them away where there are none.

    ``style`` is that of a comment's text.
    """
    if not written:
        for kind in _ALL:
            into.remove(kind)
        return
    keys = {each.remark.id: each.key for each in written}
    own = set(keys.values())
    free = (key for each in count(1) if (key := f"{0x7FFFFFFF - each:08X}") not in own)
    roots = [_root(prefix, name) for prefix, name in _ROOTS]
    comments, extended, ids, extensible = roots
    for each in written:
        comments.append(_comment(each, style, free))
        parent = None if each.remark.parent is None else keys.get(each.remark.parent)
        about = {} if parent is None else {"paraIdParent": parent}
        done = "1" if each.remark.done else "0"
        _child(extended, _W15, "commentEx", paraId=each.key, **about, done=done)
        _child(ids, _CID, "commentId", paraId=each.key, durableId=each.key)
        if (utc := each.remark.utc or times.utc(each.remark.date)) is not None:
            _child(extensible, _CEX, "commentExtensible", durableId=each.key, dateUtc=utc)
    for kind, root in zip(_ALL, roots, strict=True):
        into.put(kind, root)


def put_people(into: Parts, names: Iterable[str]) -> None:
    """Write the part that lists who wrote anything, with nothing else of them."""
    people = _root("w15", "people")
    for name in sorted(set(names)):
        _child(people, _W15, "person", author=holdable(name))
        _child(people[-1], _W15, "presenceInfo", providerId="None", userId=holdable(name))
    if len(people):
        into.put(parts.PEOPLE, people)
    else:
        into.remove(parts.PEOPLE)


def _comment(written: Written, style: str | None, free: Iterator[str]) -> etree._Element:
    """Return a comment, its lines as paragraphs; the last of them has its key."""
    remark = written.remark
    comment = element("comment", id=str(written.number), author=holdable(remark.author))
    if (date := times.stated(remark.date)) is not None:
        comment.set(W + "date", date)
    if remark.initials:
        comment.set(W + "initials", holdable(remark.initials))
    lines = re.split(f"[\n{PARAGRAPH}]", remark.text)
    for number, line in enumerate(lines):
        paragraph = etree.SubElement(comment, W + "p", None, _NAMES)
        paragraph.set(PARA_ID, written.key if number == len(lines) - 1 else next(free))
        if style is not None:
            properties = etree.SubElement(paragraph, W + "pPr")
            properties.append(element("pStyle", val=style))
        if number == 0:
            paragraph.append(element("r"))
            paragraph[-1].append(element("annotationRef"))
        paragraph.append(run(line))
    return comment


def _root(prefix: str, name: str) -> etree._Element:
    root = etree.Element(f"{{{_NAMES[prefix]}}}{name}", None, _NAMES)
    root.set(f"{{{_MC}}}Ignorable", _NEWER)
    return root


def _child(parent: etree._Element, namespace: str, tag: str, **attributes: str) -> None:
    child = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    for name, value in attributes.items():
        child.set(f"{{{namespace}}}{name}", value)
