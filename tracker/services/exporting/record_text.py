"""The text of a record: its lines with all their versions and places."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from typing import Any

from sqlalchemy import and_, select

from tracker.exchange import record as exchange
from tracker.exchange.record import Agreement, Place, Rendered, Version
from tracker.services.attribution import Voices
from tracker.services.exporting.record_verdicts import RecordVerdicts
from tracker.services.exporting.record_wordings import proposed_wordings
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict
from tracker.store import tables
from tracker.store.types import CURRENT


def _language_first(part: Version | Place) -> tuple[str, int]:
    return part.language or "", part.change


class RecordText:
    """The lines of a document with all their versions and places."""

    def __init__(
        self,
        snapshot: Snapshot,
        numbers: dict[int, int],
        decided: RecordVerdicts,
        named: Voices,
    ) -> None:
        self.labels: dict[int, str] = {}
        self._having: dict[tuple[int, int], list[tuple[int, str]]] = defaultdict(list)
        """By line and wording the numbers and the language of the versions that have it."""
        self._line_of: dict[int, int] = {}
        """By wording the line that said it last."""
        self._snapshot = snapshot
        self._numbers = numbers
        self._decided = decided
        self._named = named
        self._rows: list[Any] = []
        self._versions: dict[int, list[Version]] = defaultdict(list)
        self._places: dict[int, list[Place]] = defaultdict(list)
        self._renders: dict[int, list[Rendered]] = defaultdict(list)
        self._read_lines()
        self._read_versions()
        self._read_places()
        self._read_links()

    def lines(self) -> tuple[exchange.Line, ...]:
        """Return the lines in the order in which their labels were given."""
        return tuple(
            exchange.Line(
                label=row.label,
                kind=row.kind,
                level=row.level,
                split_from=self.labels[row.from_line] if row.from_line is not None else None,
                # Sorted here: databases do not agree on the order of texts.
                versions=tuple(sorted(self._versions[row.id], key=_language_first)),
                places=tuple(sorted(self._places[row.id], key=_language_first)),
                renders=tuple(self._renders[row.id]),
                agreements=tuple(
                    self._agreement(row.id, verdict)
                    for verdict in self._decided.lines.get(row.id, ())
                ),
            )
            for row in self._rows
        )

    def version(self, line: int, wording: int, before: int | None = None) -> tuple[int, str]:
        """Return the last version of a line that has a wording, and its language.

        ``before`` is a version that it must not come after.
        """
        having = self._having[line, wording]
        early = [found for found in having if before is None or found[0] <= before]
        return (early or having)[-1]

    def _agreement(self, line: int, verdict: Verdict) -> Agreement:
        number, language = self.version(line, verdict.wording or 0)
        return Agreement(
            outcome=verdict.outcome,  # type: ignore[arg-type]  # no other is stored on a line
            version=number,
            language=language,
            reason=verdict.reason,
            by=self._named.party(verdict.by),
            date=verdict.date,
            mode=verdict.mode,  # type: ignore[arg-type]  # the table takes no other word
            votes=verdict.votes,
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
        proposed = proposed_wordings(self._snapshot, self._decided)
        for row in self._snapshot.connection.execute(query):
            having = self._having[row.line, row.wording]
            self._versions[row.line].append(
                Version(
                    text=row.text,
                    number=row.number,
                    change=self._numbers[row.since],
                    language=row.language,
                    origin=row.origin,
                    restores=having[0][0] if having else None,
                    proposed=proposed.get(row.wording) if not having else None,
                )
            )
            having.append((row.number, row.language))
            self._line_of[row.wording] = row.line

    def _read_links(self) -> None:
        """Read which lines render which, as far as it holds now."""
        link = tables.translation
        query = (
            select(link.c.line, link.c.language, link.c.of_line, link.c.wording)
            .where(
                link.c.document == self._snapshot.document,
                link.c.until == CURRENT,
                link.c.wording.is_not(None),
            )
            .order_by(link.c.line, link.c.of_line)
        )
        for row in self._snapshot.connection.execute(query):
            # Since a split or a merge, another line may be the one that said what is rendered.
            has_said = bool(self._having.get((row.of_line, row.wording)))
            then = row.of_line if has_said else self._line_of[row.wording]
            number, _ = self.version(then, row.wording)
            rendered = Rendered(
                language=row.language,
                line=self.labels[row.of_line],
                then=None if has_said else self.labels[then],
                version=number,
            )
            self._renders[row.line].append(rendered)
        for found in self._renders.values():
            # Sorted here as above; of one language they stay in the order of the lines.
            found.sort(key=lambda rendered: rendered.language)

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
            into = self.labels[row.into_line] if row.into_line is not None else None
            return Place(change=change, language=row.language, removed=True, into=into)
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
            kind=row.kind,
            level=row.level if row.kind is not None else None,
        )
