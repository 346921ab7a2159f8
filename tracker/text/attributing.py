"""Which words of a text came with which of its versions."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from tracker.text.diff import Diff
from tracker.text.follow import finer

Mark = TypeVar("Mark")


class Passage(NamedTuple):
    """A passage from one code point to before another."""

    start: int
    end: int


def attribute(marks: Sequence[Mark], changed: Diff, new: Mark) -> list[Mark]:
    """Return a mark for each code point of the new text of a diff.

    What the old text has too keeps its mark (``marks`` are those of the old text's code points),
    what is written anew has ``new``.
    """
    found: list[Mark] = []
    position = 0
    for op in finer(changed.ops):
        was = op.old
        if op.kind == "equal":
            own = marks[position : position + len(was)]
            # Spelled with other code points it has as many marks as it now has code points.
            found += own if len(op.text) == len(was) else [own[0]] * len(op.text)
        elif op.kind == "insert":
            found += [new] * len(op.text)
        position += len(was)
    return found


def passages(text: str, marks: Sequence[Mark]) -> list[tuple[Passage, Mark]]:
    """Return the passages of a text that have one mark each; a space goes with the word before."""
    smooth = list(marks)
    for place, sign in enumerate(text):
        if place and sign.isspace():
            smooth[place] = smooth[place - 1]
    found: list[tuple[Passage, Mark]] = []
    start = 0
    for mark, run in groupby(smooth):
        end = start + len(list(run))
        found.append((Passage(start, end), mark))
        start = end
    return found
