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
        "changes": list(difference.kinds),
        "old_lines": list(difference.old_lines or (difference.line,)),
        "new_lines": list(difference.new_lines or (difference.line,)),
        "was_after": difference.was_after,
        "after": difference.after,
        "redline": [[run.kind, run.text] for run in difference.runs],
    }


def write(differences: Sequence[Difference]) -> None:
    """Print redlines, each under the line it is of."""
    target = console()
    if not differences:
        say("nothing differs")
    for difference in differences:
        head = f"{difference.line} · {difference.old} → {difference.new}"
        told = what_became(
            difference.kinds,
            difference.old_lines,
            difference.new_lines,
            difference.was_after,
            difference.after,
        )
        target.print(plain(f"{head} · {told}" if told else head, "bold"))
        target.print(redline(difference.runs, coloured=coloured(target)))
        target.print()


def what_became(
    kinds: Sequence[str],
    old_lines: Sequence[str],
    new_lines: Sequence[str],
    was_after: str | None,
    after: str | None,
) -> str:
    """Return in words what became of a line; nothing where its words alone were edited."""
    said = []
    if "split" in kinds:
        said.append(f"split into {', '.join(new_lines)}")
    if "merged" in kinds:
        said.append(f"merged from {', '.join(old_lines)}")
    if "moved" in kinds:
        stood, stands = (
            "first" if label == "0" else f"after {label}" for label in (was_after, after)
        )
        said.append(f"moved: stood {stood}, stands {stands}")
    said += [kind for kind in ("inserted", "deleted") if kind in kinds]
    return "; ".join(said)
