"""The headings of notes: the meeting, and the lines or the topic that comments are on."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tracker.exchange import rules
from tracker.formats.notes import words

_MEETING = re.compile(
    r"(?:Meeting\s+|会議\s*|会合\s*)(?P<key>[^\s:：]+)(?:\s*[:：]\s*(?P<name>.*))?", re.IGNORECASE
)
_LABEL = r"(?:0[a-z]+|[1-9]\d*[a-z]*)"
_LABELS = rf"{_LABEL}(?:\s*(?:[,，、・&]|and|と)\s*{_LABEL})*"
_LINES = re.compile(
    rf"(?:(?:Lines?\s*|行\s*)(?P<a>{_LABELS})|第?\s*(?P<b>{_LABELS})\s*行目?|(?P<c>{_LABELS}))"
    r"(?:\s*[:：].*)?",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:Topic\s*[:：]?\s+|Topic[:：]|議題\s*[:：]?\s*)(?P<name>\S.*)", re.IGNORECASE
)
_DATE = re.compile(r"(\d{4})\s*[年/.-]\s*(?:(\d{1,2})\s*[月/.-]?\s*(?:(\d{1,2})\s*日?)?)?")


class Place(NamedTuple):
    """What a heading says that comments are on: lines, a topic, or neither, the whole."""

    lines: tuple[str, ...] = ()
    topic: str | None = None


def meeting_of(text: str) -> tuple[str, str] | None:
    """Return the key and the name of the meeting that a heading names; the name may be empty."""
    found = _MEETING.fullmatch(text)
    if found is None:
        return None
    return unicodedata.normalize("NFKC", found["key"]), (found["name"] or "").strip()


def place_of(text: str) -> Place | None:
    """Return what a heading says that comments are on; none if it says neither."""
    plain = unicodedata.normalize("NFKC", text)
    if words.plain_word(plain) in words.WHOLE:
        return Place()
    found = _LINES.fullmatch(plain)
    if found:
        labels = re.findall(_LABEL, found["a"] or found["b"] or found["c"])
        return Place(lines=tuple(dict.fromkeys(labels)))
    named = _TOPIC.fullmatch(text)
    return Place(topic=named["name"].strip()) if named else None


def date_of(text: str) -> str:
    """Return a date as it is stored, where it is written so: 2022/3/15, 2022年3月15日."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(plain)
    if found is None or rules.date_fault(plain) is None:
        return plain
    return "-".join(part.rjust(2, "0") for part in found.groups() if part)
