"""Tracked changes put into a text: what is deleted is wrapped, what is new is put in beside it.

An edit of several paragraphs is taken apart by its paragraphs' ends. Where it ends one, the end of
a paragraph is tracked too; an end that cannot go (of a cell, before a table, of a section) stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.exchange.outgoing import Edit
from tracker.formats.docx import looks, times
from tracker.formats.docx.names import W
from tracker.formats.docx.ours import STUCK, TRACE, is_ours
from tracker.formats.docx.runs import (
    WRAPPERS,
    element,
    lifted,
    lone,
    properties_of,
    run,
    shown,
    split_paragraph,
    split_run,
    unmarked,
)
from tracker.formats.docx.story import DEL_TEXT, Para, Piece, Story
from tracker.formats.docx.words import T


class Tracking(NamedTuple):
    """How a change is tracked: who made it, when, and what it is told by while the file is made."""

    author: str
    date: str | None
    trace: str

    def element(self, tag: str) -> etree._Element:
        """Return an element that says so; its number is given at the end."""
        made = element(tag, id="0", author=shown(self.author))
        if (date := times.stated(self.date)) is not None:
            made.set(W + "date", date)
        made.set(TRACE, self.trace)
        return made


def apply_all(found: Story, edits: Sequence[tuple[Edit, Tracking]]) -> None:
    """Put edits into a story as tracked changes; they stand in order and do not overlap."""
    text = found.text
    limits = [*(edit.start for edit, _ in edits), len(text) + 1][1:]
    for (edit, tracking), limit in zip(edits, limits, strict=True):
        for part in _parts(text, edit, limit):
            if part.end > part.start:
                _delete(found, part, tracking)
            if part.text:
                _insert(found, part, tracking, edit.start)
            if PARAGRAPH in text[part.start : part.end]:
                _look_joined(found, part, tracking)


def _parts(text: str, edit: Edit, limit: int) -> Iterator[Edit]:
    """Yield an edit in parts that put paragraphs in, or take some out, but never both."""
    news = edit.text.split(PARAGRAPH)
    low = edit.start
    while len(news) > 1 and (stop := text.find(PARAGRAPH, low, edit.end)) >= 0:
        yield from _changing(text, edit._replace(start=low, end=stop, text=news.pop(0)))
        low = stop + 1
    last = edit._replace(start=low, text=PARAGRAPH.join(news))
    yield from _changing(text, _whole(text, last, limit))


def _changing(text: str, edit: Edit) -> Iterator[Edit]:
    if text[edit.start : edit.end] != edit.text:
        yield edit


def _whole(text: str, edit: Edit, limit: int) -> Edit:
    """Return an edit moved so that it puts in, or takes out, whole paragraphs with their ends."""
    start, end, new = edit.start, edit.end, edit.text
    if not text.startswith(PARAGRAPH, start) or not text.startswith(PARAGRAPH, end) or end >= limit:
        return edit
    if start == end and new.startswith(PARAGRAPH):
        return edit._replace(start=start + 1, end=start + 1, text=new[1:] + PARAGRAPH)
    if start < end and not new:
        return edit._replace(start=start + 1, end=end + 1)
    return edit


def cut(found: Story, place: int) -> None:
    """Make a place one between two pieces."""
    para = found.paras[found.at(place)]
    for number, piece in enumerate(para.runs):
        if piece.start < place < piece.end:
            para.runs.insert(number + 1, split_run(piece, place - piece.start))
            return
        if piece.start >= place:
            return


def _delete(found: Story, edit: Edit, tracking: Tracking) -> None:
    cut(found, edit.start)
    cut(found, edit.end)
    number = found.at(edit.start)
    while number < len(found.paras) and found.paras[number].start < edit.end:
        para = found.paras[number]
        _touch(para)
        whole = edit.start <= para.start and para.mark.start <= edit.end and not edit.text
        _delete_words(para, edit, tracking, whole)
        if para.mark.ins is None and edit.start <= para.mark.start < edit.end:
            _delete_end(found, number, edit, tracking)
        number += 1


def _touch(para: Para) -> None:
    """Make a paragraph ready for changes.

    What tracks its end to no effect (it cannot go) would have one when more of it is tracked.
    """
    para.open()
    for own in para.element.iterfind(f"{W}pPr/{W}rPr"):
        for child in list(own):
            if child.tag in WRAPPERS and child is not para.mark.ins and child is not para.mark.cut:
                own.remove(child)


def _delete_words(para: Para, edit: Edit, tracking: Tracking, whole: bool) -> None:
    """Track as deleted what stands in an edit; with ``whole`` all that is in the paragraph."""
    pieces = []
    for piece in para.runs:
        inside = edit.start <= piece.start and piece.end <= edit.end and piece.text
        pieces += lone(piece) if inside and not whole else [piece]
    para.runs[:] = pieces
    before = None
    for piece in pieces:
        inside = edit.start <= piece.start and piece.end <= edit.end
        if piece.ins is None and inside and (piece.text or whole):
            before = _wrap(piece, tracking, before)
        elif piece.text:
            before = None


def _wrap(
    piece: Piece, tracking: Tracking, before: etree._Element | None
) -> etree._Element | None:
    """Track a run as deleted, with the one before it if they stand side by side."""
    if piece.cut is not None and tracking.trace != "s":
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
    if para.mark.cut is not None and tracking.trace != "s":
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


def neighbour(block: etree._Element, preceding: bool = False) -> etree._Element | None:
    """Return the paragraph, table or the like that stands beside one, in the same frame."""
    blocks = block.itersiblings(W + "p", W + "tbl", W + "sdt", W + "customXml", preceding=preceding)
    return next((each for each in blocks if each.tag != W + "sdt" or not is_ours(each)), None)


def _row_all_gone(found: Story, number: int, edit: Edit) -> etree._Element | None:
    """Return the row of a table that a paragraph is the last of, if an edit covers all of it."""
    row = next(found.paras[number].element.iterancestors(W + "tr"), None)
    if row is None:
        return None
    own = [para for para in _around(found, number) if row in para.element.iterancestors(W + "tr")]
    covered = own[0].start >= edit.start and own[-1].stop <= edit.end
    return row if covered and not edit.text else None


def _around(found: Story, number: int) -> Iterator[Para]:
    """Yield the paragraphs of the row that one is in, and perhaps more."""
    row = next(found.paras[number].element.iterancestors(W + "tr"))
    count = sum(1 for _ in row.iter(W + "p"))
    yield from found.paras[max(number - count, 0) : number + count + 1]


def _delete_row(row: etree._Element, tracking: Tracking) -> None:
    properties = row.find(W + "trPr")
    if properties is None:
        properties = element("trPr")
        row.insert(1 if row.find(W + "tblPrEx") is not None else 0, properties)
    if properties.find(W + "del") is None:
        later = properties.find(W + "trPrChange")
        place = len(properties) if later is None else properties.index(later)
        properties.insert(place, tracking.element("del"))


def _insert(found: Story, edit: Edit, tracking: Tracking, origin: int) -> None:
    """Put the words of an edit in, behind what it deletes of its first paragraph.

    They stand before what others inserted behind ``origin``, where the whole edit begins.
    """
    number = found.at(edit.start)
    while number > 0 and _is_inserted_behind(found.paras[number - 1], origin):
        number -= 1
    para = found.paras[number]
    place = min(edit.end, para.mark.start)
    cut(found, place)
    _touch(para)
    behind = _behind(para.runs, origin, place)
    behind = _before_field(para.runs, behind)
    if PARAGRAPH in edit.text:
        _insert_paragraphs(found, number, behind, edit, tracking)
        return
    node = _node(para, behind)
    piece = _inserted(edit.text, _properties_near(para, behind), place, tracking)
    assert piece.ins is not None
    if node is None:
        para.element.append(piece.ins)
    else:
        node.addprevious(piece.ins)
    para.runs.insert(behind, piece)


def _is_inserted_behind(para: Para, origin: int) -> bool:
    return para.mark.ins is not None and para.start > origin


def _behind(runs: list[Piece], start: int, end: int) -> int:
    """Return the number of the run that new words stand before: behind what they replace.

    Words that others inserted among those come behind the new ones, others at the place before.
    """
    for number, piece in enumerate(runs):
        if piece.ins is None and piece.end > end:
            return number
        if piece.ins is not None and start < piece.start and piece.text:
            return number
    return len(runs)


def _node(para: Para, behind: int) -> etree._Element | None:
    """Return what stands behind a place, clear of what tracks it; none at the end."""
    return lifted(para.runs[behind].element) if behind < len(para.runs) else None


def _before_field(runs: list[Piece], behind: int) -> int:
    """Return the place of a run, or that of the field's begin if it is the first of its result."""
    at = behind
    while at > 0 and not runs[at - 1].text and _field_char(runs[at - 1]) != "end":
        at -= 1
        if _field_char(runs[at]) == "begin":
            return at
    return behind


def _field_char(piece: Piece) -> str | None:
    found = piece.element.find(W + "fldChar")
    return None if found is None else found.get(W + "fldCharType")


def _properties_near(para: Para, behind: int) -> etree._Element | None:
    """Return what new words at a place look like: as those before them, else those behind."""
    said = [piece for piece in para.runs[:behind] if piece.text]
    later = [piece for piece in para.runs[behind:] if piece.text]
    if said or later:
        return properties_of(said[-1] if said else later[0])
    own = para.element.find(f"{W}pPr/{W}rPr")
    return None if own is None else unmarked(own)


def _inserted(
    text: str, properties: etree._Element | None, place: int, tracking: Tracking
) -> Piece:
    """Return a new run, within what tracks it."""
    wrapper = tracking.element("ins")
    wrapper.append(run(text, properties))
    return Piece(wrapper[0], text, place, wrapper, None)


def _insert_paragraphs(
    found: Story, number: int, behind: int, edit: Edit, tracking: Tracking
) -> None:
    """Put in words with ends of paragraphs among them: the paragraph keeps its end, and is last."""
    para = found.paras[number]
    own = looks.Look(looks.copied(para.element), _properties_near(para, behind))
    new = looks.of_new(found, number, edit.like)
    before, after = para.runs[:behind], para.runs[behind:]
    head, tail = _left(before), _left(after)
    texts = edit.text.split(PARAGRAPH)
    place = after[0].start if after else para.mark.start
    left = split_paragraph(para.element, _node(para, behind))
    made = [_filled(left, before, own if head or not tail else new, texts[0], place, tracking)]
    for text in texts[1:-1]:
        middle = element("p")
        para.element.addprevious(middle)
        made.append(_filled(middle, [], new, text, place, tracking))
    if not tail:
        looks.take(para.element, new.paragraph, tracking.element)
    if texts[-1]:
        piece = _inserted(texts[-1], own.words if tail else new.words, place, tracking)
        para.element.insert(0 if para.element.find(W + "pPr") is None else 1, piece.ins)
        after.insert(0, piece)
    para.runs[:] = after
    found.replace(number, [*made, para])


def _left(pieces: list[Piece]) -> bool:
    """Say whether there are words that are not deleted."""
    return any(piece.text and piece.cut is None for piece in pieces)


def _filled(
    paragraph: etree._Element,
    runs: list[Piece],
    look: looks.Look,
    text: str,
    place: int,
    tracking: Tracking,
) -> Para:
    """Give a new paragraph its look, its words, and an end that is tracked as inserted."""
    if look.paragraph is not None:
        paragraph.insert(0, deepcopy(look.paragraph))
    mark = Piece(paragraph, PARAGRAPH, place, tracking.element("ins"), None)
    looks.of_mark(paragraph).insert(0, mark.ins)
    if text:
        runs.append(_inserted(text, look.words, place, tracking))
        paragraph.append(runs[-1].ins)
    return Para(paragraph, runs, mark, opened=True)


def _look_joined(found: Story, edit: Edit, tracking: Tracking) -> None:
    """Let paragraphs that are joined look like the first of them of which anything is left.

    Word would have them look like the last.
    """
    number = found.at(edit.start)
    chain = [found.paras[number]]
    while chain[-1].mark.cut is not None and number + 1 < len(found.paras):
        number += 1
        if neighbour(chain[-1].element) is not found.paras[number].element:
            return
        chain.append(found.paras[number])
    left = [para for para in chain if _left(para.runs)]
    if left and left[0] is not chain[-1]:
        look = looks.copied(left[0].element)
        looks.take(chain[-1].element, look, tracking.element)
