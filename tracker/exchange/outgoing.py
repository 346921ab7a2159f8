"""What goes out into a file with tracked changes and comments.

Such a file is made from a *base*, a file that is there already, in two steps. First its text is
settled: each tracked change of the base is kept, taken or dropped, and what was decided since is
put in. Then it is marked: with new tracked changes, comments, boxes and the stamp.

Places of the first step are those of the base's untouched text (:mod:`tracker.exchange.marked`).
Places of the second are those of the *settled* text, which is the untouched text of the file that
is written: whoever reads that file finds the same places again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tracker.exchange.marked import Remark, Stamp
from tracker.exchange.view import Run


class Edit(NamedTuple):
    """The words from ``start`` to before ``end`` become ``text``, which may hold ``PARAGRAPH``.

    New paragraphs look like the one they come from, but what follows a heading looks like ordinary
    text. With ``author`` the edit is a tracked change, of the time ``date`` (as a mark has it, or
    with a ``Z``: then it is UTC).
    """

    start: int
    end: int
    text: str
    author: str | None = None
    date: str | None = None


class Bubble(NamedTuple):
    """A comment as it goes out. ``remark.key`` is kept where it can be, ``remark.id`` is not.

    ``remark.within`` is the place of a kept insertion in the base's marks; ``edit`` instead that of
    a tracked edit in ``Outgoing.tracked``, where the range stands in the words that it brings. The
    range is then as long as ``remark.quote``, from ``remark.offset``. Where insertions stand at the
    ends of a range, the quote says whether they are in it.
    """

    remark: Remark
    edit: int | None = None


class Option(NamedTuple):
    """What somebody wants a passage to say.

    ``title`` names it (``P3, recommended``), ``runs`` is its redline against the passage,
    ``result`` the sentence as it would read, ``notes`` are lines below: who wants it, and why.
    """

    title: str
    runs: tuple[Run, ...]
    result: str
    notes: tuple[str, ...] = ()


class Box(NamedTuple):
    """Options that cannot be tracked changes, under the paragraph that the place ``at`` is in."""

    at: int
    title: str
    options: tuple[Option, ...]


class Open(NamedTuple):
    """A row of the first page: a passage that is open, beside a cell for the decision."""

    passage: str
    options: tuple[Option, ...]
    recommendation: str = ""


class Front(NamedTuple):
    """The first page: what this is (``notice`` is ``DRAFT`` and of what), and what is open."""

    title: str
    sentence: str
    rows: tuple[Open, ...] = ()
    notice: str | None = None


class Outgoing(NamedTuple):
    """All that becomes of a base.

    ``kept`` and ``taken`` are places in the base's marks; all other marks are dropped, as if they
    had been rejected. ``settled`` are edits in the base's untouched text, ``tracked`` in the
    settled one; both in order and without overlap. ``comments`` are all that the file shall have,
    each thread's first before its replies. Places in ``stamp.lines`` and ``boxes`` are of the
    settled text. Words that a kept change inserted stay, whatever is deleted around them; what
    ``settled`` changes must stand clear of what ``taken`` changes.

    ``names`` are how authors of what is kept may be called; with ``others`` everyone not in it is
    called that, and no other name of a person leaves in the file's properties. ``formatting`` keeps
    tracked changes of formatting. ``header`` and ``footer`` stand on each page, the footer with the
    page's number behind it; ``numbered`` prints a number beside each line.
    """

    kept: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    settled: tuple[Edit, ...] = ()
    tracked: tuple[Edit, ...] = ()
    comments: tuple[Bubble, ...] = ()
    boxes: tuple[Box, ...] = ()
    front: Front | None = None
    stamp: Stamp | None = None
    header: str | None = None
    footer: str | None = None
    numbered: bool = False
    formatting: bool = True
    names: Mapping[str, str] = {}
    others: str | None = None

    def name(self, author: str) -> str:
        """Return how an author of the base is called in what is written."""
        return self.names.get(author, author if self.others is None else self.others)
