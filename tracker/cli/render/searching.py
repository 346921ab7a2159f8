"""What a search finds, as JSON and as passages with the words marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tracker.cli.render.words import found as marked
from tracker.cli.render.words import passage
from tracker.cli.terminal import coloured, console
from tracker.services.searching import Found

_AROUND = 160
"""Code points shown on each side of the first word of a long text."""


def as_json(found: Found) -> dict[str, Any]:
    """Return what was found under the names that ``--json`` promises."""
    return {
        "id": found.id,
        "kind": found.kind,
        "lines": list(found.lines),
        "language": found.language,
        "text": found.text,
        "marks": [list(mark) for mark in found.marks],
    }


def write(results: Sequence[Found], authentic: str) -> None:
    """Print passages, each under the id to go on with; translations say their language."""
    from rich.padding import Padding
    from rich.text import Text

    target = console()
    for found in results:
        name = f"line {found.id}" if found.kind == "line" else found.id
        head = Text(name, style="bold")
        if found.kind != "comment" and found.language not in (None, authentic):
            head.append(f" · {found.language}", style="dim")
        if found.kind == "comment" and found.lines:
            noun = "line" if len(found.lines) == 1 else "lines"
            head.append(f" · on {noun} {', '.join(found.lines)}", style="dim")
        target.print(head)
        text, marks = passage(found.text, found.marks, _AROUND)
        words = marked(text, marks, coloured=coloured(target))
        target.print(Padding(words, (0, 0, 0, 3)))
