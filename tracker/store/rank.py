"""Rank keys: text that orders lines, with room for more between any two.

Keys are fractions in base 62 without their point, so a key can be made between any two others
without touching them (fractional indexing, D. Greenspan, "Implementing fractional indexing", 2017).
A run of new lines gets evenly spread keys, so that one long insertion does not use up the room.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""In the order of their code points, so that keys sort as plain text."""
LONGEST = 64
"""A key longer than this is a sign that its neighbours should be spread again."""

_NEIGHBOURS = 50
_BASE = len(DIGITS)
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def spread(after: str | None, before: str | None, count: int) -> list[str]:
    """Return ``count`` keys in order, evenly spread between two keys; None is the open end.

    Raises ValueError if one is no key, or ``after`` does not sort before ``before``.
    """
    width = max(len(after or ""), len(before or ""), 1)
    # Compared as numbers: there is no room between A and A0, though they sort as text.
    if _number(after or "", width) >= _number(before, width):
        raise ValueError(f"{after!r} does not sort before {before!r}")
    while (span := _number(before, width) - (first := _number(after or "", width))) <= count:
        width += 1
    return [_text(first + span * place // (count + 1), width) for place in range(1, count + 1)]


def arrange(keys: Sequence[str | None]) -> list[str]:
    """Return keys in rising order for items of which some have a key and some have none yet.

    As many keep theirs as can: a longest rising subsequence of them (Craige Schensted, "Longest
    increasing and decreasing subsequences", 1961). Where keys would grow too long, as many
    neighbours get new ones as it takes to have short ones.
    """
    arranged: list[str | None] = [None] * len(keys)
    for place in rising(keys):
        arranged[place] = keys[place]
    _fill(arranged, 0, len(keys))
    made = [place for place, key in enumerate(arranged) if key != keys[place]]
    for place in made:
        if len(arranged[place] or "") > LONGEST:
            _spread_again(arranged, place)
    return [key or "" for key in arranged]


def rising(keys: Sequence[Any]) -> list[int]:
    """Return the places of a longest rising subsequence of the keys that are there."""
    ends: list[Any] = []
    places: list[int] = []
    before: dict[int, int | None] = {}
    for place, key in enumerate(keys):
        if key is None:
            continue
        length = bisect_left(ends, key)
        before[place] = places[length - 1] if length else None
        if length == len(ends):
            ends.append(key)
            places.append(place)
        else:
            ends[length], places[length] = key, place
    found: list[int] = []
    at = places[-1] if places else None
    while at is not None:
        found.append(at)
        at = before[at]
    return found[::-1]


def _fill(keys: list[str | None], start: int, end: int) -> None:
    """Give keys to the items of a stretch that have none, evenly between those that have."""
    low = keys[start - 1] if start else None
    first = start
    for place in range(start, end + 1):
        key = keys[place] if place < len(keys) else None
        if place == end or key is not None:
            if first < place:
                keys[first:place] = spread(low, key, place - first)
            low, first = key, place + 1


def _spread_again(keys: list[str | None], place: int) -> None:
    count = _NEIGHBOURS
    while True:
        start, end = max(0, place - count), min(len(keys), place + count + 1)
        keys[start:end] = [None] * (end - start)
        _fill(keys, start, end)
        is_whole = start == 0 and end == len(keys)
        if is_whole or max(len(key or "") for key in keys[start:end]) <= LONGEST // 2:
            return
        count *= 4


def _number(key: str | None, width: int) -> int:
    if key is None:
        return int(_BASE**width)
    if not _VALUE.keys() >= set(key):
        raise ValueError(f"{key!r} is no rank key")
    number = 0
    for digit in key.ljust(width, DIGITS[0]):
        number = number * _BASE + _VALUE[digit]
    return number


def _text(number: int, width: int) -> str:
    digits = []
    for _ in range(width):
        number, digit = divmod(number, _BASE)
        digits.append(DIGITS[digit])
    # Without trailing zeros there is always room below a key.
    return "".join(reversed(digits)).rstrip(DIGITS[0])
