"""The order of lines while a record's changes are replayed."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.errors import BadInput
from tracker.store.rank import spread


class Order:
    """Lines in order with their ranks; each change moves some, adds some, takes some out."""

    def __init__(self) -> None:
        self._lines: list[int] = []
        self._ranks: dict[int, str] = {}

    def apply(self, after: Mapping[int, int | None], removed: set[int]) -> dict[int, str]:
        """Place each line behind the one ``after`` names (none: first); return the new ranks.

        Raises BadInput for lines that stand behind one another in a circle, or behind one that
        does not stand.
        """
        kept = [line for line in self._lines if line not in after and line not in removed]
        followers: dict[int | None, list[int]] = {}
        for line, before in after.items():
            followers.setdefault(before, []).append(line)
        order: list[int] = []
        for anchor in (None, *kept):
            if anchor is not None:
                order.append(anchor)
            waiting = list(reversed(followers.get(anchor, [])))
            while waiting:
                line = waiting.pop()
                order.append(line)
                waiting.extend(reversed(followers.get(line, [])))
        if len(order) != len(kept) + len(after):
            raise BadInput(
                "some lines stand behind one another in a circle, or behind a line that is gone",
                "look at the “after” of the places",
            )
        return self._ranked(order, set(after))

    def _ranked(self, order: list[int], new: set[int]) -> dict[int, str]:
        given: dict[int, str] = {}
        low: str | None = None
        run: list[int] = []
        for line in (*order, None):
            if line is not None and line in new:
                run.append(line)
                continue
            high = self._ranks[line] if line is not None else None
            if run:
                given.update(zip(run, spread(low, high, len(run)), strict=True))
                run = []
            low = high
        self._lines = order
        self._ranks.update(given)
        return given
