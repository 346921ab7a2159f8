"""Blame: the version that each word of a line came with, back through splits and merges."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from tracker.services import lines
from tracker.services.lines import Line, LineVersion
from tracker.services.reasons import Reason, Step, reasons
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.text import diff
from tracker.text.attributing import attribute, passages

_JOINT = "\n"


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
        """Return the versions that a version was made of: of its line, of those split or merged."""
        found = [Mark(line, version.number - 1)] if version.number > 1 else []
        table, placement = tables.line, tables.placement
        own = table.c.document == self._snapshot.document
        if not found:
            parents = select(table.c.from_line).where(own, table.c.id == line)
        else:
            parents = select(placement.c.line).where(
                placement.c.document == self._snapshot.document,
                placement.c.language == self._snapshot.language,
                placement.c.into_line == line,
                placement.c.since == version.since,
            )
            parents = parents.order_by(placement.c.line)
        for parent in self._snapshot.connection.scalars(parents):
            if parent is not None:
                before = [v for v in self.versions(parent) if v.since < version.since]
                found += [Mark(parent, v.number) for v in before[-1:]]
        return found


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
