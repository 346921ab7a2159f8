"""Edits put into a text as tracked changes.

An edit of several paragraphs is taken apart by the ends of these, so that each of its parts puts
paragraphs in or takes some out, but never both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.exchange.marked import PARAGRAPH
from tracker.exchange.outgoing import Edit
from tracker.formats.docx import looks
from tracker.formats.docx.deleting import delete
from tracker.formats.docx.inserting import insert
from tracker.formats.docx.story import Story
from tracker.formats.docx.tracking import Tracking, neighbour, remains


def apply_all(found: Story, edits: Sequence[tuple[Edit, Tracking]]) -> None:
    """Put edits into a story as tracked changes; they stand in order and do not overlap."""
    text = found.text
    limits = [*(edit.start for edit, _ in edits), len(text) + 1][1:]
    for (edit, tracking), limit in zip(edits, limits, strict=True):
        for part in _parts(text, edit, limit):
            if part.end > part.start:
                delete(found, part, tracking)
            if part.text:
                insert(found, part, tracking, edit.start)
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
    left = [para for para in chain if remains(para.runs)]
    if left and left[0] is not chain[-1]:
        look = looks.copied(left[0].element)
        looks.take(chain[-1].element, look, tracking.element)
