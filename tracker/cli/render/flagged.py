"""The flagged lines as JSON and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render.tables import write_table
from tracker.cli.render.words import counted, plural
from tracker.services.lines import FlaggedLine


def as_json(line: FlaggedLine) -> dict[str, Any]:
    """Return a flagged line under the names that ``--json`` promises."""
    return {
        "line": line.label,
        "text": line.text,
        "comments": line.comments,
        "kinds": line.kinds,
        "sides": line.sides,
        "proposals": line.proposals,
        "open": line.open,
        "state": line.state,
    }


def write(lines: Sequence[FlaggedLine]) -> None:
    """Print flagged lines as a table."""
    write_table(
        ("Line", "Text*", "Comments", "Proposals", "State"),
        [
            (line.label, line.text, _comments(line), str(line.proposals or ""), line.state)
            for line in lines
        ],
    )


def _comments(line: FlaggedLine) -> str:
    sides = f"\nby side: {counted(line.sides)}" if line.sides else ""
    kinds = "\n".join(plural(count, kind) for kind, count in sorted(line.kinds.items()))
    return f"{line.comments}:\n{kinds}{sides}"
