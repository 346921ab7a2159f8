"""Differences as JSON and as redlines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render.words import redline
from tracker.cli.terminal import coloured, console, plain, say
from tracker.services.differences import Difference


def as_json(difference: Difference) -> dict[str, Any]:
    """Return a difference under the names that ``--json`` promises."""
    return {
        "line": difference.line,
        "old": difference.old,
        "new": difference.new,
        "redline": [[run.kind, run.text] for run in difference.runs],
    }


def write(differences: Sequence[Difference]) -> None:
    """Print redlines, each under the line it is of."""
    target = console()
    if not differences:
        say("nothing differs")
    for difference in differences:
        head = f"{difference.line} · {difference.old} → {difference.new}"
        target.print(plain(head, "bold"))
        target.print(redline(difference.runs, coloured=coloured(target)))
        target.print()
