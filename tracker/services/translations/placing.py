"""Where a line that renders another stands in its own text: behind what renders the one before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.services.joints import Joint
from tracker.services.lines import Line


class Spot(NamedTuple):
    """The id of the line to stand behind, none at the start, and what joins a line to it."""

    behind: int | None
    joint: Joint


def spot(authentic: Sequence[Line], at: int, by_original: Mapping[int, int]) -> Spot:
    """Return where the line that renders an authentic one stands; ``at`` is the place of that.

    It is behind what renders the nearest line before it; ``by_original`` tells what that is. It
    goes on in a paragraph of which something is translated; otherwise it begins one, as the
    authentic paragraph begins.
    """
    begins = authentic[at]
    within = begins.block == "inline"
    for each in (authentic[place] for place in range(at - 1, -1, -1)):
        found = by_original.get(each.id)
        if found is not None:
            return Spot(found, Joint("inline") if within else Joint(begins.block, begins.markup))
        if within:
            begins = each
            within = each.block == "inline"
    return Spot(None, Joint("paragraph", begins.markup))
