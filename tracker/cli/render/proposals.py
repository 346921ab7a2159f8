"""Proposals as JSON, as a table, and with their redlines."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, Any

from tracker.cli.render.comments import verdict_as_json, verdict_in_words
from tracker.cli.render.words import UNDONE, redline
from tracker.cli.terminal import coloured, console, plain
from tracker.exchange.view import Run
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.redlines import runs

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal under the names that ``--json`` promises."""
    return {
        "id": proposal.id,
        "lines": list(proposal.lines),
        "from": proposal.proposer,
        "author": proposal.author,
        "state": proposal.state,
        "stale": proposal.stale,
        "rationale": proposal.rationale,
        "answers": list(proposal.answers),
        "entry": proposal.entry,
        "changes": [
            {
                "id": f"{proposal.id}.{change.number}",
                "kind": change.kind,
                "line": change.line,
                "after": change.after,
                "base": change.base,
                "text": change.result,
                "stale": change.stale,
                "redline": [[run.kind, run.text] for run in change_runs(change)],
            }
            for change in proposal.changes
        ],
        "verdicts": [verdict_as_json(verdict) for verdict in proposal.verdicts],
    }


def change_runs(change: Change) -> tuple[Run, ...]:
    """Return the redline of one change."""
    if change.base is None:
        return (Run("insert", change.result or ""),)
    if change.result is None:
        return (Run("delete", change.base),)
    return runs(change.base, change.result)


def state(proposal: Proposal) -> str:
    """Return its state, and whether it is stale."""
    return f"{proposal.state}, stale" if proposal.stale else proposal.state


def write_listing(proposals: Sequence[Proposal], undone: Container[str] = frozenset()) -> None:
    """Print proposals, each with its redlines beneath; ``undone`` holds ids to be marked so."""
    from rich.padding import Padding

    target = console()
    for proposal in proposals:
        target.print(_head(proposal).append(f" · {UNDONE}" if proposal.id in undone else ""))
        for change in proposal.changes:
            words = plain(f"{_place(proposal, change)}: ", "dim")
            words.append_text(redline(change_runs(change), coloured=coloured(target)))
            target.print(Padding(words, (0, 0, 0, 3)))


def _head(proposal: Proposal) -> Text:
    from rich.text import Text

    head = Text(proposal.id, style="bold")
    head.append_text(plain(f" · from {proposal.proposer} · {state(proposal)}"))
    if proposal.answers:
        head.append(f" · answers {', '.join(proposal.answers)}")
    return head


def write_proposals(proposals: Sequence[Proposal], target: Console) -> None:
    """Print proposals: who wants each and why, its redlines, and what the text would say."""
    for place, proposal in enumerate(proposals):
        if place:
            target.print()
        _write_proposal(proposal, target)


def _write_proposal(proposal: Proposal, target: Console) -> None:
    from rich.padding import Padding
    from rich.text import Text

    target.print(_head(proposal))
    body: list[Text] = []
    for change in proposal.changes:
        body.append(plain(_place(proposal, change), "dim"))
        body.append(redline(change_runs(change), coloured=coloured(target)))
        if change.kind == "replace":
            body.append(plain("reads:", "dim"))
            body.append(plain(change.result or ""))
    if proposal.rationale:
        body.append(plain(f"why: {proposal.rationale}", "italic"))
    body += [plain(f"→ {verdict_in_words(v)}", "green") for v in proposal.verdicts]
    target.print(Padding(Text("\n").join(body), (0, 0, 0, 3)))


def _place(proposal: Proposal, change: Change) -> str:
    name = f"{proposal.id}.{change.number}"
    undecided = proposal.decision is None
    stale = " (stale: the line has changed since)" if change.stale and undecided else ""
    if change.kind == "insert":
        where = f"after line {change.after}" if change.after != "0" else "at the start"
        return f"{name} inserts {where}{stale}"
    verb = "deletes" if change.kind == "delete" else "changes"
    return f"{name} {verb} line {change.line}{stale}"
