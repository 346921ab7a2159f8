"""How words look: redlines, flagged words, and what is said beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.cli.terminal import visible
from tracker.exchange.view import Run

if TYPE_CHECKING:
    from rich.text import Text

UNDONE = "undone"
"""What a listing with --all says of what is retracted."""

_STYLES = {"equal": "", "delete": "red strike", "insert": "green underline"}
_MARKS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}


def redline(runs: Iterable[Run], *, coloured: bool) -> Text:
    """Return a redline: in colour, or with ``[-…-]{+…+}`` where there is none."""
    from rich.text import Text

    text = Text()
    for run in runs:
        before, after = ("", "") if coloured else _MARKS[run.kind]
        text.append(f"{before}{visible(run.text)}{after}", style=_STYLES[run.kind])
    return text


def flagged(text: str, spans: Sequence[tuple[int, int, str]], *, coloured: bool) -> Text:
    """Return a line with its flagged words marked: ``⟦words⟧[C4]``.

    ``spans`` holds start and end in code points, and the id of the comment.
    """
    from rich.text import Text

    opens, closes = ("", "") if coloured else ("⟦", "⟧")
    starts = sorted({start for start, _, _ in spans})
    marked = Text()
    edges = sorted({0, len(text), *starts, *(end for _, end, _ in spans)})
    for start, end in pairwise(edges):
        inside = [span for span in spans if span[0] <= start and end <= span[1]]
        before = opens * sum(1 for span in spans if span[0] == start)
        marked.append(before)
        marked.append(visible(text[start:end]), style="bold yellow" if inside else "")
        for _, _, name in (span for span in spans if span[1] == end):
            marked.append(closes)
            marked.append(f"[{name}]", style="dim")
    return marked


def found(text: str, marks: Sequence[tuple[int, int]], *, coloured: bool) -> Text:
    """Return a text with the words that were looked for marked: ``⟦words⟧``."""
    from rich.text import Text

    opens, closes = ("", "") if coloured else ("⟦", "⟧")
    marked, position = Text(), 0
    for start, stop in marks:
        marked.append(visible(text[position:start]))
        marked.append(f"{opens}{visible(text[start:stop])}{closes}", style="bold yellow")
        position = stop
    return marked.append(visible(text[position:]))


def passage(
    text: str, marks: Sequence[tuple[int, int]], around: int
) -> tuple[str, list[tuple[int, int]]]:
    """Return the piece of a text that holds the first mark, and the marks that are in it.

    ``around`` is how many code points to show before and behind it. What is left out is "…".
    """
    first = marks[0] if marks else (0, 0)
    start, stop = max(0, first[0] - around), min(len(text), first[1] + around)
    # What would be left out must be worth it.
    start, stop = (
        (0 if start < around else start),
        (len(text) if len(text) - stop < around else stop),
    )
    before, behind = "…" if start else "", "…" if stop < len(text) else ""
    shift = len(before) - start
    inside = [(a + shift, b + shift) for a, b in marks if start <= a and b <= stop]
    return f"{before}{text[start:stop]}{behind}", inside


def counted(counts: dict[str, int]) -> str:
    """Return numbers by name in words: ``2 objection, 1 question``."""
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))


def some(names: Sequence[str], most: int = 20) -> str:
    """Return names side by side: of many the first, and how many more there are; 0 for all."""
    rest = len(names) - most if most else 0
    shown = ", ".join(names[: most or None])
    return f"{shown} and {rest:,} more" if rest > 0 else shown


def plural(count: int, noun: str) -> str:
    """Return a number with its noun: ``1 comment``, ``2 comments``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
