"""The lines that a comment is probably about, as JSON and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render.tables import write_table
from tracker.services.comments.suggesting import Suggestion

_REASONS = 3


def as_json(suggestion: Suggestion) -> dict[str, Any]:
    """Return a suggestion under the names that ``--json`` promises."""
    return {
        "line": suggestion.line,
        "text": suggestion.text,
        "reasons": list(suggestion.reasons),
    }


def write(suggestions: Sequence[Suggestion]) -> None:
    """Print suggestions as a table, the likeliest first."""
    write_table(
        ("Line", "Text*", "Because"),
        [(each.line, each.text, "\n".join(each.reasons[:_REASONS])) for each in suggestions],
    )
