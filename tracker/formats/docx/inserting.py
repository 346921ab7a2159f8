"""Words inserted as tracked changes, with ends of paragraphs among them."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from tracker.exchange.marked import PARAGRAPH
from tracker.exchange.outgoing import Edit
from tracker.formats.docx import looks
from tracker.formats.docx.names import W
from tracker.formats.docx.runs import (
    element,
    lifted,
    properties_of,
    run,
    split_paragraph,
    unmarked,
)
from tracker.formats.docx.story import Para, Piece, Story
from tracker.formats.docx.tracking import Tracking, cut, remains, touch


def insert(found: Story, edit: Edit, tracking: Tracking, origin: int) -> None:
    """Put the words of an edit in, behind what it deletes of its first paragraph.

    They stand before what others inserted behind ``origin``, where the whole edit begins.
    """
    number = found.at(edit.start)
    while number > 0 and _is_inserted_behind(found.paras[number - 1], origin):
        number -= 1
    para = found.paras[number]
    place = min(edit.end, para.mark.start)
    cut(found, place)
    touch(para)
    behind = _behind(para.runs, origin, place)
    behind = _before_field(para.runs, behind)
    if PARAGRAPH in edit.text:
        _insert_paragraphs(found, number, behind, edit, tracking)
        return
    node = _node(para, behind)
    place = para.runs[behind].start if behind < len(para.runs) else para.mark.start
    piece, wrapper = _inserted(edit.text, _properties_near(para, behind), place, tracking)
    if node is None:
        para.element.append(wrapper)
    else:
        node.addprevious(wrapper)
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
) -> tuple[Piece, etree._Element]:
    """Return a new run, and what tracks it, which it is in."""
    wrapper = tracking.element("ins")
    wrapper.append(run(text, properties))
    return Piece(wrapper[0], text, place, wrapper, None), wrapper


def _insert_paragraphs(
    found: Story, number: int, behind: int, edit: Edit, tracking: Tracking
) -> None:
    """Put in words with ends of paragraphs among them: the paragraph keeps its end, and is last."""
    para = found.paras[number]
    own = looks.Look(looks.copied(para.element), _properties_near(para, behind))
    new = looks.of_new(found, number)
    before, after = para.runs[:behind], para.runs[behind:]
    head, tail = remains(before), remains(after)
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
        piece, wrapper = _inserted(texts[-1], own.words if tail else new.words, place, tracking)
        para.element.insert(0 if para.element.find(W + "pPr") is None else 1, wrapper)
        after.insert(0, piece)
    para.runs[:] = after
    found.replace(number, [*made, para])


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
    ending = tracking.element("ins")
    looks.of_mark(paragraph).insert(0, ending)
    if text:
        piece, wrapper = _inserted(text, look.words, place, tracking)
        runs.append(piece)
        paragraph.append(wrapper)
    return Para(paragraph, runs, Piece(paragraph, PARAGRAPH, place, ending, None), opened=True)
