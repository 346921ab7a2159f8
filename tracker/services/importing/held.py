"""The meeting that a summary is of: one that is stored, or a new one with what the summary says."""

from __future__ import annotations

import re
from collections.abc import Collection

from tracker.errors import BadInput
from tracker.exchange import rules
from tracker.exchange.record import Meeting
from tracker.exchange.summary import Summary
from tracker.services import meetings
from tracker.services.snapshot import Snapshot

_KEYED = re.compile(r"(?P<key>[^\s:：]*\d[^\s:：]*)\s*(?:[:：]\s*(?P<name>.+))?")
_USUAL = "W"


def held_at(snapshot: Snapshot, summary: Summary, at: str) -> tuple[Meeting, tuple[str, ...]]:
    """Return the meeting that is named by its key, its name, or as in notes (``W2: Second``).

    Of a stored one the key, the name and its topics are given, of a new one what the summary tells,
    with remarks on it. Raises BadInput for a key that is none.
    """
    known = meetings.all_meetings(snapshot.connection)
    keyed = _KEYED.fullmatch(at.strip())
    key, name = (keyed["key"], keyed["name"]) if keyed else (None, at.strip())
    for held in known:
        if held.key == key or (key is None and held.name.casefold() == (name or "").casefold()):
            return Meeting(id=held.key, name=held.name, topics=held.topics), ()
    wrong = rules.key_fault(key) if key is not None else rules.line_fault(name or "")
    if wrong:
        raise BadInput(f"{at!r} {wrong}", "name a meeting: --meeting 'W2: Second Workshop'")
    remarks = [f"check: the meeting {key or at!r} is not in the store yet"]
    if key is None:
        key = _next_key({held.key for held in known})
    if not name:
        name = " ".join((summary.title or key).split())
        remarks.append("check: its name is the summary's title")
    if summary.date is not None:
        remarks.append("check: the date is the first one in the summary")
    return Meeting(id=key, name=name, date=summary.date), tuple(remarks)


def _next_key(taken: Collection[str]) -> str:
    number = len(taken) + 1
    while f"{_USUAL}{number}" in taken:
        number += 1
    return f"{_USUAL}{number}"
