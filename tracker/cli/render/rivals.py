"""Rival proposals on one line: side by side against the same base where there is room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.cli.render.proposals import Rivals, grounds, head, write_proposals
from tracker.cli.render.words import redline
from tracker.cli.terminal import coloured, plain
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.redlines import of_change

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

# Columns of the terminal that a rival needs to be read beside another.
_LEAST = 48


def write_rivals(line: str, proposals: Sequence[Proposal], target: Console, rivals: Rivals) -> None:
    """Print the proposals on a line: rivals in columns, or all one below the other."""
    beside = [
        (proposal, change)
        for proposal in proposals
        for change in proposal.open_changes
        if line in change.labels and change.kind != "move"
    ]
    room = max(1, target.width // _LEAST)
    if len(beside) < 2 or room < 2:
        write_proposals(proposals, target, rivals, line=line)
        return
    for start in range(0, len(beside), room):
        _write_row(beside[start : start + room], target, rivals)
    compared = {proposal.id for proposal, _ in beside}
    rest = [proposal for proposal in proposals if proposal.id not in compared]
    if rest:
        target.print()
    write_proposals(rest, target, rivals, line=line)


def _write_row(row: Sequence[tuple[Proposal, Change]], target: Console, rivals: Rivals) -> None:
    """Print rivals beside one another: redlines in one row, what they would read in the next."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    for proposal, _ in row:
        table.add_column(head(proposal, rivals), ratio=1, overflow="fold")
    marked = [redline(of_change(change), coloured=coloured(target)) for _, change in row]
    table.add_row(*marked)
    table.add_row(*(_reads(change) for _, change in row))
    told = [Text("\n").join(grounds(proposal)) for proposal, _ in row]
    if any(text.plain for text in told):
        table.add_row(*told)
    target.print(table)


def _reads(change: Change) -> Text:
    from rich.text import Text

    what = "no wording is chosen yet" if change.in_collision else "the line is deleted"
    return Text("\n").join([plain("reads:", "dim"), plain(change.result or what)])
