"""The rules for single values that cross the border: texts, dates, times, names and languages.

Each function returns what is wrong with a value, as the end of a sentence, or None.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

LONGEST = 100_000
"""Code points that one text may hold."""
HIGHEST = 2**31 - 1
"""The highest number that any field takes."""

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z?")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
_KEY = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?", re.IGNORECASE | re.ASCII)
_TAKEN = re.compile(r"@.*|[0-9]+[a-z]*|[cp][0-9]+(\.[0-9]+)?", re.IGNORECASE)
_LABEL = re.compile(r"(0[a-z]+|[1-9][0-9]{0,8}[a-z]*)")
_COMMENT = re.compile(r"C[1-9][0-9]{0,8}")
_PROPOSAL = re.compile(r"P[1-9][0-9]{0,8}")
_PROPOSED = re.compile(r"P[1-9][0-9]{0,8}\.[1-9][0-9]{0,8}")
_VOTES = re.compile(r"[0-9]{1,5}(?:-[0-9]{1,5}){1,2}")


def text_fault(text: str) -> str | None:
    """Say what keeps a text from being stored: it is empty, too long, or not valid Unicode."""
    if not text.strip():
        return "is empty"
    if len(text) > LONGEST:
        return f"has {len(text):,} characters; {LONGEST:,} is the limit"
    return characters_fault(text)


def characters_fault(text: str) -> str | None:
    """Say which character of a text, which may be empty, no database takes."""
    if "\0" in text:
        return f"has a NUL character at position {text.index(chr(0)) + 1}"
    surrogate = re.search("[\ud800-\udfff]", text)
    if surrogate:
        return (
            f"is not valid Unicode: half a character (U+{ord(surrogate[0]):04X}) "
            f"at position {surrogate.start() + 1}"
        )
    return None


def line_fault(text: str) -> str | None:
    """Say what keeps a text from being a name or a title: besides, it must stand on one line."""
    wrong = text_fault(text)
    if wrong is None and text.splitlines() != [text]:
        return "must stand on one line"
    return wrong


def date_fault(text: str) -> str | None:
    """Say that a text is no date, which may be partial."""
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat((text + "-01-01")[:10])
        except ValueError:
            pass
        else:
            return None
    return "is no date: write 2021, 2021-07 or 2021-07-15"


def moment_fault(text: str) -> str | None:
    """Say that a text is neither a date, which may be partial, nor a time of a day."""
    if date_fault(text) is None:
        return None
    if _MOMENT.fullmatch(text):
        try:
            datetime.fromisoformat(text[:19])
        except ValueError:
            pass
        else:
            return None
    return "is no date or time: write 2021, 2021-07-15 or 2021-07-15T08:15:00"


def time_fault(text: str) -> str | None:
    """Say that a text is no time in UTC."""
    if _TIME.fullmatch(text):
        try:
            if datetime.fromisoformat(text).utcoffset() == timedelta(0):
                return None
        except ValueError:
            pass
    return "is no time: write UTC such as 2022-09-30T08:15:00.000000Z"


def key_fault(text: str) -> str | None:
    """Say why a text cannot be a name that people type, such as the id of a meeting."""
    if not _KEY.fullmatch(text) or ".." in text:
        return "cannot be a name: use up to 64 letters, digits, hyphens and dots"
    if _TAKEN.fullmatch(text):
        return "cannot be a name: it looks like a line, an entry, a comment or a proposal"
    return None


def language_fault(text: str) -> str | None:
    """Say that a text is no language tag."""
    if text.replace("-", "").isalnum() and text.isascii() and len(text) <= 35:
        return None
    return "is no language: use a tag such as en, ja or pt-BR"


def label_fault(text: str) -> str | None:
    """Say that a text is no label of a line."""
    if _LABEL.fullmatch(text):
        return None
    return "is no label of a line: they are 1, 2, 12a; 0a before 1"


def comment_fault(text: str) -> str | None:
    """Say that a text is no id of a stored comment."""
    return None if _COMMENT.fullmatch(text) else "is no id of a comment: they are C1, C2, …"


def proposal_fault(text: str) -> str | None:
    """Say that a text is no id of a proposal."""
    return None if _PROPOSAL.fullmatch(text) else "is no id of a proposal: they are P1, P2, …"


def proposed_fault(text: str) -> str | None:
    """Say that a text is no id of a change of a proposal."""
    return None if _PROPOSED.fullmatch(text) else "is no change of a proposal: they are P2.1, …"


def votes_fault(text: str) -> str | None:
    """Say that a text does not say how many voted for and against, and how many abstained."""
    return None if _VOTES.fullmatch(text) else "are no votes: write 7-2-1: for, against, abstaining"


DISPOSITIONS = (
    *("accepted", "accepted in principle", "rejected", "noted"),
    *("deferred", "withdrawn", "duplicate"),
)
"""What can become of a comment."""
DECISIONS = ("accepted", "rejected", "withdrawn", "deferred")
"""What can be decided on a proposal; one that is deferred stays open."""
ADVICE = ("accept", "reject", "amend", "defer")
"""What an editor may advise on a proposal."""
NEED_NO_REASON = ("accepted", "noted")
_SYNONYMS = {"revised": "accepted in principle"}


def disposition(outcome: str) -> str | None:
    """Return a disposition in our words, IEEE's being synonyms; None if it is no such word."""
    word = outcome.strip().lower().replace("_", " ").replace("-", " ")
    word = _SYNONYMS.get(word, word)
    return word if word in DISPOSITIONS else None
