"""Flat texts: running texts as a program for documents keeps them.

Their paragraphs have ``PARAGRAPH`` between two, and no markup.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.marked import PARAGRAPH, Block, BlockKind
from tracker.services import joints
from tracker.services.comparing import NO_LINEAGE, Lineage, space_between
from tracker.services.exporting.weaving import Stage, kin_of
from tracker.services.lines import Line


class Flat(NamedTuple):
    """A running text in one string: its lines in order, and from where to before where each is."""

    text: str
    lines: tuple[Line, ...]
    spans: tuple[tuple[int, int], ...]


def flat(lines: Sequence[Line], like: Flat | None = None) -> Flat:
    """Return a running text as a flat one; what stands between two lines stays ``like`` it was."""
    known = {} if like is None else _between(like)
    joined = {} if like is None else {line.id: line.block for line in like.lines}
    parts: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    before: Line | None = None
    for line in lines:
        between = known.get((before.id if before else None, line.id))
        if between is None or joined[line.id] != line.block:
            between = _separator(line, before)
        start = position + len(between)
        position = start + len(line.text)
        parts += [between, _in_one_row(line.text)]
        spans.append((start, position))
        before = line
    end = known.get((before.id if before else None, None), "")
    return Flat("".join([*parts, end]), tuple(lines), tuple(spans))


def blocks(text: Flat) -> Iterator[Block]:
    """Yield the paragraphs of a flat text, each as its first line is."""
    position = 0
    starts = [start for start, _ in text.spans]
    for part in text.text.split(PARAGRAPH):
        end = position + len(part)
        first = bisect_left(starts, position)
        line = text.lines[first] if first < len(starts) and starts[first] <= end else None
        yield Block(position, end, *_looks(line))
        position = end + 1


def stage(text: Flat, family: Lineage = NO_LINEAGE) -> Stage:
    """Return a flat text as a stage, to be woven with others."""
    edges = [0, *(end for _, end in text.spans)]
    leads = [text.text[edge:start] for edge, (start, _) in zip(edges, text.spans, strict=False)]
    lines = [
        line._replace(text=text.text[start:end])
        for line, (start, end) in zip(text.lines, text.spans, strict=True)
    ]
    return Stage(lines, kin_of(family), leads, text.text[edges[-1] :])


def _between(text: Flat) -> Mapping[tuple[int | None, int | None], str]:
    """Return what stands between two lines, by their ids; none stands for either end."""
    ids = [None, *(line.id for line in text.lines), None]
    edges = [0, *(place for span in text.spans for place in span), len(text.text)]
    gaps = [text.text[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2)]
    return {(ids[n], ids[n + 1]): gap for n, gap in enumerate(gaps)}


def _separator(line: Line, before: Line | None) -> str:
    if before is None:
        return ""
    lead = joints.lead(line, before, "\n")
    if line.block == "inline":
        return space_between(before.text, line.text) if not lead.strip() and "\n" in lead else lead
    if line.block == "line" and not line.markup.strip() and not before.markup.strip():
        return "\n"
    return PARAGRAPH


def _in_one_row(text: str) -> str:
    """Return a text without the breaks of the file it came from, of the same length."""
    return text.replace("\n", " ")


def _looks(line: Line | None) -> tuple[BlockKind, int | None, str | None]:
    """Return how a paragraph looks that begins with a line: kind, level, and how an item begins."""
    if line is None:
        return "paragraph", None, None
    if line.kind == "heading":
        return "heading", line.level or 1, None
    markup = line.markup.strip()
    if markup:
        return "item", 1 + len(line.markup[: line.markup.index(markup)]) // 2, markup
    return "paragraph", None, None
