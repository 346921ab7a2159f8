"""What is true of text alone: lines, redlines, anchors, merges. Usable without the rest.

Nothing here reads a clock or the environment; all offsets are Unicode code points, half open.
``diff`` is the function: it is bound here, before anyone can import the module of that name. What
daily commands do not need is loaded when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tracker.text.anchor import Quote, locate, nearest, occurrences, quote_at
from tracker.text.diff import Diff, Op, diff
from tracker.text.follow import Carried, follow

if TYPE_CHECKING:
    from tracker.text.aligning import Match, align
    from tracker.text.carrying import carry
    from tracker.text.collision import collide
    from tracker.text.merging import Conflict, Merge, merge
    from tracker.text.segmenting import Segment, segment
    from tracker.text.standing import unchanged
    from tracker.text.terms import search_terms

__all__ = [
    "Carried",
    "Conflict",
    "Diff",
    "Match",
    "Merge",
    "Op",
    "Quote",
    "Segment",
    "align",
    "carry",
    "collide",
    "diff",
    "follow",
    "locate",
    "merge",
    "nearest",
    "occurrences",
    "quote_at",
    "search_terms",
    "segment",
    "unchanged",
]

_LATER = {
    **dict.fromkeys(("Match", "align"), "aligning"),
    "carry": "carrying",
    **dict.fromkeys(("Conflict", "Merge", "merge"), "merging"),
    **dict.fromkeys(("Segment", "segment"), "segmenting"),
    "collide": "collision",
    "search_terms": "terms",
    "unchanged": "standing",
}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
