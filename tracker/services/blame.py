"""Blame: the version that each word of a line came with, back through splits and merges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select

from tracker.services import lines
from tracker.services.lines import Line, LineVersion
from tracker.services.reasons import Reason, Step, reasons
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.text import diff
from tracker.text.attributing import attribute, passages

_JOINT = "\n"
_placement = tables.placement


class Mark(NamedTuple):
    """A version of a line, by the line's id and the version's number."""

    line: int
    number: int


class Credit(NamedTuple):
    """A passage of a line (code points, half open) and the version it came with, and why."""

    text: str
    start: int
    stop: int
    label: str
    version: LineVersion
    reason: Reason


class Authorship:
    """Who brought the words of a document's lines, as far as the snapshot goes."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._versions: dict[int, list[LineVersion]] = {}
        self._marks: dict[Mark, list[Mark]] = {}

    def versions(self, line: int) -> list[LineVersion]:
        """Return the versions of a line, oldest first."""
        if line not in self._versions:
            self._versions[line] = lines.versions(self._snapshot, line)
        return self._versions[line]

    def version(self, mark: Mark) -> LineVersion:
        """Return the version that a mark stands for."""
        return next(v for v in self.versions(mark.line) if v.number == mark.number)

    def marks(self, line: int, number: int) -> list[Mark]:
        """Return the version that each code point of a version came with."""
        if Mark(line, number) not in self._marks:
            for version in self.versions(line):
                if version.number > number:
                    break
                self._add(line, version)
        return self._marks[Mark(line, number)]

    def _add(self, line: int, version: LineVersion) -> None:
        own = Mark(line, version.number)
        if own in self._marks:
            return
        again = [v for v in self.versions(line) if v.wording == version.wording]
        if again[0].number < version.number:
            # The very wording it had before was put back.
            self._marks[own] = self.marks(line, again[0].number)
            return
        text, marks = "", list[Mark]()
        for source in self.sources(line, version):
            before = self.version(source)
            text += (_JOINT if text else "") + before.text
            marks += [own] * (len(text) - len(before.text) - len(marks))
            marks += self.marks(*source)
        self._marks[own] = attribute(marks, diff(text, version.text), own)

    def sources(self, line: int, version: LineVersion) -> list[Mark]:
        """Return the versions that a version was made of: of its line, of those split or merged.

        Those of several lines come in the order in which the lines stood.
        """
        found = [Mark(line, version.number - 1)] if version.number > 1 else []
        if not found and version.origin == "translated":
            # What renders a part of a line that was split was not made by the split.
            return found
        parents = self._merged_at(line, version) if found else self._split_from(line)
        for parent in parents:
            before = [v for v in self.versions(parent) if v.since < version.since]
            found += [Mark(parent, v.number) for v in before[-1:]]
        if len(found) > 1:
            ranks = self._ranks([mark.line for mark in found], version.since - 1)
            found.sort(key=lambda mark: ranks.get(mark.line, ""))
        return found

    def _split_from(self, line: int) -> list[int]:
        own = tables.line
        query = select(own.c.from_line).where(
            own.c.document == self._snapshot.document,
            own.c.id == line,
            own.c.from_line.is_not(None),
        )
        return list(self._snapshot.connection.scalars(query))

    def _merged_at(self, line: int, version: LineVersion) -> list[int]:
        """Return the lines that went into a line with one of its versions."""
        query = select(_placement.c.line).where(
            self._own_places(), _placement.c.into_line == line, _placement.c.since == version.since
        )
        return list(self._snapshot.connection.scalars(query))

    def _ranks(self, ids: Sequence[int], at: int) -> dict[int, str]:
        """Return where lines stood after an entry."""
        query = select(_placement.c.line, _placement.c.rank).where(
            self._own_places(),
            _placement.c.line.in_(ids),
            _placement.c.rank.is_not(None),
            _placement.c.since <= at,
            _placement.c.until > at,
        )
        return {row.line: row.rank for row in self._snapshot.connection.execute(query)}

    def _own_places(self) -> ColumnElement[bool]:
        return and_(
            _placement.c.document == self._snapshot.document,
            _placement.c.language == self._snapshot.language,
        )


def blame(snapshot: Snapshot, line: Line) -> list[Credit]:
    """Return the passages of a line's wording, each with the version it came with, and why."""
    return credits_of(snapshot, Authorship(snapshot), line, line.number)


def credits_of(snapshot: Snapshot, known: Authorship, line: Line, number: int) -> list[Credit]:
    """Return the passages of one version of a line, each with the version it came with, and why."""
    text = next(v.text for v in known.versions(line.id) if v.number == number)
    found = passages(text, known.marks(line.id, number))
    steps = {
        mark: Step(mark.line, version.since, version.wording)
        for mark in {mark for _, mark in found}
        for version in [known.version(mark)]
    }
    why = reasons(snapshot, list(steps.values()))
    labels = labels_of(snapshot, {mark.line for mark in steps})
    return [
        Credit(
            text=text[place.start : place.end],
            start=place.start,
            stop=place.end,
            label=labels[mark.line],
            version=known.version(mark),
            reason=why[steps[mark]],
        )
        for place, mark in found
    ]


def labels_of(snapshot: Snapshot, ids: set[int]) -> dict[int, str]:
    """Return the labels of lines by their ids."""
    line = tables.line
    query = select(line.c.id, line.c.label).where(
        line.c.document == snapshot.document, line.c.id.in_(ids)
    )
    return {row.id: row.label for row in snapshot.connection.execute(query)}
