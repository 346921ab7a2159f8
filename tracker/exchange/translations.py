"""The table that a translator works in: what is stale or missing, out and back in."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A passage: authentic lines and what renders them; ``new`` is for the translator to fill in.

    ``lines`` are the labels of the authentic lines, ``versions`` those that these had when the
    table was written, such as ``12:3``. ``number`` is the row's in a file that was read, from 1.
    """

    lines: tuple[str, ...]
    state: str
    versions: tuple[str, ...]
    original: str
    original_then: str
    translation: str
    new: str = ""
    number: int = 0


class Sheet(NamedTuple):
    """A table of one language."""

    language: str
    rows: tuple[Row, ...]
