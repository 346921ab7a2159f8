"""Two revisions of one text made into one, or what stands in the way.

Every change of either side is in the merged text or in a conflict, once. What collides is decided
in :mod:`tracker.text.collision`: ``collide`` says whether a merge has conflicts.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.text.changes import Cells, Span
from tracker.text.collision import Region, regions


class Conflict(NamedTuple):
    """A passage that both sides changed, in whole words: what the base and either side have there.

    Each may be empty: nothing was there, or a side deleted it.
    """

    base: str
    ours: str
    theirs: str


class Merge(NamedTuple):
    """Two revisions as one text: in order, what is settled, and the conflicts.

    No part is empty text, and no two neighbours are text.
    """

    parts: tuple[str | Conflict, ...]

    @property
    def text(self) -> str | None:
        """The merged text; None if there is a conflict."""
        return None if self.conflicts else self.resolve(())

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What has to be decided, in the order of the text."""
        return tuple(part for part in self.parts if isinstance(part, Conflict))

    def resolve(self, texts: Sequence[str]) -> str:
        """Return the text with one of the texts given in the place of each conflict, in order.

        ValueError if they are not as many as the conflicts.
        """
        if len(texts) != len(self.conflicts):
            raise ValueError(f"{len(texts)} texts for {len(self.conflicts)} conflicts")
        waiting = iter(texts)
        return "".join(next(waiting) if isinstance(part, Conflict) else part for part in self.parts)


def merge(base: str, ours: str, theirs: str) -> Merge:
    """Merge what two sides made of a text; the sides are equal, and swapping them swaps no more.

    Each side's changes are kept code point for code point. Where a side only spells a word with
    other code points (``が`` as one or two), that is no change and collides with nothing: its
    spelling is kept if the word stands; of two new spellings the first in code point order.
    """
    if ours == theirs or base in (ours, theirs):
        text = theirs if base == ours else ours
        return Merge((text,) if text else ())
    cells = Cells(base), Cells(ours), Cells(theirs)
    parts: list[str | Conflict] = []
    settled: list[str] = []
    done = (0, 0, 0)
    ends = [(len(one.parts),) * 2 for one in cells]
    last = Region(ends[0], ends[1], ends[2], "both alike")
    for region in [*regions(*cells), last]:
        spans = region[:3]
        kept = [(start, span[0]) for start, span in zip(done, spans, strict=True)]
        settled.append(_spelled(cells, kept))
        was, one, other = (side.text(span) for side, span in zip(cells, spans, strict=True))
        if region.changed == "conflict":
            if text := "".join(settled):
                parts.append(text)
            settled = []
            parts.append(Conflict(was, one, other))
        elif region.changed == "both alike":
            settled.append(min(one, other))
        else:
            settled.append(one if region.changed == "ours" else other)
        done = (spans[0][1], spans[1][1], spans[2][1])
    if text := "".join(settled):
        parts.append(text)
    return Merge(tuple(parts))


def _spelled(cells: tuple[Cells, Cells, Cells], spans: Sequence[Span]) -> str:
    """Return a passage that all have, in the spelling of the side that spelled it anew."""
    was, one, other = (side.text(span) for side, span in zip(cells, spans, strict=True))
    if was in (one, other) or one == other:
        return other if was == one else one
    parts = (side.parts[start:end] for side, (start, end) in zip(cells, spans, strict=True))
    return "".join(
        (other if was == one else one) if was in (one, other) else min(one, other)
        for was, one, other in zip(*parts, strict=True)
    )
