"""The proposals of a record: all their changes, what they answer, and what was decided."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from tracker.exchange import record as exchange
from tracker.services.attribution import SOMEBODY, Voices
from tracker.services.exporting.record_text import RecordText
from tracker.services.exporting.record_verdicts import RecordVerdicts, written
from tracker.services.paging import batches
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.changes import changes_of
from tracker.services.proposals.proposal import Base, Change, Proposal, Result
from tracker.services.snapshot import Snapshot


def record_proposals(
    snapshot: Snapshot,
    text: RecordText,
    decided: RecordVerdicts,
    named: Voices,
    told: Collection[str | None],
) -> tuple[exchange.Proposal, ...]:
    """Return every proposal with all it ever proposed, what it answers and what was decided.

    What was undone is left out. ``told`` holds the comments that are told of: of no other one is it
    said that it was answered.
    """
    found = proposals.listed(snapshot)[0]
    changes: dict[int, list[Change]] = {}
    for part in batches([proposal.number for proposal in found]):
        changes |= changes_of(snapshot, part, {})
    return tuple(
        exchange.Proposal(
            id=proposal.id,
            proposer=named.party(proposal.proposer) or SOMEBODY,
            rationale=proposal.rationale,
            answers=tuple(answer for answer in proposal.answers if answer in told),
            changes=_changes(proposal, changes[proposal.number], text),
            decisions=written(decided.proposals.get(proposal.number, ()), named, wording=True),
        )
        for proposal in found
    )


def _changes(
    proposal: Proposal, every: Sequence[Change], text: RecordText
) -> tuple[exchange.ProposedChange, ...]:
    # An open change stands behind all of a line that was split since; so it does when it comes in.
    waiting = {change.number: change for change in proposal.open_changes}
    return tuple(
        _proposed(waiting.get(change.number, change), text) for change in every if not change.undone
    )


def _proposed(change: Change, text: RecordText) -> exchange.ProposedChange:
    bases = [_base(base, text) for base in change.bases if base.line is not None]
    first = bases[0] if len(bases) == 1 else None
    results = tuple(_result(result) for result in change.results)
    only = results[0].text if len(results) == 1 else None
    is_plain = only is not None and results[0] == exchange.Result(text=only)
    after = text.labels[change.after_id] if change.after_id is not None else "0"
    return exchange.ProposedChange(
        kind=change.kind,  # type: ignore[arg-type]  # the table takes no other word
        number=change.number,
        line=first.line if first else None,
        version=first.version if first else None,
        lines=() if first else tuple(bases),
        language=change.language,
        date=change.date,
        after=after if change.kind in ("insert", "move") else None,
        amends=change.amends,
        supersedes=change.supersedes,
        sources=change.sources,
        text=only if is_plain else None,
        results=() if is_plain else results,
    )


def _base(base: Base, text: RecordText) -> exchange.Base:
    line = base.line or 0
    number, _ = text.version(line, base.wording)
    return exchange.Base(line=text.labels[line], version=number)


def _result(result: Result) -> exchange.Result:
    return exchange.Result(
        kind=result.kind,  # type: ignore[arg-type]  # the table takes no other word
        level=result.level,
        block=result.block,  # type: ignore[arg-type]  # the table takes no other word
        markup=result.markup,
        gap=result.gap,
        text=result.text,
    )
