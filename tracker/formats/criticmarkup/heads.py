"""What stands at the head of a CriticMarkup file and of each comment in it.

A file begins with a comment that says what it is: ``{>>tracker KEY @31 en P1: …<<}``, and ends with
the comments on the whole. A comment begins with who said it, which comment it is, what it answers,
and, where its words are not highlighted, which they are: ``@Kimura (C5 to C4) on “words”: …``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.exchange.marked import Stamp

_LONGEST_NAME = 80
_ONE = r"(?:C[1-9][0-9]{0,8}|#[^\s,()]{1,80})"
_TOLD = rf"(?:{_ONE}(?: to {_ONE})?|done)(?:, [^()\n]*)?"
# A name may have brackets of its own: “Kimura (Japan)”.
_SPEAKER = re.compile(
    rf"@(?P<who>(?:\\.|[^\\:“”\n]){{1,80}}?)(?: \((?P<told>{_TOLD})\))?"
    r"(?: on “(?P<quote>(?:\\.|[^\\”])*)”)?:(?: |\Z|(?=\n))(?P<text>.*)",
    re.DOTALL,
)
_ACTIVE = re.compile(r"[\\:“”]|\((?=C[0-9]|#|done)")
_PLAIN = re.compile(r"\\(.)", re.DOTALL)
_ID = re.compile(rf"({_ONE})(?: to ({_ONE}))?")
_STAMP = re.compile(
    r"tracker (?P<key>[\w.-]+) @(?P<entry>[0-9]{1,15})(?: from @(?P<base>[0-9]{1,15}))? "
    r"(?P<language>[A-Za-z0-9-]{1,35})"
    r"(?P<proposals>(?: P[1-9][0-9]{0,8})*):(?: (?P<notice>.*))?",
    re.DOTALL,
)
_SIGNED = re.compile(r"— (?P<who>[^\n]+)")
_HEADED = re.compile(r"@|— |tracker ")
ON_ALL = "tracker: comments on the whole"
"""Stands in a comment before those at the end of a file."""
_DONE = "done"
_NOBODY = "?"


class Head(NamedTuple):
    """Who says something: ``id`` and ``parent`` are ``C4``, or ``#`` and an id of another kind.

    ``told`` is what else is said of it in the brackets.
    """

    who: str = ""
    id: str | None = None
    parent: str | None = None
    done: bool = False
    quote: str | None = None
    told: tuple[str, ...] = ()


def write(head: Head, text: str) -> str:
    """Return a comment with its head; it needs none if it is nobody's and says nothing else."""
    if not (head.who or head.parent or head.done or head.quote is not None or head.told):
        is_ours = head.id is not None and head.id.startswith("C")
        if not is_ours and text.strip() and text == text.strip() and not _HEADED.match(text):
            return text
    named = f"{head.id} to {head.parent}" if head.parent else head.id
    told = [part for part in (named, *head.told, _DONE if head.done else None) if part]
    brackets = f" ({', '.join(told)})" if told else ""
    quote = f" on “{_guarded(head.quote)}”" if head.quote is not None else ""
    who = " ".join(head.who.split())[:_LONGEST_NAME] or _NOBODY
    return f"@{_guarded(who)}{brackets}{quote}: {text}"


def read(comment: str) -> tuple[Head, str]:
    """Return the head of a comment and its text; without a head it is nobody's."""
    found = _SPEAKER.fullmatch(comment)
    if found is None:
        return Head(), comment.strip()
    told = [part.strip() for part in (found["told"] or "").split(",")]
    named = _ID.fullmatch(told[0])
    return (
        Head(
            who="" if found["who"] == _NOBODY else _unguarded(found["who"]),
            id=named[1] if named else None,
            parent=named[2] if named else None,
            done=_DONE in told,
            quote=_quote(found),
        ),
        found["text"],
    )


def write_stamp(stamp: Stamp, notice: str) -> str:
    """Return what the first comment of a file says."""
    named = "".join([f" {name}" for name in stamp.proposals])
    base = "" if stamp.base is None else f" from @{stamp.base}"
    return f"tracker {stamp.document} @{stamp.entry}{base} {stamp.language}{named}: {notice}"


def read_stamp(comment: str) -> tuple[Stamp, str] | None:
    """Return the stamp in the first comment of a file, and its notice; none if it is no stamp."""
    found = _STAMP.fullmatch(comment)
    if found is None:
        return None
    stamp = Stamp(
        found["key"],
        int(found["entry"]),
        found["language"],
        proposals=tuple(found["proposals"].split()),
        base=int(found["base"]) if found["base"] else None,
    )
    return stamp, found["notice"] or ""


def signature(who: str) -> str:
    """Return how a change is signed, in a comment right behind it."""
    return f"— {' '.join(who.split())}"


def signed(comment: str) -> str | None:
    """Return who signed a change with a comment; none if it is another comment."""
    found = _SIGNED.fullmatch(comment)
    return found["who"].strip() if found else None


def _quote(found: re.Match[str]) -> str | None:
    return None if found["quote"] is None else _unguarded(found["quote"])


def _guarded(text: str) -> str:
    return _ACTIVE.sub(r"\\\g<0>", text)


def _unguarded(text: str) -> str:
    return _PLAIN.sub(r"\1", text)
