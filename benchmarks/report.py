"""A benchmark's figures, ours beside the peers', and whether each is where it should be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of a table.

    ``limit`` says in words what ours should reach ("at least 98.0"; "" where nothing was asked),
    ``met`` whether it does. ``peers`` are (name, figure), "missing" for what is not installed.
    """

    what: str
    ours: str
    limit: str = ""
    met: bool | None = None
    peers: tuple[tuple[str, str], ...] = ()


def show(title: str, figures: Iterable[Figure]) -> bool:
    """Print a table as each figure becomes known; return whether all that was asked is reached."""
    print(f"\n{title}\n{'':-<100}", flush=True)
    all_met = True
    for figure in figures:
        verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
        print(f"{figure.what:<52}{figure.ours:>14}  {figure.limit:<20} {verdict}", flush=True)
        for name, value in figure.peers:
            print(f"    {name:<48}{value:>14}", flush=True)
        all_met = all_met and figure.met is not False
    return all_met
