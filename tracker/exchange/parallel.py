"""How a text in another language is paired with the authentic one."""

from __future__ import annotations

from typing import NamedTuple


class Paired(NamedTuple):
    """Neighbouring lines of a draft, by their places from 0, and the labels that they render.

    Several lines are one wording. One side of it is empty where there is no partner. ``score`` is
    from 0 to 1, none where a person said so.
    """

    labels: tuple[str, ...]
    places: tuple[int, ...]
    score: float | None = None
    doubtful: bool = False


class Source(NamedTuple):
    """An authentic line, as it is shown beside what renders it."""

    label: str
    text: str
