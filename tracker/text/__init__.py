"""What is true of text alone: words, redlines, anchors, collisions. Usable without the rest.

Nothing here reads a clock or the environment; all offsets are Unicode code points, half open.
``diff`` is the function: it is bound here, before anyone can import the module of that name.
"""

from tracker.text.anchor import Quote, locate, nearest, occurrences, quote_at
from tracker.text.collision import collide
from tracker.text.diff import Diff, Op, diff
from tracker.text.follow import Carried, follow

__all__ = [
    "Carried",
    "Diff",
    "Op",
    "Quote",
    "collide",
    "diff",
    "follow",
    "locate",
    "nearest",
    "occurrences",
    "quote_at",
]
