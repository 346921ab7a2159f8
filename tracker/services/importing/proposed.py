"""The proposals of a record: their changes, the comments they answer, and the decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tracker.errors import BadInput
from tracker.exchange.record import Base, Proposal, ProposedChange, Result
from tracker.services.importing.replay import Text
from tracker.services.importing.settled import read_verdict, verdict_rows
from tracker.services.inputs import check_moment, check_optional, check_text
from tracker.services.names import change_id, comment_id, proposal_id
from tracker.services.verdicts import Verdict
from tracker.store import tables
from tracker.store.journal import Entry

_Rows = dict[str, list[dict[str, Any]]]
_ORDER = (
    tables.proposal,
    tables.proposal_version,
    tables.proposal_change,
    tables.wording,
    tables.proposal_wording,
    tables.proposal_source,
)


def store_proposals(entry: Entry, text: Text, proposals: Sequence[Proposal]) -> None:
    """Store proposals under the numbers they have, all rows of a table at once. Raises BadInput."""
    rows: _Rows = defaultdict(list)
    # One may change what a later one says.
    for proposal in proposals:
        for change in proposal.changes:
            _store_results(entry, text, proposal, change, rows)
    for proposal in proposals:
        _add(text, proposal, rows)
    for table in _ORDER:
        entry.insert_many(table, rows[table.name])


def store_decisions(entry: Entry, text: Text, proposals: Sequence[Proposal]) -> None:
    """Store what proposals answer and what was decided on them; the comments are there."""
    rows: _Rows = defaultdict(list)
    for proposal in proposals:
        number = proposal_id(proposal.id)
        own = {"document": text.document, "proposal": number}
        rows["answer"] += [
            {**own, "comment": comment_id(answer)} for answer in dict.fromkeys(proposal.answers)
        ]
        decided = [
            _with_wording(entry, text, proposal, read_verdict(verdict), rows)
            for verdict in proposal.decisions
        ]
        rows["verdict"] += verdict_rows(entry, text.document, decided, proposal=number)
    entry.insert_many(tables.proposal_answer, rows["answer"])
    entry.insert_many(tables.wording, rows["wording"])
    entry.insert_many(tables.verdict, rows["verdict"])


def _add(text: Text, proposal: Proposal, rows: _Rows) -> None:
    own = {"document": text.document, "proposal": proposal_id(proposal.id)}
    rows["proposal"].append({"document": text.document, "id": own["proposal"]})
    rows["proposal_version"].append(
        {
            **own,
            "number": 1,
            "proposer": check_text(proposal.proposer, f"name of who {proposal.id} is from"),
            "rationale": check_optional(proposal.rationale, f"rationale of {proposal.id}"),
        }
    )
    for change in proposal.changes:
        _add_change(text, own, change, rows)


def _add_change(text: Text, proposal: dict[str, int], change: ProposedChange, rows: _Rows) -> None:
    amended = change_id(change.amends) if change.amends else (None, None)
    rows["proposal_change"].append(
        {
            **proposal,
            "number": change.number,
            "kind": change.kind,
            "language": change.language or text.language,
            "after_line": text.line(change.after) if change.after not in (None, "0") else None,
            "supersedes": change.supersedes,
            "amends_proposal": amended[0],
            "amends_change": amended[1],
            "made_at": check_moment(change.date, f"change {change.number} of a proposal"),
        }
    )
    own = {**proposal, "change": change.number}
    rows["proposal_wording"] += _bases(text, own, change)
    for ordinal, source in enumerate(change.sources, 1):
        number, of = change_id(source)
        rows["proposal_source"].append(
            {**own, "ordinal": ordinal, "from_proposal": number, "from_change": of}
        )


def _bases(text: Text, own: dict[str, Any], change: ProposedChange) -> list[dict[str, Any]]:
    if change.amends is not None:
        found = text.results.get(change.amends, ())
        if len(found) != 1:
            raise BadInput(
                f"{change.amends} has no one wording that could be changed",
                "look at what the sub-amendment “amends”",
            )
        return [{**own, "role": "base", "ordinal": 1, "line": None, "wording": found[0][0]}]
    rows = []
    for ordinal, base in enumerate(starts(change), 1):
        wording, _ = text.version(base.line, change.language, base.version)
        row = {**own, "role": "base", "ordinal": ordinal, "line": text.line(base.line)}
        rows.append({**row, "wording": wording})
    return rows


def starts(change: ProposedChange) -> tuple[Base, ...]:
    """Return the lines that a change starts from, in the versions they had."""
    if change.line is None or change.version is None:
        return change.lines
    return (Base(line=change.line, version=change.version),)


def _store_results(
    entry: Entry, text: Text, proposal: Proposal, change: ProposedChange, rows: _Rows
) -> None:
    name = f"{proposal.id}.{change.number}"
    language = change.language or text.language
    results = (Result(text=change.text),) if change.text is not None else change.results
    first = next((text.line(base.line) for base in starts(change)), None)
    found = []
    for ordinal, result in enumerate(results, 1):
        # An accepted change and the version that came from it share their wording.
        wording = text.proposed.get((name, result.text))
        if wording is None:
            wording = _store_wording(entry, text, language, result.text, name, rows)
        found.append((wording, result.text))
        rows["proposal_wording"].append(
            {
                "document": text.document,
                "proposal": proposal_id(proposal.id),
                "change": change.number,
                "role": "result",
                "ordinal": ordinal,
                "line": first if ordinal == 1 else None,
                "wording": wording,
                "kind": result.kind,
                "level": result.level,
                "block": result.block,
                "markup": result.markup,
                "gap": result.gap,
            }
        )
    text.results[name] = tuple(found)


def _store_wording(
    entry: Entry, text: Text, language: str, words: str, name: str, rows: _Rows
) -> int:
    own = entry.next_id(tables.wording, text.document)
    words = check_text(words, f"wording of {name}")
    row = {"document": text.document, "id": own, "language": language, "text": words}
    rows["wording"].append(row)
    return own


def _with_wording(
    entry: Entry, text: Text, proposal: Proposal, verdict: Verdict, rows: _Rows
) -> Verdict:
    """Return a decision with the wording in which the proposal was accepted, if not its own."""
    if verdict.text is None:
        return verdict
    names = [f"{proposal.id}.{change.number}" for change in proposal.changes]
    shared = (text.proposed.get((name, verdict.text)) for name in names)
    wording = next((own for own in shared if own is not None), None)
    if wording is None:
        language = proposal.changes[-1].language or text.language
        wording = _store_wording(entry, text, language, verdict.text, proposal.id, rows)
    return verdict._replace(wording=wording)
