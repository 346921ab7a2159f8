"""Where a row of a matrix stands: its lines, its section, or the words that it flags."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import NotFound, TrackerError
from tracker.exchange import rules
from tracker.exchange.matrix import Row
from tracker.exchange.record import Anchor
from tracker.services import lines
from tracker.services.anchors import Flag, place
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.text import occurrences

_WHOLE = {"", "-", "–", "—", "n/a", "none", "all", "general", "whole", "全体", "全般", "なし"}
_CALLED = re.compile(r"^(?:lines?|ll?\.|no\.|第|行)\s*|\s*行(?:目)?$", re.IGNORECASE)
_SCOPED = re.compile(r"(section|after|before)\s+(.+)", re.IGNORECASE)
_RANGE = re.compile(r"(\S+?)\s*(?:-|–|—|~|〜|…|\bto\b|から)\s*(\S+)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?:(?:sub)?(?:clause|section)|article|§|第)?\s*([0-9]+(?:\.[0-9]+)*)\.?(?=\s|$|条|章|節)",
    re.IGNORECASE,
)


class Placed(NamedTuple):
    """The anchors of a row, what of its place is only kept, and what a person should know.

    ``left_out`` is told of words that could not be tied to the text.
    """

    anchors: tuple[Anchor, ...]
    locator: str | None = None
    told: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Places:
    """The text that rows are placed in, read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._text = lines.running_text(snapshot)
        self._order = {line.label: number for number, line in enumerate(self._text)}

    def of(self, row: Row) -> Placed:
        """Return where a row stands. Raises NotFound for a line that there is not."""
        cell = _plain(row.line)
        if cell.casefold() in _WHOLE:
            return self._unnumbered(row)
        scoped = _SCOPED.fullmatch(cell)
        if scoped and scoped[1].lower() == "section":
            return Placed((Anchor(line=self._standing(scoped[2]).label, scope="section"),))
        if scoped and scoped[1].lower() == "after":
            return Placed((Anchor(line=self._standing(scoped[2]).label, scope="gap"),))
        found = self._lines(cell)
        if row.words.strip():
            return self._worded(found, row.words)
        return Placed(tuple(Anchor(line=line.label) for line in found))

    def _lines(self, cell: str) -> list[Line]:
        """Return the lines that a cell names: some labels, or from one to another."""
        whole = _RANGE.fullmatch(_CALLED.sub("", cell))
        if whole:
            first, last = (self._order[self._standing(label).label] for label in whole.groups())
            if first > last:
                raise NotFound(f"line {whole[1]} does not stand before line {whole[2]}", None)
            return self._text[first : last + 1]
        labels = [
            part for part in re.split(r"[\s,;、，/&]+|\band\b", _CALLED.sub("", cell)) if part
        ]
        return [self._standing(label) for label in dict.fromkeys(labels)]

    def _standing(self, told: str) -> Line:
        """Return the line so labelled. Raises NotFound unless it stands."""
        label = _CALLED.sub("", told.strip()).lower()
        if label in self._order:
            return self._text[self._order[label]]
        if rules.label_fault(label) is not None:
            raise NotFound(f"{told!r} names no line: they are called 1, 2, 12a", None)
        line = lines.find(self._snapshot, label)
        raise NotFound(f"line {label} {lines.ended(self._snapshot, line)}", None)

    def _worded(self, found: Sequence[Line], words: str) -> Placed:
        """Return the anchor on some words; on the whole of the lines, if they are not there."""
        whole = tuple(Anchor(line=line.label) for line in found)
        if len(found) > 1:
            several = "the flagged words are left out: it is on several lines"
            return Placed(whole, left_out=(several,))
        try:
            start, end = place(Flag(words), found[0])
        except TrackerError as fault:
            first = fault.message.partition("\n")[0].rstrip(":")
            return Placed(whole, left_out=(f"{first}; it is on the whole line",))
        return Placed((Anchor(line=found[0].label, quote=found[0].text[start:end], start=start),))

    def _unnumbered(self, row: Row) -> Placed:
        """Return where a row stands that names no line: the only line with its words, a section."""
        lost: tuple[str, ...] = ()
        if row.words.strip():
            having = [line for line in self._text if occurrences(row.words.strip(), line.text)]
            if len(having) == 1:
                return self._worded(having, row.words)
            count = f"{len(having)} lines hold" if having else "no line holds"
            lost = (f"{count} the words {row.words.strip()!r}; it is not on any of them",)
        clause, passage = _plain(row.clause), _plain(row.passage)
        heading = self._heading(clause) if clause.casefold() not in _WHOLE else None
        if heading is not None:
            return Placed((Anchor(line=heading.label, scope="section"),), passage or None, (), lost)
        where = ", ".join(part for part in (clause, passage) if part.casefold() not in _WHOLE)
        unknown = f"no section is known by {where!r}; it is on the document as a whole"
        return Placed((), where or None, (unknown,) if where else (), lost)

    def _heading(self, clause: str) -> Line | None:
        """Return the only heading that a clause is known by: its words, or its number."""
        headings = [line for line in self._text if line.kind == "heading"]
        same = [line for line in headings if _plain(line.text).casefold() == clause.casefold()]
        number = _NUMBER.match(clause)
        if not same and number:
            known = [(line, _NUMBER.match(_plain(line.text))) for line in headings]
            same = [line for line, found in known if found and found[1] == number[1]]
        return same[0] if len(same) == 1 else None


def _plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())
