"""The names people use for things: labels of lines, ids of comments and proposals, keys."""

from __future__ import annotations

import re

from tracker.errors import BadInput, NotFound
from tracker.exchange import rules

_LABEL = re.compile(r"(0|[1-9]\d*)([a-z]*)")


def comment_id(text: str) -> int:
    """Return the number of a comment named ``C4``. Raises NotFound if it is no such name."""
    return _numbered(text, "C", "comment", "tracker comment list")


def proposal_id(text: str) -> int:
    """Return the number of a proposal named ``P3``. Raises NotFound if it is no such name."""
    return _numbered(text, "P", "proposal", "tracker proposal list")


def entry_number(text: str) -> int:
    """Return the number of an entry named ``@7``. Raises NotFound if it is no such name."""
    found = re.fullmatch(r"@([1-9]\d{0,14})", text.strip())
    if not found:
        raise NotFound(f"{text!r} is no entry", "entries are named @1, @2, …: tracker log")
    return int(found[1])


def change_id(text: str) -> tuple[int, int | None]:
    """Return the numbers of a proposal and of its change: ``P2.1``; of a whole one, ``P2``, none.

    Raises NotFound if it is no such name.
    """
    proposal, dot, change = text.strip().partition(".")
    if not dot:
        return proposal_id(text), None
    if not re.fullmatch(r"[1-9]\d{0,8}", change):
        raise NotFound(
            f"{text!r} is no change of a proposal",
            "they are named P2.1, P2.2: tracker proposal show",
        )
    return proposal_id(proposal), int(change)


def is_change(text: str) -> bool:
    """Return whether something is named like a proposal or its change, not like a line."""
    return text[:1] in ("P", "p")


def _numbered(text: str, letter: str, noun: str, where: str) -> int:
    found = re.fullmatch(rf"{letter}([1-9]\d{{0,15}})", text.strip(), re.IGNORECASE)
    if not found:
        raise NotFound(
            f"{text!r} is no {noun}", f"{noun}s are named {letter}1, {letter}2, …: {where}"
        )
    return int(found[1])


def check_key(key: str, noun: str) -> str:
    """Return a key that people will type. Raises BadInput if it could be read as something else."""
    fault = rules.key_fault(key)
    if fault is not None:
        raise BadInput(f"{key!r} {fault}", f"choose another for the {noun}, such as july-2021")
    return key


def is_label(text: str) -> bool:
    """Return whether a text has the form of a line's label: ``12``, ``12a``, ``0a``."""
    return rules.label_fault(text) is None


def next_label(predecessor: str, taken: set[str]) -> str:
    """Return the label of a line inserted after one: its number and the next free suffix.

    ``taken`` holds every label the document ever gave; before the first line comes ``0``.
    """
    found = _LABEL.fullmatch(predecessor)
    number = found[1] if found else predecessor
    suffix = 1
    while (label := number + _letters(suffix)) in taken:
        suffix += 1
    return label


def _letters(number: int) -> str:
    """Return a, b, … z, aa, ab, … for 1, 2, … in turn."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters
