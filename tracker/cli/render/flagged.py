"""The flagged lines as JSON and as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tracker.cli.render.tables import write_table
from tracker.cli.render.words import counted, plural
from tracker.services.lines import FlaggedLine
from tracker.services.verdicts import Verdict


def as_json(line: FlaggedLine, agreed: Mapping[str, Verdict]) -> dict[str, Any]:
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
        "agreed": agreed[line.label].outcome if line.label in agreed else None,
    }


def write(lines: Sequence[FlaggedLine], agreed: Mapping[str, Verdict]) -> None:
    """Print flagged lines as a table."""
    write_table(
        ("Line", "Text*", "Comments", "Proposals", "State"),
        [
            (
                *(line.label, line.text, comments_in_words(line), str(line.proposals or "")),
                _state(line, agreed.get(line.label)),
            )
            for line in lines
        ],
    )


def _state(line: FlaggedLine, agreed: Verdict | None) -> str:
    return f"{line.state},\n{agreed.outcome}" if agreed else line.state


def comments_in_words(line: FlaggedLine) -> str:
    """Return how many comments a line has, of each kind and side."""
    sides = f"\nby side: {counted(line.sides)}" if line.sides else ""
    kinds = "\n".join(plural(count, kind) for kind, count in sorted(line.kinds.items()))
    return f"{line.comments}:\n{kinds}{sides}"
