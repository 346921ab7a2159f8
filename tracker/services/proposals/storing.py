"""Storing the changes of a proposal: their rows, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from tracker.services.lines import NEW
from tracker.services.proposals.proposal import Result
from tracker.services.snapshot import Snapshot
from tracker.store import tables
from tracker.store.journal import Entry


class NewChange(NamedTuple):
    """A change to be stored: ``bases`` are lines (none: of no line) with the wordings they have.

    Results whose wording is ``NEW`` get one. ``after_line`` is where an insertion or a move stands
    behind (none: first), ``sources`` the proposals and changes that it was made from. ``made_at``
    is when it was made, as its file says, and ``marks`` are its tracked changes there.
    """

    kind: str
    language: str
    bases: tuple[tuple[int | None, int], ...] = ()
    results: tuple[Result, ...] = ()
    after_line: int | None = None
    supersedes: int | None = None
    amends: tuple[int, int] | None = None
    sources: tuple[tuple[int, int], ...] = ()
    made_at: str | None = None
    marks: tuple[int, ...] = ()


def store_changes(
    entry: Entry, document: int, proposal: int, first: int, changes: Sequence[NewChange]
) -> None:
    """Store changes of a proposal under the numbers from ``first`` on."""
    rows: dict[str, list[dict[str, Any]]] = {"change": [], "wording": [], "words": [], "source": []}
    for number, change in enumerate(changes, first):
        own = {"document": document, "proposal": proposal}
        amended = change.amends or (None, None)
        rows["change"].append(
            {
                **own,
                "number": number,
                "kind": change.kind,
                "language": change.language,
                "after_line": change.after_line,
                "supersedes": change.supersedes,
                "amends_proposal": amended[0],
                "amends_change": amended[1],
                "made_at": change.made_at,
                "marks": " ".join(map(str, change.marks)) or None,
            }
        )
        own["change"] = number
        rows["words"] += _base_rows(own, change)
        for ordinal, result in enumerate(change.results, 1):
            wording = result.wording
            if wording == NEW:
                wording = entry.next_id(tables.wording, document)
                rows["wording"].append(
                    {
                        "document": document,
                        "id": wording,
                        "language": change.language,
                        "text": result.text,
                    }
                )
            rows["words"].append(_result_row(own, change, ordinal, result, wording))
        rows["source"] += [
            {**own, "ordinal": ordinal, "from_proposal": source[0], "from_change": source[1]}
            for ordinal, source in enumerate(change.sources, 1)
        ]
    entry.insert_many(tables.proposal_change, rows["change"])
    entry.insert_many(tables.wording, rows["wording"])
    entry.insert_many(tables.proposal_wording, rows["words"])
    entry.insert_many(tables.proposal_source, rows["source"])


def next_change(snapshot: Snapshot, proposal: int) -> int:
    """Return the number of a proposal's next change; no number is given twice."""
    change = tables.proposal_change
    query = select(func.max(change.c.number)).where(
        change.c.document == snapshot.document, change.c.proposal == proposal
    )
    last: int | None = snapshot.connection.execute(query).scalar()
    return (last or 0) + 1


def _base_rows(own: dict[str, Any], change: NewChange) -> list[dict[str, Any]]:
    return [
        {**own, "role": "base", "ordinal": ordinal, "line": line, "wording": wording}
        for ordinal, (line, wording) in enumerate(change.bases, 1)
    ]


def _result_row(
    own: dict[str, Any], change: NewChange, ordinal: int, result: Result, wording: int
) -> dict[str, Any]:
    line = change.bases[0][0] if change.bases and ordinal == 1 else None
    return {
        **own,
        "role": "result",
        "ordinal": ordinal,
        "line": line,
        "wording": wording,
        "kind": result.kind,
        "level": result.level,
        "block": result.block,
        "markup": result.markup,
        "gap": result.gap,
    }
