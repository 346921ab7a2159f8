"""Minutes that set the speaker before a colon: “Mr. Sato: It is too long.”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tracker.exchange.summary import Doubt
from tracker.formats.summary import japanese, meaning, speakers, statements_japanese
from tracker.formats.summary.words import Said
from tracker.text.japanese import has_japanese
from tracker.text.quotations import quotations

_LABEL = re.compile(
    r"[*_○●◯・\s]*(?P<who>[^\W\d_][^:：。!?“”\"「『()（）\[\]]{0,60}?)[*_]*\s*"
    r"(?:[(（\[](?P<side>[^()（）\[\]:：]{1,40})[)）\]])?[*_]*\s*[:：][*_]*\s*(?P<said>\S.*)",
    re.DOTALL,
)
_BEHIND = re.compile(
    r"(?P<said>(?:“[^“”]+”|\"[^\"]+\"|‘[^‘’]+’|「[^「」]+」))\s*"
    r"(?:[–—-]+\s*(?P<who>\w[^()“”\"–—]{1,60})|[(（](?P<in>\w[^()（）]{1,60})[)）])\.?"
)
_NAME = re.compile(r"(?:[A-Z][\w’'.-]*|[A-Z]\.)(?:\s+(?:[A-Z][\w’'.-]*|[A-Z]\.)){0,3}")
_NO_SPEAKER = (
    "date|time|place|venue|location|participants|attendees|present|absent|agenda|"
    "topic|topics|subject|note|notes|source|sources|conclusion|conclusions|summary|"
    "action|actions|decision|decisions|line|lines|meeting|re|to|from|cc|"
    "background|purpose|result|results|example|recommendation|recommendations|theme|"
    "themes|issue|issues|item|items|title|author|authors|chair’s|members|speakers"
)
# Behind these stand names, unless it is a sentence.
_PRESENT = re.compile("(?:出席|欠席|参加|傍聴)(?:者|委員|議員|メンバー)|司会者?")
_OFTEN = 2
_JAPANESE = re.compile(rf"[^\s、。]{{0,20}}(?:{japanese.PEOPLE}|議員)")
_NAME_ONLY = Doubt("check", "is this a speaker, or a caption?")


class Labelled(NamedTuple):
    """A passage that begins with a speaker: what is before the colon, and what behind it."""

    who: str
    side: str | None
    said: str
    start: int
    sure: bool


def labelled(passages: Sequence[str]) -> list[Labelled | None]:
    """Return for each passage who is set before it as its speaker, and what it says; else none.

    What looks like a name is one where several passages begin with such.
    """
    found = [_labelled(passage) for passage in passages]
    names = Counter(each.who for each in found if each and not each.sure)
    several = sum(names.values()) >= _OFTEN
    return [each if each and (each.sure or several) else None for each in found]


def _labelled(passage: str) -> Labelled | None:
    behind = _BEHIND.fullmatch(passage)
    if behind is not None:
        who = (behind["who"] or behind["in"]).strip(" .")
        return Labelled(who, None, behind["said"], behind.start("said"), True)
    found = _LABEL.fullmatch(passage)
    if found is None or found["who"].lower() in _NO_SPEAKER.split("|"):
        return None
    who = found["who"].strip()
    if _PRESENT.fullmatch(who) and not found["said"].rstrip().endswith(("。", "」")):
        return None
    sure = speakers.label(who) is not None or _JAPANESE.fullmatch(who) is not None
    if not sure and not _NAME.fullmatch(who):
        return None
    if not sure and (speakers.is_no_name(who) or len(found["said"].split()) < _OFTEN):
        return None
    return Labelled(who, found["side"], found["said"].strip(), found.start("said"), sure)


def statement(label: Labelled, end: int) -> Said:
    """Return what the speaker of a passage says: all of it, verbatim where it is quoted whole."""
    quoted = quotations(label.said)
    whole = len(quoted) == 1 and (quoted[0].start, quoted[0].end) == (0, len(label.said))
    said = quoted[0].text if whole else label.said
    kind, cue = (statements_japanese if has_japanese(said) else meaning).kind_of(said)
    doubts = [Doubt("likely", f"{kind} is told from “{cue}”")] if cue else []
    if not label.sure:
        doubts.append(_NAME_ONLY)
    return Said(label.start, end, label.who, label.who, said, kind, whole, doubts=tuple(doubts))
