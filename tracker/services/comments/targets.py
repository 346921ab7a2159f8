"""Where a comment is put: on lines, on words of one, a section, a gap, or on the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import BadInput, Refused
from tracker.services import lines
from tracker.services.anchors import Flag, next_ordinal, store_anchor
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry


class Target(NamedTuple):
    """Where a comment is to stand, as it is handed in; without ``labels`` on the whole.

    ``scope`` is ``line``, or the ``section`` that the line is in, or the ``gap`` after it.
    """

    labels: tuple[str, ...] = ()
    flag: Flag | None = None
    scope: str = "line"
    topic: str | None = None


class Spot(NamedTuple):
    """One place of a comment: a line that stands, and what of it is meant."""

    line: Line
    flag: Flag | None = None
    scope: str = "line"


def spots(snapshot: Snapshot, target: Target, hint: str) -> list[Spot]:
    """Return the places that a target names; none for the document as a whole.

    Raises BadInput, Refused or NotFound if they do not fit together, or a line does not stand.
    """
    labels = tuple(dict.fromkeys(target.labels))
    if target.flag is not None and len(labels) != 1:
        raise BadInput("flagged words stand in one line", "name the one line they stand in")
    if target.scope != "line" and (target.flag is not None or len(labels) != 1):
        raise BadInput(
            f"a {target.scope} is named by one line, and without words",
            f"name the one line: 3 --{target.scope}",
        )
    if labels and target.topic:
        raise BadInput(
            "a comment is on lines or has a topic, not both", "leave out --topic or the line"
        )
    found = [lines.standing(snapshot, label, hint) for label in labels]
    if target.scope == "section":
        found = [_heading_of(snapshot, found[0])]
    return [Spot(line, target.flag, target.scope) for line in found]


def _heading_of(snapshot: Snapshot, line: Line) -> Line:
    """Return the heading of the section that a line is in: itself, if it is one."""
    if line.kind == "heading":
        return line
    above: Line | None = None
    for other in lines.running_text(snapshot):
        if other.id == line.id:
            break
        if other.kind == "heading":
            above = other
    if above is None:
        raise Refused(
            f"line {line.label} stands under no heading",
            f"comment on the line itself, or on several: {line.label},…",
        )
    return above


def tie(entry: Entry, document: int, comment: int, places: Sequence[Spot]) -> None:
    """Tie a comment to places, as further ones than those it had before."""
    first = next_ordinal(entry, document, comment)
    for ordinal, spot in enumerate(places, first):
        store_anchor(entry, document, comment, ordinal, spot.line, spot.flag, spot.scope)
