"""What is typed at the projector: a letter, then the names it is about, then other words."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.errors import UsageError

KEYS = {
    "a": "adopt",
    "m": "amend",
    "r": "reject",
    "d": "defer",
    "g": "agree",
    "f": "agree ad referendum",
    "c": "comments",
    "h": "how",
    "v": "advice",
    "n": "next",
    "b": "back",
    "u": "undo",
    "q": "quit",
}
"""The letter of each command, and the word it stands for; either may be typed."""
_NAME = re.compile(r"[CP][1-9]\d{0,8}(\.[1-9]\d{0,8})?|[1-9]\d{0,2}", re.IGNORECASE)


class Typed(NamedTuple):
    """A command by its letter, the names it is about (P2, C4, 1), and the words that follow."""

    key: str
    names: tuple[str, ...]
    words: str


def read(line: str) -> Typed:
    """Return what a typed line says; an empty line has no key. Raises UsageError for no command."""
    parts = line.replace(",", " ").split()
    if not parts:
        return Typed("", (), "")
    word = parts[0].lower()
    key = next((key for key, name in KEYS.items() if word in (key, name)), None)
    if key is None:
        listed = ", ".join(f"{key} {name}" for key, name in KEYS.items())
        raise UsageError(f"{parts[0]!r} is no key", f"keys: {listed}")
    rest = parts[1:]
    names = []
    while rest and _NAME.fullmatch(rest[0]):
        names.append(rest.pop(0).upper())
    return Typed(key, tuple(names), " ".join(rest))
