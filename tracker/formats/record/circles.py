"""Finding what leads round in a circle: replies, and lines that stand behind one another."""

from __future__ import annotations

from collections.abc import Mapping


def circling(parents: Mapping[str, str | None]) -> set[str]:
    """Return the names from which one never comes to an end, in time linear in their number."""
    done: set[str] = set()
    found: set[str] = set()
    for start in parents:
        seen: dict[str, None] = {}
        above: str | None = start
        while above is not None and above not in seen and above not in done:
            seen[above] = None
            above = parents.get(above)
        if above is not None and (above in seen or above in found):
            found.update(seen)
        done.update(seen)
    return found
