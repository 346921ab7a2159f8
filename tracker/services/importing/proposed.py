"""The proposals of a record: their changes, the comments they answer, and the decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.record import Proposal, ProposedChange
from tracker.services.importing.anchoring import Rows
from tracker.services.importing.remarks import read_verdict, verdict_rows
from tracker.services.importing.replay import Text
from tracker.services.inputs import check_optional, check_text
from tracker.services.names import comment_id, proposal_id
from tracker.store import tables
from tracker.store.journal import Entry

_ORDER = (
    tables.proposal,
    tables.proposal_version,
    tables.proposal_change,
    tables.wording,
    tables.proposal_wording,
    tables.proposal_answer,
    tables.verdict,
)


def store_proposals(entry: Entry, text: Text, proposals: Sequence[Proposal]) -> None:
    """Store proposals under the numbers they have, all rows of a table at once. Raises BadInput."""
    rows: dict[str, Rows] = defaultdict(list)
    for proposal in proposals:
        _add(entry, text, proposal, rows)
    for table in _ORDER:
        entry.insert_many(table, rows[table.name])


def _add(entry: Entry, text: Text, proposal: Proposal, rows: dict[str, Rows]) -> None:
    document, number = text.document, proposal_id(proposal.id)
    rows["proposal"].append({"document": document, "id": number})
    rows["proposal_version"].append(
        {
            "document": document,
            "proposal": number,
            "number": 1,
            "proposer": check_text(proposal.proposer, f"name of who {proposal.id} is from"),
            "rationale": check_optional(proposal.rationale, f"rationale of {proposal.id}"),
        }
    )
    for change in proposal.changes:
        _add_change(entry, text, proposal, change, rows)
    rows["proposal_answer"] += [
        {"document": document, "proposal": number, "comment": comment_id(answer)}
        for answer in dict.fromkeys(proposal.answers)
    ]
    for verdict in proposal.decisions:
        if verdict.outcome not in rules.DECISIONS:
            raise BadInput(
                f"{verdict.outcome!r} is no decision on {proposal.id}",
                f"use one of: {', '.join(rules.DECISIONS)}",
            )
    decided = [read_verdict(verdict) for verdict in proposal.decisions]
    rows["verdict"] += verdict_rows(entry, document, decided, proposal=number)


def _add_change(
    entry: Entry, text: Text, proposal: Proposal, change: ProposedChange, rows: dict[str, Rows]
) -> None:
    language = change.language or text.language
    own = {"document": text.document, "proposal": proposal_id(proposal.id)}
    rows["proposal_change"].append(
        {
            **own,
            "number": change.number,
            "kind": change.kind,
            "language": language,
            "after_line": text.line(change.after) if change.after not in (None, "0") else None,
        }
    )
    line = text.line(change.line) if change.line else None
    row = {**own, "change": change.number, "ordinal": 1, "line": line}
    if change.line:
        base, _ = text.version(change.line, language, change.version)
        rows["proposal_wording"].append({**row, "role": "base", "wording": base})
    if change.text is not None:
        name = f"{proposal.id}.{change.number}"
        # An accepted change and the version that came from it share their wording.
        result = text.proposed.get(name)
        if result is None:
            result = entry.next_id(tables.wording, text.document)
            words = check_text(change.text, f"wording of {name}")
            rows["wording"].append(
                {"document": text.document, "id": result, "language": language, "text": words}
            )
        rows["proposal_wording"].append({**row, "role": "result", "wording": result})
