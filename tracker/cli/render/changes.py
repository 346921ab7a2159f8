"""What changed and why, as JSON and for reading: was, now, why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tracker.cli.render import reasons as render_reasons
from tracker.cli.render.differences import what_became
from tracker.cli.terminal import console, plain, say
from tracker.services.changes import LineChange
from tracker.services.comparing import Compared
from tracker.services.lines import Line


def as_json(change: LineChange) -> dict[str, Any]:
    """Return a change under the names that ``--json`` promises."""
    compared = change.compared
    return {
        "line": compared.label,
        "changes": list(compared.kinds),
        "old_lines": [line.label for line in compared.old],
        "new_lines": [line.label for line in compared.new],
        "was_after": compared.was_after,
        "after": compared.after,
        "was": _text(compared.old),
        "now": _text(compared.new),
        "redline": [[run.kind, run.text] for run in compared.runs],
        "why": [render_reasons.as_json(reason) for reason in change.reasons],
    }


def _text(lines: Sequence[Line]) -> str | None:
    return "\n".join(line.text for line in lines) if lines else None


def write(changes: Sequence[LineChange]) -> None:
    """Print each line that changed, as it was and is, and why; it fits any width."""
    from rich.padding import Padding

    target = console()
    if not changes:
        say("nothing changed")
    for change in changes:
        target.print(plain(_head(change.compared), "bold"))
        for name, words, style in _rows(change):
            row = plain(f"{name}: ", "dim").append_text(plain(words, style))
            target.print(Padding(row, (0, 0, 0, 2)))
        target.print()


def _head(compared: Compared) -> str:
    old, new = ([line.label for line in side] for side in (compared.old, compared.new))
    told = what_became(compared.kinds, old, new, compared.was_after, compared.after)
    edited = ["edited"] if "edited" in compared.kinds else []
    return f"{compared.label} · {'; '.join([*edited, *([told] if told else [])])}"


def _rows(change: LineChange) -> Iterator[tuple[str, str, str]]:
    """Yield what stands in a row each: its name, the words, and how they look."""
    old, new = change.compared.old, change.compared.new
    if [line.text for line in old] == [line.text for line in new]:
        yield from (("text", line.text, "") for line in new)
    else:
        for name, side, style in (("was", old, "red"), ("now", new, "green")):
            for line in side:
                yield f"{name} {line.label}" if len(side) > 1 else name, line.text, style
    for reason in change.reasons:
        yield "why", " ".join(render_reasons.sentences(reason)), ""
