"""What a comment says where it stands beside a text in a file: alike in every form.

A bubble in a word processor begins with a row that says whose it is, of what kind, and its number,
since people speak of comments by these; a comment in a text says those by its own signs, and begins
with the kind alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.exchange.review import Ruling, Said

_SEALED = "(sealed at the speaker's request)"
_GONE = "The words it flagged are gone: "
_BECAME = "→ "
_HEAD = re.compile(
    r"(?:[^\n]* · )?[a-z]+(?:, [a-z ]+ C\d+)? · C\d+\s|[A-Z][a-z]+(?:, [a-z ]+ C\d+)?: "
)
_ROW = re.compile(r"(?:[^\n]* · )?(C[1-9][0-9]{0,8})(?=\n|$)")
"""The first row of a bubble, for the number at its end."""
_DAY = len("2021-07-15")
_FEWEST = 12
"""Code points; fewer are at the end of many texts."""


def bubble(comment: Said) -> str:
    """Return what a comment says in a bubble: its head in a row, then the words."""
    head = " · ".join(filter(None, (comment.who, _kind(comment), comment.id)))
    return f"{head}\n{_words(comment)}"


def in_text(comment: Said) -> str:
    """Return what a comment says in a text: its kind, the words, and last what became of it."""
    kind = _kind(comment)
    became = f"\n{_BECAME}{ruled(comment.disposition)}" if comment.disposition else ""
    return f"{kind[:1].upper()}{kind[1:]}: {_words(comment)}{became}"


def number(written: str) -> str | None:
    """Return the id of the comment that a bubble was written for, if its first row tells one."""
    row = _ROW.match(written)
    return row[1] if row else None


def is_stub(written: str) -> bool:
    """Return whether it is what one of these wrote of a sealed comment: not its words."""
    rows = [row for row in written.split("\n") if not row.startswith(_BECAME)]
    return len(rows) <= 2 and rows[-1].endswith(_SEALED)


def says(written: str, said: str) -> bool:
    """Return whether what stands beside a text, as one of these wrote it, are the words ``said``.

    Programs may space it otherwise.
    """
    head = _HEAD.match(written)
    if head is None or len(said) < _FEWEST:
        return False
    rows = written[head.end() :].split("\n")
    while rows and rows[-1].startswith((_BECAME, _GONE)):
        rows.pop()
    told, wanted = (" ".join(text.split()).rstrip("”") for text in ("\n".join(rows), said))
    return told.endswith(wanted)


def ruled(ruling: Ruling) -> str:
    """Return a decision in a row: outcome, grounds and reason."""
    by = f"by {ruling.by}" if ruling.by else None
    return _ruled(ruling, (by, ruling.on, ruling.mode))


def decided(ruling: Ruling) -> str:
    """Return what somebody says who decided: who it was, and when, is not in it."""
    told = _ruled(ruling, (ruling.mode,))
    return f"{told[:1].upper()}{told[1:]}"


def _ruled(ruling: Ruling, grounds: Iterable[str | None]) -> str:
    named = ", ".join(filter(None, grounds))
    told = f"{ruling.outcome} ({named})" if named else ruling.outcome
    return f"{told}: {ruling.reason}" if ruling.reason else told


def whole_time(date: str | None) -> str | None:
    """Return a date as a time that programs for documents take; none for a partial one."""
    if date is None or len(date) < _DAY:
        return None
    return date.removesuffix("Z") if "T" in date else f"{date}T00:00:00"


def roots(comments: Iterable[Said]) -> dict[str, str]:
    """Return the comment that begins each one's thread, as far as that goes out."""
    parents = {comment.id: comment.reply_to for comment in comments}
    found = {}
    for name in parents:
        root = name
        while (parent := parents[root]) is not None and parent in parents:
            root = parent
        found[name] = root
    return found


def _kind(comment: Said) -> str:
    if comment.relation is None or comment.reply_to is None:
        return comment.kind
    return f"{comment.kind}, {comment.relation.replace('_', ' ')} {comment.reply_to}"


def _words(comment: Said) -> str:
    """Return what was said, in quotation marks if these are the very words, and on what."""
    if comment.sealed:
        return _SEALED
    said = f"“{comment.text}”" if comment.verbatim else comment.text
    gone = [spot.quote for spot in comment.spots if spot.state == "orphaned" and spot.quote]
    lost = f"\n{_GONE}“{' … '.join(gone)}”" if gone else ""
    return f"{f'{comment.context} ' if comment.context else ''}{said}{lost}"
