"""A marked text on the lines it began with, when its untouched words are not quite these.

What was changed without tracking becomes tracked changes of whoever did that, so that all changes
start from the stored lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from tracker.exchange.marked import PARAGRAPH, Block, Mark, Marked
from tracker.exchange.record import Unit
from tracker.services.importing.marked.moving import Moved, Run
from tracker.services.importing.marked.places import places
from tracker.services.importing.marked.recutting import Based
from tracker.services.joints import leads
from tracker.services.lines import Line
from tracker.text import diff, unchanged

_ITEM = re.compile(r"([-*+])\s|(\d+)[.)]\s")


def rebased(
    lines: Sequence[Line], marked: Marked, untracked: str, language: str, unit: Unit
) -> Based:
    """Return a marked text on stored lines.

    ``untracked`` is who made what was changed without tracking. White space alone is no change.
    """
    spans = places(lines, marked)
    if spans is not None and _stand_alike(lines, spans, marked.text):
        return Based(marked, tuple(lines), tuple(spans), language, unit)
    text, stands = _as_written(lines)
    text, stands = _respaced(text, stands, list(_runs(text, marked.text)), marked.text)
    blocks = _blocks(lines, stands)
    runs = list(_runs(text, marked.text))
    own = list(_untracked(text, marked.text, runs, untracked))
    moved = Moved(marked, runs, own)
    told = marked._replace(
        text=text, blocks=tuple(blocks), marks=moved.marks, remarks=moved.remarks()
    )
    return Based(told, tuple(lines), tuple(stands), language, unit, moved.numbers)


def _stand_alike(lines: Sequence[Line], spans: Sequence[tuple[int, int]], text: str) -> bool:
    """Return whether stored lines begin a paragraph, or a row, where they do in a file's text."""
    gaps = [text[end:start] for (_, end), (start, _) in pairwise(spans)]
    return all(
        PARAGRAPH not in gap if line.block == "inline" else PARAGRAPH in gap or "\n" in gap
        for line, gap in zip(lines[1:], gaps, strict=True)
    )


def _as_written(lines: Sequence[Line]) -> tuple[str, list[tuple[int, int]]]:
    """Return stored lines as a file has them: the text, and where they stand in it."""
    parts: list[str] = []
    stands: list[tuple[int, int]] = []
    at = 0
    for lead, line in zip(leads(lines), lines, strict=True):
        begins = not parts or line.block != "inline"
        between = (PARAGRAPH if parts else "") if begins else " " if lead else ""
        start = at + len(between)
        at = start + len(line.text)
        parts += [between, line.text]
        stands.append((start, at))
    return "".join(parts), stands


def _respaced(
    text: str, stands: Sequence[tuple[int, int]], runs: Sequence[Run], new: str
) -> tuple[str, list[tuple[int, int]]]:
    """Return the same with the white space between its lines that a file has there."""
    starts = [start for start, _ in stands]
    edits: list[tuple[int, int, str]] = []
    for at, end, come in _gaps(runs, text, new):
        line = bisect_right(starts, at) - 1
        is_between = line < 0 or stands[line][1] <= at
        if is_between and _is_space_alone(text[at:end], come):
            edits.append((at, end, come))
    parts: list[str] = []
    position = 0
    for at, end, come in edits:
        parts += [text[position:at], come]
        position = end

    begins, ends = [at for at, _, _ in edits], [end for _, end, _ in edits]
    shifts = [0, *accumulate(len(come) - (end - at) for at, end, come in edits)]
    moved = [
        (start + shifts[bisect_right(ends, start)], end + shifts[bisect_left(begins, end)])
        for start, end in stands
    ]
    return "".join([*parts, text[position:]]), moved


def _gaps(runs: Sequence[Run], old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the texts differ: from and to in the old one, and what the new one has there."""
    at = there = 0
    for run in (*runs, Run(len(old), len(new), 0)):
        if (at, there) != (run.old, run.new):
            yield at, run.old, new[there : run.new]
        at, there = run.old + run.length, run.new + run.length


def _is_space_alone(gone: str, come: str) -> bool:
    """Return whether two passages differ in white space only, and not in ends of paragraphs."""
    return _words(gone) == _words(come) and gone.count(PARAGRAPH) == come.count(PARAGRAPH)


def _blocks(lines: Sequence[Line], stands: Sequence[tuple[int, int]]) -> list[Block]:
    """Return the paragraphs that stored lines stand in."""
    blocks: list[Block] = []
    for line, (start, end) in zip(lines, stands, strict=True):
        if not blocks or line.block != "inline":
            blocks.append(_block(line, start, end))
        else:
            blocks[-1] = blocks[-1]._replace(end=end)
    return blocks


def _block(line: Line, start: int, end: int) -> Block:
    if line.kind == "heading":
        return Block(start, end, "heading", line.level)
    item = _ITEM.match(line.markup.strip() + " ")
    if item is None:
        return Block(start, end)
    return Block(start, end, "item", line.level, "-" if item[1] else f"{item[2]}.")


def _runs(old: str, new: str) -> Iterator[Run]:
    """Yield the words that both texts have, in their order."""
    ours, theirs = old.split(PARAGRAPH), new.split(PARAGRAPH)
    pairs = unchanged([_words(row) for row in ours], [_words(row) for row in theirs])
    starts, begins = _starts(ours), _starts(theirs)
    at = there = 0
    # What moved is deleted here and put in there: only what stands in order is the same.
    last = -1
    for i, j in sorted(pairs):
        if j <= last:
            continue
        last = j
        yield from _compared(old, new, (at, starts[i]), (there, begins[j]))
        at, there = starts[i], begins[j]
    yield from _compared(old, new, (at, len(old)), (there, len(new)))


def _compared(old: str, new: str, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[Run]:
    at, there = ours[0], theirs[0]
    for op in diff(old[slice(*ours)], new[slice(*theirs)]).ops:
        if op.kind == "equal":
            yield Run(at, there, min(len(op.old), len(op.new)))
        at += len(op.old)
        there += len(op.new)


def _words(row: str) -> str:
    return " ".join(row.split())


def _starts(rows: Sequence[str]) -> list[int]:
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    return starts


def _untracked(old: str, new: str, runs: Sequence[Run], who: str) -> Iterator[tuple[int, Mark]]:
    """Yield what one text has that the other has not, as marks, and where in the new one it is."""
    shift = {run.old: run.new for run in (*runs, Run(len(old), len(new), 0))}
    for at, end, come in _gaps(runs, old, new):
        gone = old[at:end]
        there = shift[end] - len(come)
        if _is_space_alone(gone, come):
            continue
        if gone:
            yield there, Mark("delete", who, None, at, end, gone)
        if come:
            yield there, Mark("insert", who, None, end, end, come)
