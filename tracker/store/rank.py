"""Rank keys: text that orders lines, with room for more between any two.

Keys are fractions in base 62 without their point, so a key can be made between any two others
without touching them (fractional indexing, D. Greenspan, "Implementing fractional indexing", 2017).
A run of new lines gets evenly spread keys, so that one long insertion does not use up the room.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""In the order of their code points, so that keys sort as plain text."""
LONGEST = 64
"""A key longer than this is a sign that its neighbours should be spread again."""

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
