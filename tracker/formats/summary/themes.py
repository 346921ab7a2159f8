"""What a part of a summary is about: its heading, or what a sentence announces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tracker.formats.summary.passages import Cut
from tracker.text.likeness import terms

_LONGEST = 80
_STEM = 4
_MOST = 12
_LONGEST_TITLE = 250
_FINISHED = tuple(".!?…:;,。！？：；、")
_TITLE = re.compile(
    r"\b(?:summary|report|minutes|notes|proceedings|workshop|meeting|conference)\b"
    r"|要旨|概要|議事|報告|会議|会合|ワークショップ",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|final|last)\b.*"
    r"\b(?:workshop|meeting|session|conference|roundtable|round)\b"
    r"|\b(?:workshop|meeting|session|round)\s+(?:\d+|[IVX]+|one|two|three)\b"
    r"|第[一二三四五六七八九十\d]+回",
    re.IGNORECASE,
)


def title_of(passages: Sequence[Cut]) -> tuple[str | None, int]:
    """Return the title of a summary, and how many passages stand before its first words."""
    heads: list[str] = []
    for passage in passages:
        is_title = len(passage.text) <= _LONGEST_TITLE and _TITLE.search(passage.text)
        if not passage.heading and not (is_title and not passage.text.endswith(_FINISHED)):
            break
        heads.append(passage.text)
    if not heads:
        return None, 0
    # The last one may be the first theme's.
    named = [head for head in heads if _TITLE.search(head)]
    return (named or heads)[0], heads.index(named[-1]) + 1 if named else 1


def is_meeting(heading: str) -> bool:
    """Say whether a heading names one of several meetings."""
    return _MEETING.search(heading) is not None


def topics(passages: Sequence[Cut], skipped: int) -> list[str | None]:
    """Return the topic of each passage, none where it has none.

    A heading gives its own; where parts are told by wider gaps alone, a sentence that lists the
    topics does, in their order. ``skipped`` headings are the title's.
    """
    found: list[str | None] = []
    current: str | None = None
    waiting: list[str] = []
    for number, passage in enumerate(passages):
        if passage.begins and number >= skipped:
            current = None
            if passage.heading:
                current = None if is_meeting(passage.text) else passage.text.rstrip(":：")
            elif waiting and (at := _announced(waiting, _part(passages, number))) is not None:
                current = waiting[at]
                del waiting[: at + 1]
        if not passage.heading and (listed := _listed(passage.text)):
            waiting = listed
        found.append(current)
    return found


def _part(passages: Sequence[Cut], start: int) -> str:
    """Return the words of the part that begins at a passage."""
    words = [passages[start].text]
    for passage in passages[start + 1 :]:
        if passage.begins or len(words) >= _MOST:
            break
        words.append(passage.text)
    return " ".join(words)


def _announced(waiting: Sequence[str], part: str) -> int | None:
    """Return which of the topics still to come a part is about: the first that it names."""
    there = set(terms(part))
    for at, topic in enumerate(waiting):
        wanted = [term for term in terms(topic) if len(term) >= _STEM or not term.isascii()]
        if wanted and 2 * sum(term in there for term in wanted) >= len(wanted):
            return at
    return None


def _listed(text: str) -> list[str]:
    """Return the topics that a sentence lists: “Three topics were covered: A, B, and C.”."""
    for pattern in _lists():
        found = pattern.search(text)
        if found:
            names = [name.strip() for name in _COMMAS.split(found["list"])]
            named = [name[:1].upper() + name[1:] for name in names if name]
            if 1 < len(named) <= _MOST and all(len(name) <= _LONGEST for name in named):
                return named
    return []


_COMMAS = re.compile(r"\s*[,;、，；]\s*(?:and\s+|および|及び)?|\s+and\s+|および|及び")


@cache
def _lists() -> tuple[re.Pattern[str], ...]:
    nouns = "topics|themes|issues|subjects|areas|questions|points|items"
    return (
        re.compile(
            rf"\b(?:{nouns})\b[^.:;“”]{{0,80}}:\s*(?P<list>[^.:“”]{{5,400}}?)\.(?=\s|\Z)",
            re.IGNORECASE,
        ),
        re.compile(
            r"(?:議題|テーマ|論点)[^。：]{0,20}[：は](?P<list>[^。：「」]{3,200}?)(?:の[三３3二２2四]つ)?(?:で|。)"
        ),
    )


def parts_of(passages: Sequence[Cut]) -> Iterator[int]:
    """Yield the number of the part that each passage belongs to."""
    part = 0
    for passage in passages:
        part += passage.begins
        yield part
