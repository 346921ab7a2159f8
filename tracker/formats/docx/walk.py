"""A walk through the text of a Word file: its words and ends of paragraphs, one after another.

A content control, a hyperlink, a smart tag and whatever else is put around words, known or not, is
walked through; text boxes, notes, headers and footers are not part of the text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import is_ours
from tracker.formats.docx.words import SAYING
from tracker.formats.tracked.pieces import Anchor, Piece, Tracked, time

UTC = "{http://schemas.microsoft.com/office/word/2023/wordml/word16du}dateUtc"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass
class Walk:
    """What was met: ``cells`` are the numbers of pieces that end a paragraph in a table."""

    pieces: list[Piece] = field(default_factory=list)
    cells: set[int] = field(default_factory=set)
    anchors: list[Anchor] = field(default_factory=list)
    _tables: int = 0
    _moves: dict[str, dict[str, str]] = field(default_factory=dict)
    _fields: list[bool] = field(default_factory=list)
    _whole_fields: set[etree._Element] = field(default_factory=set)


def walked(root: etree._Element) -> Walk:
    """Return what is met on the way through a body, or a comment; no piece is empty."""
    walk = Walk()
    walk._whole_fields.update(_whole_fields(root))
    _inside(walk, root, None, None)
    return walk


_State = Tracked | None
_Handler = Callable[[Walk, etree._Element, _State, _State], None]


def _inside(walk: Walk, around: etree._Element, inserted: _State, deleted: _State) -> None:
    for child in around:
        handler = _HANDLERS.get(child.tag, _inside)
        if handler is not None:
            handler(walk, child, inserted, deleted)


def _paragraph(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    if is_ours(element):
        return
    begin = len(walk.pieces)
    _inside(walk, element, inserted, deleted)
    marks = element.find(f"{W}pPr/{W}rPr")
    if marks is not None and len(marks):
        own = _last_of(walk, marks, _INSERTING), _last_of(walk, marks, _DELETING)
        here = walk.pieces[begin:]
        if own[0] is not None and _can_go(element, all(each.inserted for each in here)):
            inserted = own[0]
        if own[1] is not None and _can_go(element, all(each.deleted for each in here)):
            deleted = own[1]
    if walk._tables:
        walk.cells.add(len(walk.pieces))
    walk.pieces.append(Piece(PARAGRAPH, inserted, deleted, element))


def _last_of(walk: Walk, marks: etree._Element, tags: frozenset[str]) -> _State:
    """Return what is tracked of the end of a paragraph.

    The end of a move's range may stand before that of the paragraph, which is moved with its words.
    """
    found = next((each for each in marks if each.tag in tags), None)
    if found is None:
        return None
    tracked = _tracked(walk, found)
    if tracked.move is None and found.tag in _MOVING and walk.pieces:
        last = walk.pieces[-1]
        words = last.inserted if found.tag in _INSERTING else last.deleted
        if words is not None:
            return tracked._replace(move=words.move)
    return tracked


def _can_go(paragraph: etree._Element, whole: bool) -> bool:
    """Say whether the end of a paragraph can be taken away.

    It can if a paragraph follows, which it then joins; before a table only with all its words; the
    last one of a cell, or of the text, never.
    """
    node: etree._Element | None = paragraph
    while node is not None and node.tag not in _FRAMES:
        for sibling in node.itersiblings():
            if is_ours(sibling):
                continue
            found = next(sibling.iter(_P, _TBL), None)
            if found is not None:
                return whole or found.tag == _P
        node = node.getparent()
    return False


def _run(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    text = ""
    for child in element:
        tag = child.tag
        says = SAYING.get(tag)
        if says is not None:
            if True not in walk._fields:
                text += says(child)
        elif tag == _FIELD:
            _field(walk, child)
        elif tag == _REFERENCE:
            walk.anchors.append(Anchor(child, len(walk.pieces)))
    if text:
        walk.pieces.append(Piece(text, inserted, deleted, element))


def _field(walk: Walk, sign: etree._Element) -> None:
    """Follow the signs of a field: what stands before its result is an instruction."""
    kind = sign.get(W + "fldCharType")
    if kind == "begin" and sign in walk._whole_fields:
        walk._fields.append(True)
    elif kind == "separate" and walk._fields:
        walk._fields[-1] = False
    elif kind == "end" and walk._fields:
        walk._fields.pop()


def _whole_fields(root: etree._Element) -> list[etree._Element]:
    """Return the signs that begin a field that also ends: no other may hide text."""
    begun: list[etree._Element] = []
    whole = []
    for sign in root.iter(_FIELD):
        kind = sign.get(W + "fldCharType")
        if kind == "begin":
            begun.append(sign)
        elif kind == "end" and begun:
            whole.append(begun.pop())
    return whole


def _inserted(walk: Walk, element: etree._Element, _: _State, deleted: _State) -> None:
    _inside(walk, element, _tracked(walk, element), deleted)


def _deleted(walk: Walk, element: etree._Element, inserted: _State, _: _State) -> None:
    _inside(walk, element, inserted, _tracked(walk, element))


def _tracked(walk: Walk, element: etree._Element) -> Tracked:
    moves = walk._moves.get(element.tag)
    move = next(iter(moves.values()), None) if moves else None
    return Tracked(
        element.get(W + "author", ""),
        time(element.get(W + "date")),
        move,
        element.get(UTC),
        element,
    )


def _table(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    if is_ours(element):
        return
    walk._tables += 1
    _inside(walk, element, inserted, deleted)
    walk._tables -= 1


def _row(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    """Walk through a row, or a cell, which may be inserted or deleted as a whole."""
    for properties in element.iterchildren(W + "trPr", W + "tcPr"):
        for each in properties:
            if each.tag in (W + "ins", W + "cellIns"):
                inserted = inserted or _tracked(walk, each)
            elif each.tag in (W + "del", W + "cellDel"):
                deleted = deleted or _tracked(walk, each)
    _inside(walk, element, inserted, deleted)


def _control(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    if not is_ours(element):
        _inside(walk, element, inserted, deleted)


def _alternate(walk: Walk, element: etree._Element, inserted: _State, deleted: _State) -> None:
    """Walk through what is written for programs that know no newer names, if it is there."""
    fallback = element.find(_FALLBACK)
    chosen = next(iter(element), None) if fallback is None else fallback
    if chosen is not None:
        _inside(walk, chosen, inserted, deleted)


def _anchor(walk: Walk, element: etree._Element, _: _State, __: _State) -> None:
    walk.anchors.append(Anchor(element, len(walk.pieces)))


def _move_begins(walk: Walk, element: etree._Element, _: _State, __: _State) -> None:
    name = element.get(W + "name")
    if name:
        walk._moves.setdefault(_moved_in(element), {})[element.get(W + "id", "")] = name


def _move_ends(walk: Walk, element: etree._Element, _: _State, __: _State) -> None:
    walk._moves.get(_moved_in(element), {}).pop(element.get(W + "id", ""), None)


def _moved_in(sign: etree._Element) -> str:
    """Return which elements are told by the range that a sign begins or ends."""
    return sign.tag.rpartition("Range")[0]


_P, _TBL, _SDT = W + "p", W + "tbl", W + "sdt"
_FIELD, _REFERENCE = W + "fldChar", W + "commentReference"
_FRAMES = frozenset({W + "tc", W + "body", W + "comment"})
_INSERTING = frozenset({W + "ins", W + "moveTo"})
_DELETING = frozenset({W + "del", W + "moveFrom"})
_MOVING = frozenset({W + "moveTo", W + "moveFrom"})
_PASSED = (
    *("pPr", "rPr", "sectPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"),
    *("customXmlPr", "smartTagPr", "fldData", "proofErr", "drawing", "pict", "object"),
)
_HANDLERS: dict[str, _Handler | None] = {
    **{W + name: None for name in _PASSED},
    _P: _paragraph,
    W + "r": _run,
    _TBL: _table,
    W + "tr": _row,
    W + "tc": _row,
    _SDT: _control,
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent": _alternate,
    **dict.fromkeys(_INSERTING, _inserted),
    **dict.fromkeys(_DELETING, _deleted),
    **{
        W + name: _anchor
        for name in ("commentRangeStart", "commentRangeEnd", "bookmarkStart", "bookmarkEnd")
    },
    **{W + name: _move_begins for name in ("moveFromRangeStart", "moveToRangeStart")},
    **{W + name: _move_ends for name in ("moveFromRangeEnd", "moveToRangeEnd")},
}
