"""What a record says was advised and decided: on comments, on proposals, and of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.exchange import record as exchange
from tracker.services.importing.replay import Text
from tracker.services.verdicts import Verdict, checked
from tracker.store import tables
from tracker.store.journal import Entry

_Rows = list[dict[str, Any]]


def read_verdict(verdict: exchange.Verdict | exchange.Agreement) -> Verdict:
    """Return a verdict of a record. Raises BadInput if it cannot be stored."""
    found = checked(
        Verdict(
            outcome=verdict.outcome,
            reason=verdict.reason,
            by=verdict.by,
            date=verdict.date,
            mode=verdict.mode,
            votes=verdict.votes,
        )
    )
    if isinstance(verdict, exchange.Agreement):
        return found
    return found._replace(stage=verdict.stage, change=verdict.change, text=verdict.text)


def verdict_rows(
    entry: Entry,
    document: int,
    verdicts: Sequence[Verdict],
    *,
    comment: int | None = None,
    proposal: int | None = None,
    line: int | None = None,
) -> _Rows:
    """Return the rows of verdicts on one thing, oldest first: each takes the place of another."""
    last = {(verdict.change, verdict.stage): place for place, verdict in enumerate(verdicts)}
    rows: _Rows = [
        {
            "document": document,
            "id": entry.next_id(tables.verdict, document),
            "comment": comment,
            "proposal": proposal,
            "line": line,
            "change": verdict.change,
            "stage": verdict.stage,
            "outcome": verdict.outcome,
            "reason": verdict.reason,
            "decided_by": verdict.by,
            "decided_on": verdict.date,
            "mode": verdict.mode,
            "votes": verdict.votes,
            "wording": verdict.wording,
        }
        for verdict in verdicts
    ]
    for place, (verdict, row) in enumerate(zip(verdicts, rows, strict=True)):
        if last[verdict.change, verdict.stage] != place:
            row["until"] = entry.number
    return rows


def store_agreements(entry: Entry, text: Text, lines: Sequence[exchange.Line]) -> None:
    """Store what was agreed of lines. Raises BadInput for a version that is none."""
    rows: _Rows = []
    for line in lines:
        settled = list(_agreed(text, line))
        rows += verdict_rows(entry, text.document, settled, line=text.line(line.label))
    entry.insert_many(tables.verdict, rows)


def _agreed(text: Text, line: exchange.Line) -> Iterator[Verdict]:
    for told in line.agreements:
        wording, _ = text.version(line.label, told.language, told.version)
        yield read_verdict(told)._replace(wording=wording)


def store_links(entry: Entry, text: Text, lines: Sequence[exchange.Line]) -> None:
    """Store which lines render which. Raises BadInput for a version that is none."""
    rows: _Rows = []
    for line in lines:
        for link in line.renders:
            wording, _ = text.version(link.then or link.line, None, link.version)
            rows.append(
                {
                    "document": text.document,
                    "language": link.language,
                    "line": text.line(line.label),
                    "of_line": text.line(link.line),
                    "number": 1,
                    "wording": wording,
                }
            )
    entry.insert_many(tables.translation, rows)
