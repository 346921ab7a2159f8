"""The split of a draft, written out so that a person can mend it: a mark where each line begins.

Only marks may be added and taken away. Everything else must stay as it is, or the file that is
imported would not be the text that is stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from tracker.errors import BadInput
from tracker.exchange.draft import Draft, DraftLine

_MARKS = "‖¦⁂§¶†‡※◆●"


class _Span(NamedTuple):
    """Where a line's words stand in the text, in code points."""

    start: int
    end: int
    line: DraftLine


def write(draft: Draft) -> str:
    """Return the text with a mark before the words of each line, under a line that explains it."""
    mark = _mark_for(draft.text)
    told = f"{mark}{mark} {mark} begins a line: add one to split a line, take one away to join two."
    marked = "".join([f"{line.lead}{mark}{line.text}" for line in draft.lines])
    return f"{told} Change nothing else.\n{marked}{draft.trail}"


def read(marked: str, draft: Draft) -> Draft:
    """Return a draft in the lines that the marks begin.

    Line ends may be other ones than the draft's. Raises BadInput if anything but marks was changed,
    or some words would belong to no line.
    """
    mark = _mark_for(draft.text)
    if marked.startswith(mark * 2):
        marked = marked.partition("\n")[2]
    parts = marked.replace("\r\n", "\n").split(mark)
    if len(parts) == 1:
        raise BadInput(
            f"there is no {mark} in the split",
            "give the text as --show-split writes it: @file or -",
        )
    _refuse_changes("".join(parts), draft.text.replace("\r\n", "\n"))
    starts = _offsets(list(accumulate(map(len, parts[:-1]))), draft.text)
    spans = _spans(draft)
    if spans[0].start < starts[0]:
        raise BadInput(
            f"“{spans[0].line.text[:40]}” would belong to no line",
            f"put a {mark} before the first words",
        )
    lines = tuple(_lines(draft.text, spans, starts))
    return replace(draft, lines=lines, trail=draft.text[_length(lines) :])


def _mark_for(text: str) -> str:
    """Return a mark that the text does not have."""
    mark = next((mark for mark in _MARKS if mark not in text), None)
    if mark is None:
        raise BadInput(f"the text has all of {_MARKS}", "mend its split after it is stored")
    return mark


def _refuse_changes(marked: str, text: str) -> None:
    """Raise BadInput unless the texts are equal; a line end at the very end is an editor's."""
    one, other = marked.rstrip("\n"), text.rstrip("\n")
    if one == other:
        return
    pairs = zip(one.split("\n"), other.split("\n"), strict=False)
    number, was = next(
        ((number, was) for number, (is_, was) in enumerate(pairs, 1) if is_ != was),
        (min(one.count("\n"), other.count("\n")) + 2, ""),
    )
    raise BadInput(
        f"the text itself was changed, first in line {number} of the file: it was “{was[:60]}”",
        "change only the marks; to change the words, edit the file before it is imported",
    )


def _offsets(starts: Sequence[int], text: str) -> list[int]:
    """Return where in the text places are that were counted with every line end as one."""
    ends = [at for at in range(len(text)) if text.startswith("\r\n", at)] if "\r" in text else []
    counted = [at - number for number, at in enumerate(ends)]
    return [start + bisect_left(counted, start) for start in starts]


def _spans(draft: Draft) -> list[_Span]:
    spans = []
    position = 0
    for line in draft.lines:
        start = position + len(line.lead)
        position = start + len(line.text)
        spans.append(_Span(start, position, line))
    return spans


def _lines(text: str, spans: Sequence[_Span], starts: Sequence[int]) -> Iterator[DraftLine]:
    """Yield the lines from each mark to the next; a mark before no words is none."""
    span_starts = [span.start for span in spans]
    span_ends = [span.end for span in spans]
    position = 0
    for start, following in zip(starts, [*starts[1:], len(text)], strict=True):
        first = bisect_right(span_ends, start)
        last = bisect_left(span_starts, following) - 1
        if first > last:
            continue
        chunk = text[start : min(spans[last].end, following)]
        words = chunk.strip()
        if not words:
            continue
        begin = start + len(chunk) - len(chunk.lstrip())
        line = spans[first].line
        yield line._replace(lead=text[position:begin], text=words)
        position = begin + len(words)


def _length(lines: Sequence[DraftLine]) -> int:
    return sum(len(line.lead) + len(line.text) for line in lines)
