"""The passages of a summary: paragraphs, items and headings, and where a part of it begins."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from tracker.text.segmenting import Segment, segment

_REMARK = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_RULE = re.compile(r"^[ \t]*([-*_=─━＊*])(?:[ \t]*\1){2,}[ \t]*$", re.MULTILINE)
# Tried once at each run of white space, however long it is.
_ROW_END = re.compile(r"(?<![^\S\r\n])[^\S\r\n]*(?:\r\n|\r|\n)[\s>]*")
# What a page was laid out with; nobody says it.
_FILLING = re.compile(r"[^\S\r\n]{9,}")
# The share of the gaps that a usual one has.
_USUAL = 0.2
# Code and tables.
_NO_PROSE = ("```", "~~~", "|")
_FINISHED = tuple(".!?…。！？:;,：；、，")
_CLOSED = tuple("”’\"'」』)）")
_BOLD = re.compile(r"(\*\*|__|\*|_)(.+)\1")
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[IVX]{1,5})[.)]\s*\Z")
_FACT = re.compile(r"(?:date|time|place|venue|present|participants|attendees)\s*:", re.IGNORECASE)
_LONGEST_HEADING = 12
"""Words; a Japanese heading has as many characters for each as an English word has."""
_LETTERS = 7
_WIDE = "\u2e80"


class Cut(NamedTuple):
    """A passage as it was cut: its row, from 1; whether an item, a heading, the begin of a part."""

    row: int
    text: str
    item: bool
    heading: bool
    begins: bool


def cut(text: str, language: str) -> list[Cut]:
    """Return the passages of a summary in order. Remarks between ``<!--`` and ``-->`` are none."""
    shown = _REMARK.sub(lambda remark: re.sub(r"[^\r\n]", " ", remark[0]), text)
    parts = [part for part in segment(shown, language=language, unit="paragraph") if part.text]
    usual = _usual_gap(parts)
    found: list[Cut] = []
    row = 1
    for number, part in enumerate(parts):
        row += _rows(part.lead)
        if part.text.startswith(_NO_PROSE):
            row += _rows(part.text)
            continue
        following = parts[number + 1] if number + 1 < len(parts) else None
        is_heading = _is_heading(part, following)
        begins = (
            not number
            or is_heading
            or _rows(part.lead) > usual
            or _RULE.search(part.lead) is not None
        )
        bold = _BOLD.fullmatch(part.text)
        words = bold[2] if bold and is_heading else part.text
        is_item = part.level is not None and not is_heading
        found.append(Cut(row, joined(words), is_item, is_heading, begins))
        row += _rows(part.text)
    return found


def joined(text: str) -> str:
    """Return a text on one row, wide gaps in it closed: Japanese goes on without a space."""
    rows = [row for row in _ROW_END.split(_FILLING.sub(" ", text)) if row]
    for before, after in pairwise(rows):
        if before[-1] >= _WIDE and after[0] >= _WIDE:
            break
    else:
        return " ".join(rows).strip()
    made = rows[0]
    for row in rows[1:]:
        made += row if made[-1] >= _WIDE and row[0] >= _WIDE else f" {row}"
    return made.strip()


def _rows(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")


def _usual_gap(parts: list[Segment]) -> int:
    """Return how many row ends usually stand between two paragraphs: the fewest that are usual."""
    gaps = [_rows(part.lead) for part in parts[1:] if part.level is None]
    usual = [gap for gap, count in Counter(gaps).items() if count >= _USUAL * len(gaps)]
    return max(2, min(usual, default=2))


def _is_heading(part: Segment, following: Segment | None) -> bool:
    """Say whether a passage is a heading: marked as one, or short, alone and not a sentence."""
    if part.kind == "heading":
        return True
    words = part.text.strip("*_ ")
    is_numbered = _NUMBER.search(part.lead) is not None
    if part.level is not None and not is_numbered:
        return False
    if following is None or (is_numbered and _NUMBER.search(following.lead)):
        return False
    if (
        "：" in words
        or _FACT.match(words)
        or words.endswith(_FINISHED)
        or "\n" in words
        or _rows(following.lead) < 1
    ):
        return False
    if words.endswith(_CLOSED) and not words.startswith(tuple('“"‘「『(（')):
        return False
    size = len(words) / 2 if words[:1] >= _WIDE else len(words) / _LETTERS
    return size <= _LONGEST_HEADING * 1.5 and len(words.split()) <= _LONGEST_HEADING * 2
