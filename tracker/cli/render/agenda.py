"""The agenda as JSON and on the terminal."""

from __future__ import annotations

from typing import Any

from tracker.cli.render import flagged as render_flagged
from tracker.cli.render import proposals as render_proposals
from tracker.cli.render.tables import write_table
from tracker.cli.render.words import plural
from tracker.cli.terminal import console, plain
from tracker.services.agenda import Agenda


def as_json(agenda: Agenda) -> dict[str, Any]:
    """Return the agenda under the names that ``--json`` promises."""
    return {
        "document": agenda.document.key,
        "title": agenda.document.title,
        "entry": agenda.at,
        "flagged_total": agenda.flagged_total,
        "flagged": [render_flagged.as_json(line) for line in agenda.flagged],
        "proposals_total": agenda.proposals_total,
        "proposals": [render_proposals.as_json(proposal) for proposal in agenda.proposals],
        "comments_open": agenda.undisposed,
        "orphaned": list(agenda.orphaned),
    }


def write(agenda: Agenda) -> None:
    """Print what is open, in a sentence and then by name."""
    target = console()
    target.print(plain(agenda.document.title, "bold"))
    counts = [
        f"{plural(agenda.flagged_total, 'flagged line')} open",
        f"{plural(agenda.undisposed, 'comment')} without a disposition",
        f"{plural(agenda.proposals_total, 'proposal')} undecided",
    ]
    target.print(plain(f"{', '.join(counts)} (@{agenda.at})."))
    if agenda.flagged:
        target.print()
        render_flagged.write(agenda.flagged)
    if agenda.proposals:
        target.print()
        write_table(
            ("Undecided", "Line", "From*", "Answers", "State"),
            [
                (p.id, ", ".join(p.lines), p.proposer, ", ".join(p.answers), _state(p.stale))
                for p in agenda.proposals
            ],
        )
    if agenda.orphaned:
        target.print(plain(f"Words gone, no disposition: {', '.join(agenda.orphaned)}"))


def _state(stale: bool) -> str:
    return "stale" if stale else "current"
