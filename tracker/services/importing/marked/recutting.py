"""A rewritten stretch cut into lines: where nothing was changed, stored lines stay as they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from tracker.exchange.draft import DraftLine
from tracker.exchange.marked import PARAGRAPH, Block, Marked
from tracker.exchange.record import Unit
from tracker.services.importing.marked.drafting import cuts, joint, level_of, line_kind, markup
from tracker.services.importing.marked.rewriting import Rewritten
from tracker.services.importing.marked.wordings import Wordings, standing_at
from tracker.services.lines import Line


class Based(NamedTuple):
    """A marked text whose untouched words are stored lines; ``spans`` says where each stands.

    ``numbers`` are the places that its marks have in the file, where these are other ones: none
    for what was not tracked there. ``wordings`` are those that the store's proposals result in,
    ``moving`` the lines that they move.
    """

    marked: Marked
    lines: tuple[Line, ...]
    spans: tuple[tuple[int, int], ...]
    language: str
    unit: Unit
    numbers: tuple[int | None, ...] = ()
    wordings: Wordings = {}  # noqa: RUF012  # a NamedTuple's default, never changed
    moving: frozenset[int] = frozenset()

    def number(self, mark: int) -> int | None:
        """Return the place in the file of a mark, none for what was not tracked there."""
        return self.numbers[mark] if self.numbers else mark

    def line_at(self, place: int) -> int | None:
        """Return which line a place in the untouched text is in, by its place; none between two."""
        found = bisect_right(self.spans, (place, len(self.marked.text))) - 1
        return found if found >= 0 and place < self.spans[found][1] else None

    def begins(self, line: int) -> bool:
        """Return whether a line is the first of its paragraph."""
        before = self.spans[line - 1][1] if line else 0
        return not line or PARAGRAPH in self.marked.text[before : self.spans[line][0]]

    def block_at(self, place: int) -> Block:
        """Return the paragraph that a place is in."""
        blocks = self.marked.blocks
        found = bisect_right(blocks, place, key=lambda block: block.start) - 1
        return blocks[found] if found >= 0 else Block(0, 0)


class Recut(NamedTuple):
    """A line of a rewritten stretch, which stands in it from ``start`` to before ``end``.

    ``begins`` says that it is the first of a paragraph; ``olds`` counts, by the places of the
    stored lines, the letters that it has of each.
    """

    line: DraftLine
    start: int
    end: int
    begins: bool
    olds: dict[int, int]


def recut(based: Based, new: Rewritten, before: Block | None) -> Iterator[Recut]:
    """Yield the lines of a rewritten stretch; ``before`` is the paragraph before it."""
    lines = _lines(based, new)
    start = 0
    for body in new.text.split(PARAGRAPH):
        end = start + len(body)
        block = _block(based, new, start, end)
        spans = _spans(based, new, lines, start, body, block)
        lead = (joint(before, block) if before else "") + markup(block, block.level or 1)
        position = spans[0][0] if spans else end
        for first, last in spans:
            lead += new.text[position:first]
            kind = line_kind(block.kind, based.unit)
            line = DraftLine(lead, new.text[first:last], kind, level_of(block))
            begins = first == spans[0][0]
            yield Recut(line, first, last, begins, _olds(new, lines, first, last))
            lead, position = "", last
        before = block if spans else before
        start = end + 1


def joined(based: Based, new: Rewritten, cut: Sequence[Recut]) -> Recut:
    """Return lines that stand side by side in a paragraph as one."""
    start, end = cut[0].start, cut[-1].end
    line = cut[0].line._replace(text=new.text[start:end])
    return Recut(line, start, end, cut[0].begins, _olds(new, _lines(based, new), start, end))


def _lines(based: Based, new: Rewritten) -> list[int]:
    """Return for each code point the place of the stored line that it is of; -1 if of none."""
    found: list[int] = []
    line, start, end = -1, 0, 0
    for place in new.old:
        if place < 0:
            found.append(-1)
            continue
        if not start <= place < end:
            at = based.line_at(place)
            line, (start, end) = (-1, (0, 0)) if at is None else (at, based.spans[at])
        found.append(line)
    return found


def _block(based: Based, new: Rewritten, start: int, end: int) -> Block:
    """Return what kind of paragraph it is: that of the first words that stood in one before."""
    for place in range(start, end):
        if new.old[place] >= 0 and not new.text[place].isspace():
            return based.block_at(new.old[place])
    put_in = next((origin for origin in new.put_in[start:end] if origin), None)
    if put_in is None:
        return Block(0, 0)
    model = based.block_at(based.marked.marks[put_in[0]].start)
    # What is put in behind a heading is text, as far as anybody can tell.
    return model._replace(kind="paragraph", level=None) if model.kind == "heading" else model


def _spans(
    based: Based, new: Rewritten, lines: Sequence[int], start: int, body: str, block: Block
) -> list[tuple[int, int]]:
    """Return where the lines of a paragraph stand in the rewritten stretch."""
    found = cuts(body, block.kind, based.unit, based.language)
    if not found:
        return []
    begins = {start + first for first, _ in found[1:]}
    words = [at for at in range(start, start + len(body)) if not new.text[at].isspace()]
    kept: set[int] = set()
    for before, at in pairwise(words):
        if lines[at] < 0 or lines[before] < 0:
            continue
        # Between two letters that nobody touched the text stays cut, or whole, as it was; so it
        # does where no more than whole lines went.
        if lines[before] != lines[at]:
            if new.is_joined(before, at) or _are_edges(based, new, lines, before, at):
                kept.add(at)
        elif new.is_joined(before, at):
            begins.discard(at)
    begins = _as_proposed(based, new, lines, words, begins | kept)
    ordered = sorted(begins - _going_on(based, new, lines, words))
    edges = [words[0], *ordered, words[-1] + 1]
    return [(first, _stripped(new.text, following)) for first, following in pairwise(edges)]


def _as_proposed(
    based: Based, new: Rewritten, lines: Sequence[int], words: Sequence[int], begins: set[int]
) -> set[int]:
    """Return where the lines of a paragraph begin if what the store proposes stays as it is there.

    Only where that ends as a line does: else somebody wrote on.
    """
    if not based.wordings:
        return begins
    body = new.text[: words[-1] + 1].replace("\n", " ")
    found = set(begins)
    for before, at in pairwise([-1, *words]):
        if before >= 0 and at not in found and not _is_edge(based, new, lines, before, 1):
            continue
        for spans in standing_at(based.wordings, body, at):
            behind = words[bisect_left(words, spans[-1][1]) :][:1]
            if not behind or behind[0] in found or _is_edge(based, new, lines, behind[0], 0):
                found = {place for place in found if not at < place < spans[-1][1]}
                found.update([start for start, _ in spans], behind)
                break
    return found - {words[0]}


def _is_edge(
    based: Based, new: Rewritten, lines: Sequence[int], at: int, side: Literal[0, 1]
) -> bool:
    """Return whether a code point is the first one of a stored line, or on side 1 the last."""
    return lines[at] >= 0 and new.old[at] == based.spans[lines[at]][side] - side


def _are_edges(based: Based, new: Rewritten, lines: Sequence[int], before: int, at: int) -> bool:
    """Return whether one stored line ends at a code point and another begins at the next."""
    return _is_edge(based, new, lines, before, 1) and _is_edge(based, new, lines, at, 0)


def _stripped(text: str, end: int) -> int:
    while text[end - 1].isspace():
        end -= 1
    return end


def _going_on(based: Based, new: Rewritten, lines: Sequence[int], words: Sequence[int]) -> set[int]:
    """Return where no line can begin: there is no change that makes a paragraph go on so.

    What began a paragraph and goes on in another now is one line with what stands before it.
    """
    going_on: set[int] = set()
    seen: set[Block] = set()
    last = line = -1
    for place, at in enumerate(words):
        if lines[at] < 0:
            continue
        if lines[at] != line:
            line = lines[at]
            block = based.block_at(new.old[at])
            # Where its first lines went, others that were put in there may have taken their place.
            if block not in seen and (last >= 0 or based.begins(line)):
                going_on.update(words[last + 1 : place + 1])
            seen.add(block)
        last = place
    return going_on - set(words[:1])


def _olds(new: Rewritten, lines: Sequence[int], first: int, last: int) -> dict[int, int]:
    letters = (at for at in range(first, last) if lines[at] >= 0 and not new.text[at].isspace())
    return dict(Counter(lines[at] for at in letters))
