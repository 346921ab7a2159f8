"""A marked text: one with tracked changes and comments, as Word or LibreOffice keep it.

All places are code points of the *untouched* text: what the text is when every tracked change is
rejected. Its paragraphs stand one after another with ``PARAGRAPH`` between two; a line break within
a paragraph is a line feed.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

PARAGRAPH = "\u2029"
"""Ends a paragraph in a marked text: nobody types it."""

BlockKind = Literal["heading", "paragraph", "item", "cell"]
MarkKind = Literal["insert", "delete"]


class Block(NamedTuple):
    """A paragraph of the untouched text, from ``start`` to before ``end``.

    ``level`` is that of a heading (from 1) or of a list item (from 1); ``marker`` is how an item
    begins in plain text (``-`` or ``1.``).
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int | None = None
    marker: str | None = None


class Mark(NamedTuple):
    """One tracked change: words inserted at ``start``, or deleted from ``start`` to before ``end``.

    ``text`` is what was inserted or deleted, with ``PARAGRAPH`` where a paragraph's end was.
    ``date`` is the time as written, without a claim to a time zone (``2022-03-04T10:00:00``).
    ``move`` is the name that the two halves of a move share. ``within`` is the place in
    ``Marked.marks`` of the insertion that this is a part of: what another author deleted again of
    what one had inserted; ``offset`` is then where it begins in the text of that insertion.
    ``utc`` is the true time, where the file tells it (``2022-03-04T01:00:00Z``).
    """

    kind: MarkKind
    author: str
    date: str | None
    start: int
    end: int
    text: str
    move: str | None = None
    within: int | None = None
    offset: int = 0
    utc: str | None = None


class Remark(NamedTuple):
    """A comment: ``parent`` is the ``id`` of the comment that begins its thread.

    ``start`` and ``end`` are none where it has no place in the text, and the same where it flags no
    words of it; ``quote`` is the words in its range as they read with the changes in place.
    ``within`` is the insertion that its range stands in wholly, with ``offset`` where it begins in
    its text: such words are not in the untouched text.
    ``key`` is what the file tells it by besides (Word's paraId). ``about`` is what this program
    wrote it for (``C4``). ``utc`` is the true time, where the file tells it.
    """

    id: str
    author: str
    date: str | None
    text: str
    start: int | None
    end: int | None
    quote: str = ""
    parent: str | None = None
    done: bool = False
    initials: str | None = None
    within: int | None = None
    offset: int = 0
    key: str | None = None
    about: str | None = None
    utc: str | None = None


class Stamp(NamedTuple):
    """What this program wrote into a file that went out.

    The document's key, the entry it was written at, the language, and where each line stood, by
    label; ``proposals`` are those whose changes are tracked in it.
    """

    document: str
    entry: int
    language: str
    lines: tuple[tuple[str, int, int], ...] = ()
    proposals: tuple[str, ...] = ()
    base: int | None = None
    """The entry whose text is the untouched one, where that is an earlier one."""


class Marked(NamedTuple):
    """A text with its tracked changes, in the order of their places, and its comments."""

    text: str
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    stamp: Stamp | None = None
    title: str | None = None
    language: str | None = None
