"""Words deleted as tracked changes, with ends of paragraphs and rows of tables.

An end that cannot go (the last of a cell, one before a table or of a section) stays.
"""

from __future__ import annotations

from lxml import etree

from tracker.exchange.outgoing import Edit
from tracker.formats.docx import looks, tracing
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import STUCK
from tracker.formats.docx.runs import element, lifted, lone
from tracker.formats.docx.story import DEL_TEXT, Para, Piece, Story
from tracker.formats.docx.tracking import Tracking, cut, neighbour, touch
from tracker.formats.docx.words import T


def delete(found: Story, edit: Edit, tracking: Tracking) -> None:
    """Track all that an edit covers as deleted; a whole paragraph with its pictures and notes."""
    cut(found, edit.start)
    cut(found, edit.end)
    number = found.at(edit.start)
    while number < len(found.paras) and found.paras[number].start < edit.end:
        para = found.paras[number]
        touch(para)
        whole = edit.start <= para.start and para.mark.start <= edit.end and not edit.text
        _delete_words(para, edit, tracking, whole)
        if para.mark.ins is None and edit.start <= para.mark.start < edit.end:
            _delete_end(found, number, edit, tracking)
        number += 1


def _delete_words(para: Para, edit: Edit, tracking: Tracking, whole: bool) -> None:
    """Track as deleted what stands in an edit; with ``whole`` all that is in the paragraph."""
    pieces = []
    for piece in para.runs:
        pieces += lone(piece) if piece.text and _is_in(piece, edit) and not whole else [piece]
    para.runs[:] = pieces
    before = None
    for piece in pieces:
        if piece.ins is None and _is_in(piece, edit) and (piece.text or whole):
            before = _wrap(piece, tracking, before)
        elif piece.text:
            before = None


def _is_in(piece: Piece, edit: Edit) -> bool:
    return edit.start <= piece.start and piece.end <= edit.end


def _wrap(piece: Piece, tracking: Tracking, before: etree._Element | None) -> etree._Element | None:
    """Track a run as deleted, with the one before it if they stand side by side."""
    if piece.cut is not None and tracking.trace != tracing.SETTLED:
        return None
    node = piece.element
    if piece.cut is not None:
        node = lifted(node)
    if before is not None and node.getprevious() is before and piece.cut is None:
        wrapper = before
    else:
        wrapper = tracking.element("del")
        node.addprevious(wrapper)
    wrapper.append(piece.element)
    piece.cut = wrapper
    for child in piece.element:
        if child.tag == T:
            child.tag = DEL_TEXT
        elif child.tag == W + "instrText":
            child.tag = W + "delInstrText"
    return wrapper


def _delete_end(found: Story, number: int, edit: Edit, tracking: Tracking) -> None:
    """Track the end of a paragraph as deleted, or mark it as stuck where it cannot go."""
    para = found.paras[number]
    if para.mark.cut is not None and tracking.trace != tracing.SETTLED:
        return
    row = _row_all_gone(found, number, edit)
    if row is not None:
        _delete_row(row, tracking)
    elif _can_go(para.element, _emptied(para)):
        said = looks.of_mark(para.element)
        for child in said.findall(W + "del"):
            said.remove(child)
        para.mark.cut = tracking.element("del")
        said.insert(len(said.findall(W + "ins")), para.mark.cut)
    else:
        para.element.set(STUCK, "1")


def _emptied(para: Para) -> bool:
    return all(piece.cut is not None for piece in para.runs)


def _can_go(paragraph: etree._Element, emptied: bool) -> bool:
    """Say whether a paragraph can lose its end: to the next one, or because it goes as a whole."""
    if paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    after = neighbour(paragraph)
    if after is not None and after.tag == W + "p":
        return True
    before = neighbour(paragraph, preceding=True)
    return emptied and after is not None and (before is None or before.tag == W + "p")


def _row_all_gone(found: Story, number: int, edit: Edit) -> etree._Element | None:
    """Return the row of a table that a paragraph is the last of, if an edit covers all of it."""
    row = next(found.paras[number].element.iterancestors(W + "tr"), None)
    if row is None:
        return None
    inside = set(row.iter(W + "p"))
    around = found.paras[max(number - len(inside), 0) : number + len(inside) + 1]
    own = [para for para in around if para.element in inside]
    covered = own[0].start >= edit.start and own[-1].stop <= edit.end
    return row if covered and not edit.text else None


def _delete_row(row: etree._Element, tracking: Tracking) -> None:
    properties = row.find(W + "trPr")
    if properties is None:
        properties = element("trPr")
        # The schema wants another property beside: this one says what is so without it.
        properties.append(element("cantSplit", val="off"))
        row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
    if properties.find(W + "del") is None:
        later = properties.find(W + "trPrChange")
        place = len(properties) if later is None else properties.index(later)
        properties.insert(place, tracking.element("del"))
