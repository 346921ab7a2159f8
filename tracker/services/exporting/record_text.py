"""The text of a record: its lines with all their versions and places."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import Any

from sqlalchemy import and_, select

from tracker.exchange import record as exchange
from tracker.exchange.record import Place, Version
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def _language_first(part: Version | Place) -> tuple[str, int]:
    return part.language or "", part.change


class RecordText:
    """The lines of a document with all their versions and places."""

    def __init__(self, snapshot: Snapshot, numbers: dict[int, int]) -> None:
        self.labels: dict[int, str] = {}
        self.versions: dict[int, tuple[str, int, str]] = {}
        """For each wording the label, the number and the language of its version."""
        self._snapshot = snapshot
        self._numbers = numbers
        self._rows: list[Any] = []
        self._versions: dict[int, list[Version]] = defaultdict(list)
        self._places: dict[int, list[Place]] = defaultdict(list)
        self._read_lines()
        self._read_versions()
        self._read_places()

    def lines(self) -> tuple[exchange.Line, ...]:
        """Return the lines in the order in which their labels were given."""
        return tuple(
            exchange.Line(
                label=row.label,
                kind=row.kind,
                level=row.level,
                # Sorted here: databases do not agree on the order of texts.
                versions=tuple(sorted(self._versions[row.id], key=_language_first)),
                places=tuple(sorted(self._places[row.id], key=_language_first)),
            )
            for row in self._rows
        )

    def _read_lines(self) -> None:
        line = tables.line
        own = line.c.document == self._snapshot.document
        query = select(line).where(own).order_by(line.c.id)
        self._rows = list(self._snapshot.connection.execute(query))
        self.labels = {row.id: row.label for row in self._rows}

    def _read_versions(self) -> None:
        version, wording = tables.version, tables.wording
        query = (
            select(version, wording.c.text)
            .join(
                wording,
                and_(wording.c.document == version.c.document, wording.c.id == version.c.wording),
            )
            .where(version.c.document == self._snapshot.document)
            .order_by(version.c.line, version.c.number)
        )
        proposed = self._proposed()
        for row in self._snapshot.connection.execute(query):
            self.versions[row.wording] = (self.labels[row.line], row.number, row.language)
            self._versions[row.line].append(
                Version(
                    text=row.text,
                    number=row.number,
                    change=self._numbers[row.since],
                    language=row.language,
                    origin=row.origin,
                    proposed=proposed.get(row.wording),
                )
            )

    def _proposed(self) -> dict[int, str]:
        words = tables.proposal_wording
        query = select(words.c.wording, words.c.proposal, words.c.change).where(
            words.c.document == self._snapshot.document, words.c.role == "result"
        )
        return {
            row.wording: f"P{row.proposal}.{row.change}"
            for row in self._snapshot.connection.execute(query)
        }

    def _read_places(self) -> None:
        """Say of each placement which line it stood behind when it came."""
        placement = tables.placement
        query = (
            select(placement)
            .where(placement.c.document == self._snapshot.document)
            .order_by(placement.c.since, placement.c.number)
        )
        by_change: dict[tuple[int, str], list[Any]] = defaultdict(list)
        for row in self._snapshot.connection.execute(query):
            by_change[row.since, row.language].append(row)
        standing: dict[str, list[tuple[str, int]]] = defaultdict(list)
        rank_of: dict[tuple[str, int], str] = {}
        for (_, language), rows in by_change.items():
            order = standing[language]
            last = {row.line: row for row in rows}
            for line in last:
                old = rank_of.pop((language, line), None)
                if old is not None:
                    del order[bisect_left(order, (old, line))]
            for line, row in last.items():
                if row.rank is not None:
                    insort(order, (row.rank, line))
                    rank_of[language, line] = row.rank
            for row in last.values():
                self._places[row.line].append(self._place(row, order))

    def _place(self, row: Any, order: list[tuple[str, int]]) -> Place:
        change = self._numbers[row.since]
        if row.rank is None:
            return Place(change=change, language=row.language, removed=True)
        index = bisect_left(order, (row.rank, row.line))
        before = order[index - 1][1] if index else None
        return Place(
            change=change,
            language=row.language,
            after=self.labels[before] if before is not None else None,
            block=row.block,
            markup=row.markup,
            # The record knows one line before: a gap behind another one is not written by now.
            gap=row.gap if row.after_line == before else None,
            trail=row.trail,
        )
