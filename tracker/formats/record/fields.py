"""What must hold of each single value of a record, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any

from tracker.exchange import rules
from tracker.exchange.record import Comment, Proposal, ProposedChange, Record
from tracker.formats.record.fault import Fault, Path

Rule = Callable[[str], str | None]


def _sha256(text: str) -> str | None:
    well = len(text) == 64 and set(text) <= set("0123456789abcdef")
    return None if well else "is no SHA-256: 64 hexadecimal digits in small letters"


def _header(text: str) -> str | None:
    """The journal's own words, which cannot be sealed: short, and on one line."""
    if len(text) > 200 or not text.isprintable():
        return "must be at most 200 characters on one line"
    return None


_RULES: dict[str, Rule] = {
    "id": rules.key_fault,
    "key": rules.key_fault,
    "date": rules.date_fault,
    "since": rules.date_fault,
    "at": rules.time_fault,
    "label": rules.label_fault,
    "split_from": rules.label_fault,
    "into": rules.label_fault,
    "due": rules.date_fault,
    "proposal": rules.proposal_fault,
    "amends": rules.proposed_fault,
    "votes": rules.votes_fault,
    "language": rules.language_fault,
    "sha256": _sha256,
    **dict.fromkeys(
        ("authors", "by", "file", "hosts", "name", "place", "publisher", "to"), rules.line_fault
    ),
    **dict.fromkeys(("proposer", "side", "speaker", "title", "topic", "topics"), rules.line_fault),
    **dict.fromkeys(("author", "command", "summary"), _header),
    # These may be empty, and white space is what they are for.
    "markup": rules.characters_fault,
    "gap": rules.characters_fault,
    "trail": rules.characters_fault,
}
"""By the name of the field; any other text must not be empty, too long or broken."""

_OWN: dict[tuple[type, str], Rule] = {
    # Its form depends on the file: see comments.py.
    (Comment, "id"): rules.text_fault,
    (Proposal, "id"): rules.proposal_fault,
    # When it was said or made: its file may say at what time of the day.
    (Comment, "date"): rules.moment_fault,
    (ProposedChange, "date"): rules.moment_fault,
    (ProposedChange, "sources"): rules.proposed_fault,
}

_RANGES = {
    "level": (1, 9),
    "start": (0, rules.LONGEST),
    "end": (0, rules.LONGEST),
    "meetings_planned": (0, rules.HIGHEST),
}
"""By the name of the field; any other number counts from 1."""


def field_faults(record: Record) -> Iterator[Fault]:
    """Yield a fault for each value that could not be stored."""
    yield from _of_part((), record)


def _of_part(path: Path, part: Any) -> Iterator[Fault]:
    kind: Any = type(part)
    for attribute, name, rule in _rules_of(kind):
        value = getattr(part, attribute)
        if value is not None and value != () and value is not False:
            yield from _of_value((*path, name), rule, value)


@cache
def _rules_of(kind: Any) -> tuple[tuple[str, str, Rule], ...]:
    return tuple(
        (
            field.name,
            "from" if field.name == "proposer" else field.name,
            _OWN.get((kind, field.name)) or _RULES.get(field.name) or rules.text_fault,
        )
        for field in fields(kind)
    )


def _of_value(path: Path, rule: Rule, value: Any) -> Iterator[Fault]:
    if isinstance(value, str):
        wrong = rule(value)
        if wrong:
            yield Fault(path, wrong, value)
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _of_value((*path, place), rule, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _of_value((*path, key), rule, item)
    elif isinstance(value, int):
        low, high = _RANGES.get(str(path[-1]), (1, rules.HIGHEST))
        if not low <= value <= high:
            yield Fault(path, f"must be a number from {low} to {high:,}", str(value))
    else:
        yield from _of_part(path, value)
