"""The whole record of a document, as people keep it: what importing a record reads back."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select

from tracker.errors import Refused
from tracker.exchange import record as exchange
from tracker.exchange.record import Place, Record, Version
from tracker.services import documents, editions, meetings, references
from tracker.services.comments import reading as comments
from tracker.services.proposals import reading as proposals
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, verdicts
from tracker.store import tables
from tracker.store.types import timestamp


def gather(snapshot: Snapshot) -> Record:
    """Return a document's whole record, with the series, meetings and voices of the store.

    Raises Refused if the document has no text yet.
    """
    connection = snapshot.connection
    entries = _changes(snapshot)
    if not entries:
        raise Refused("the document has no text yet", "bring one in with: tracker import FILE")
    numbers = {entry: number for number, entry in enumerate(entries, 1)}
    text = _Text(snapshot, numbers)
    told = documents.find(snapshot)
    return Record(
        series=tuple(
            exchange.Series(
                id=s.key,
                name=s.name,
                hosts=s.hosts,
                since=s.since,
                meetings_planned=s.meetings_planned,
                note=s.note,
            )
            for s in meetings.all_series(connection)
        ),
        meetings=tuple(_meeting(m) for m in meetings.all_meetings(connection)),
        participants=tuple(
            exchange.Participant(id=p.key, name=p.name, side=p.side, note=p.note)
            for p in meetings.all_participants(connection)
        ),
        references=tuple(_reference(r) for r in references.all_references(connection)),
        document=exchange.Document(
            key=told.key,
            title=told.title,
            language=told.language,
            unit=told.unit,  # type: ignore[arg-type]  # the table takes no other word
            note=told.note,
        ),
        sources=_sources(snapshot),
        changes=tuple(_change(snapshot, entry, number) for entry, number in numbers.items()),
        lines=text.lines(),
        editions=_editions(snapshot, entries),
        comments=_comments(snapshot, text),
        proposals=_proposals(snapshot, text),
    )


def _meeting(meeting: meetings.Meeting) -> exchange.Meeting:
    return exchange.Meeting(
        id=meeting.key,
        name=meeting.name,
        series=meeting.series,
        kind=meeting.kind,
        date=meeting.date,
        place=meeting.place,
        note=meeting.note,
        topics=meeting.topics,
    )


def _reference(reference: references.Reference) -> exchange.Reference:
    return exchange.Reference(
        id=reference.key,
        title=reference.title,
        authors=reference.authors,
        date=reference.date,
        publisher=reference.publisher,
        series=reference.series,
        note=reference.note,
    )


def _sources(snapshot: Snapshot) -> tuple[exchange.Source, ...]:
    return tuple(
        exchange.Source(
            file=source.file,
            title=source.title,
            authors=source.authors,
            date=source.date,
            publisher=source.publisher,
            sha256=source.sha256,
            note=source.note,
        )
        for source in documents.sources(snapshot)
        if source.role == "cited"
    )


def _changes(snapshot: Snapshot) -> list[int]:
    """Return the entries that changed the text, in order."""
    version, placement = tables.version, tables.placement
    query = (
        select(version.c.since)
        .where(version.c.document == snapshot.document)
        .union(select(placement.c.since).where(placement.c.document == snapshot.document))
    )
    return sorted(snapshot.connection.scalars(query))


def _change(snapshot: Snapshot, entry: int, number: int) -> exchange.Change:
    table = tables.entry
    row = snapshot.connection.execute(select(table).where(table.c.number == entry)).one()
    return exchange.Change(
        number=number,
        author=row.author,
        at=timestamp(row.at),
        command=row.command,
        summary=row.summary,
    )


def _editions(snapshot: Snapshot, entries: Sequence[int]) -> tuple[exchange.Edition, ...]:
    return tuple(
        exchange.Edition(
            id=edition.key,
            name=edition.name,
            change=bisect_left(entries, edition.state + 1),
            status=edition.status,  # type: ignore[arg-type]  # the table takes no other word
            date=edition.date,
            note=edition.note,
            printed=dict(edition.printed) or None,
        )
        for edition in editions.all_editions(snapshot)
    )


class _Text:
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
                versions=tuple(self._versions[row.id]),
                places=tuple(self._places[row.id]),
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
            .order_by(version.c.line, version.c.language, version.c.number)
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
        return Place(
            change=change,
            language=row.language,
            after=self.labels[order[index - 1][1]] if index else None,
            block=row.block,
            markup=row.markup,
            gap=row.gap,
        )


def _verdicts(found: Sequence[Verdict]) -> tuple[exchange.Verdict, ...]:
    return tuple(
        exchange.Verdict(
            outcome=verdict.outcome,
            stage=verdict.stage,  # type: ignore[arg-type]  # the table takes no other word
            change=verdict.change,
            reason=verdict.reason,
            by=verdict.by,
            date=verdict.date,
            mode=verdict.mode,  # type: ignore[arg-type]  # the table takes no other word
        )
        for verdict in found
    )


def _comments(snapshot: Snapshot, text: _Text) -> tuple[exchange.Comment, ...]:
    anchors = _anchors(snapshot, text)
    disposed = verdicts(snapshot, "comment", superseded=True)
    return tuple(
        exchange.Comment(
            id=comment.id,
            meeting=comment.meeting,
            speaker=comment.speaker,
            side=comment.side,
            participant=comment.participant,
            kind=comment.kind,  # type: ignore[arg-type]  # the table takes no other word
            type=comment.type,  # type: ignore[arg-type]  # the table takes no other word
            topic=comment.topic,
            anchors=tuple(anchors.get(int(comment.id[1:]), ())),
            reply_to=comment.reply_to,
            relation=comment.relation,  # type: ignore[arg-type]  # the table takes no other word
            verbatim=comment.verbatim,
            text=comment.text,
            context=comment.context,
            note=comment.note,
            number=comment.number,
            source=comment.source,
            locator=comment.locator,
            dispositions=_verdicts(disposed.get(int(comment.id[1:]), ())),
        )
        for comment in comments.listed(snapshot)[0]
    )


def _anchors(snapshot: Snapshot, text: _Text) -> dict[int, list[exchange.Anchor]]:
    """Return the anchors a comment has of its own, each with where it was carried to."""
    anchor = tables.anchor
    query = (
        select(anchor)
        .where(anchor.c.document == snapshot.document, anchor.c.inherited == 0)
        .order_by(anchor.c.comment, anchor.c.ordinal, anchor.c.number)
    )
    chains: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in snapshot.connection.execute(query):
        chains[row.comment, row.ordinal].append(row)
    found: dict[int, list[exchange.Anchor]] = defaultdict(list)
    for (comment, _), rows in chains.items():
        label, number, language = text.versions[rows[0].wording]
        found[comment].append(
            exchange.Anchor(
                line=label,
                version=number,
                language=language,
                quote=rows[0].quote,
                start=rows[0].start,
                carried=tuple(
                    exchange.Standing(
                        version=text.versions[row.wording][1],
                        state=row.state,
                        start=row.start,
                        end=row.stop,
                    )
                    for row in rows[1:]
                ),
            )
        )
    return found


def _proposals(snapshot: Snapshot, text: _Text) -> tuple[exchange.Proposal, ...]:
    decided = verdicts(snapshot, "proposal", superseded=True)
    return tuple(
        exchange.Proposal(
            id=proposal.id,
            proposer=proposal.proposer,
            rationale=proposal.rationale,
            answers=proposal.answers,
            changes=tuple(_proposed(change, text) for change in proposal.changes),
            decisions=_verdicts(decided.get(proposal.number, ())),
        )
        for proposal in proposals.listed(snapshot)[0]
    )


def _proposed(change: proposals.Change, text: _Text) -> exchange.ProposedChange:
    base = text.versions[change.base_wording] if change.base_wording else None
    return exchange.ProposedChange(
        kind=change.kind,  # type: ignore[arg-type]  # the table takes no other word
        number=change.number,
        line=base[0] if base else None,
        version=base[1] if base else None,
        language=change.language,
        after=change.after,
        text=change.result,
    )
