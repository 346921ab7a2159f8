"""The comment matrix: a table of the comments on a document, one a row, as it goes out and returns.

Every cell is text as a person reads it, empty where it says nothing. Outcomes, types, kinds and
relations are in our own words, whichever words stand in the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """A comment. ``place`` says where it stands in a file that was read: ``row 7``.

    ``line`` names lines by label (``4``, ``4, 5``, ``4-6``), a section by its heading (``section
    3``), or what stands between two lines (``after 4``). ``reason`` is the column of the
    secretariat's observations. What follows ``topic`` is told and never read back.
    """

    place: str = ""
    id: str = ""
    number: str = ""
    member: str = ""
    speaker: str = ""
    line: str = ""
    clause: str = ""
    passage: str = ""
    type: str = ""
    comment: str = ""
    proposed: str = ""
    outcome: str = ""
    reason: str = ""
    by: str = ""
    on: str = ""
    kind: str = ""
    words: str = ""
    reply_to: str = ""
    relation: str = ""
    context: str = ""
    note: str = ""
    meeting: str = ""
    topic: str = ""
    state: str = ""
    advice: str = ""
    answered_by: str = ""
    internal: str = ""


class Stamp(NamedTuple):
    """The document and the entry that a matrix was written from."""

    document: str
    entry: int

    def __str__(self) -> str:
        return f"{self.document} @{self.entry}"


class Matrix(NamedTuple):
    """What goes out. ``rows`` may be read once; ``meetings`` are key and name."""

    stamp: Stamp
    title: str
    language: str
    edition: str | None
    rows: Iterable[Row]
    meetings: tuple[tuple[str, str], ...] = ()


class Told(NamedTuple):
    """What a person should know of a row.

    ``left_out`` says that something which was filled in is not stored.
    """

    place: str
    message: str
    left_out: bool = False


class Returned(NamedTuple):
    """What was read from a matrix: ``columns`` are the fields of ``Row`` that it has columns of."""

    rows: tuple[Row, ...]
    columns: frozenset[str]
    stamp: Stamp | None = None
    told: tuple[Told, ...] = ()


_PROPOSED = "Proposed change: "


def together(comment: str, proposed: str) -> str:
    """Return the text of a comment that proposes a change: the two, one after the other."""
    if not proposed:
        return comment
    return f"{comment}\n\n{_PROPOSED}{proposed}" if comment else f"{_PROPOSED}{proposed}"


def apart(text: str) -> tuple[str, str]:
    """Return what the text of a comment says and what it proposes, as :func:`together` joins it."""
    if text.startswith(_PROPOSED) and text != _PROPOSED:
        return "", text.removeprefix(_PROPOSED)
    comment, found, proposed = text.partition(f"\n\n{_PROPOSED}")
    return (comment, proposed) if found and comment and proposed else (text, "")


_CUT = " … [cut: tracker comment show {} has all of it]"


def shortened(text: str, longest: int, comment: str) -> str:
    """Return a text that fits into a cell of so many UTF-16 code units; if it is cut, it says so.

    ``comment`` is the id of the comment that it belongs to.
    """
    if len(text) * 2 <= longest or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= longest:
        return text
    sign = _CUT.format(comment)
    kept = text.encode("utf-16-le", "surrogatepass")[: (longest - len(sign)) * 2]
    return kept.decode("utf-16-le", "ignore") + sign


def says(cell: str, text: str, comment: str) -> bool:
    """Return whether a cell says what a text does, be it shortened or spaced otherwise."""
    whole, sign = " ".join(text.split()), _CUT.format(comment).strip()
    told = " ".join(cell.split())
    return told == whole or (
        told.endswith(sign) and whole.startswith(told.removesuffix(sign).rstrip())
    )
