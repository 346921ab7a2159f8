"""The words of procedures: what they call an outcome and a type, and which of ours each word is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from tracker.errors import UsageError
from tracker.exchange import rules

TYPES = {"ge": "general", "te": "technical", "ed": "editorial"}


class Profile(NamedTuple):
    """The words that a procedure has for outcomes, by ours; ``offered`` are to choose from."""

    outcomes: Mapping[str, str]
    offered: tuple[str, ...]


_OURS = {word: word for word in rules.DISPOSITIONS}
_CAPITALS = {word: word.capitalize() for word in rules.DISPOSITIONS}
_ISO = _CAPITALS | {"rejected": "Not accepted"}
# IEEE has three; what else became of a comment is said in our words.
_IEEE = _CAPITALS | {"accepted in principle": "Revised"}

PROFILES = {
    "iso": Profile(_ISO, tuple(_ISO.values())),
    "ieee": Profile(_IEEE, ("Accepted", "Revised", "Rejected")),
}
USUAL = Profile(_OURS, tuple(_OURS))

_OUTCOMES = {
    **dict.fromkeys(
        ("accept", "agreed", "採用", "承認", "承諾", "受諾", "採択", "同意"), "accepted"
    ),
    **dict.fromkeys(
        (
            *("revise", "partially accepted", "accepted with modifications", "in principle"),
            *(
                "原則採用",
                "原則承認",
                "原則了承",
                "趣旨採用",
                "一部採用",
                "一部承認",
                "修正採用",
                "部分採用",
            ),
        ),
        "accepted in principle",
    ),
    **dict.fromkeys(
        ("reject", "not accepted", "not agreed", "不採用", "却下", "否決", "不承認"), "rejected"
    ),
    **dict.fromkeys(("note", "了知", "留意", "記録"), "noted"),
    **dict.fromkeys(("defer", "postponed", "保留", "継続審議", "先送り", "延期"), "deferred"),
    **dict.fromkeys(("withdraw", "取下げ", "取り下げ", "取下", "撤回"), "withdrawn"),
    **dict.fromkeys(("重複",), "duplicate"),
}
_KINDS = {
    **dict.fromkeys(("objection", "反対", "異議"), "objection"),
    **dict.fromkeys(("support", "支持", "賛成"), "support"),
    **dict.fromkeys(("suggestion", "提案"), "suggestion"),
    **dict.fromkeys(("question", "質問"), "question"),
    **dict.fromkeys(("observation", "所見", "意見"), "observation"),
}
_TYPES = {
    **dict.fromkeys(("ge", "g", "gen", "general", "一般", "全般"), "general"),
    **dict.fromkeys(("te", "t", "tech", "technical", "技術", "技術的"), "technical"),
    **dict.fromkeys(("ed", "e", "edit", "editorial", "編集", "編集上", "編集的"), "editorial"),
}
_RELATIONS = {word: word for word in ("counters", "builds_on", "endorses", "answers")}
# An outcome at the beginning of the observations, and what follows it.
_FIRST = re.compile(
    r"\s*([^\s.,:;–—(（。、，：；-][^.,:;–—(（。、，：；\n-]*)[\s.,:;–—。、，：；-]*", re.DOTALL
)
_DATE = re.compile(r"([0-9]{4})[-/.年]\s*([0-9]{1,2})(?:[-/.月]\s*([0-9]{1,2}))?[日月]?")


def profile(name: str | None) -> Profile:
    """Return a profile by its name; without one, ours. Raises UsageError for an unknown one."""
    if name is None:
        return USUAL
    if name not in PROFILES:
        raise UsageError(f"{name!r} is no profile", f"use one of: {', '.join(PROFILES)}")
    return PROFILES[name]


def outcome(word: str) -> str | None:
    """Return which of our outcomes a word of any profile is; None if it is none."""
    plain = _plain(word)
    return rules.disposition(plain) or _OUTCOMES.get(plain)


def outcome_before(observations: str) -> tuple[str, str] | None:
    """Return the outcome that observations begin with, and the rest; None if they do not."""
    found = _FIRST.match(observations)
    word = outcome(found[1]) if found else None
    return (word, observations[found.end() :].strip()) if found and word else None


def type_(word: str) -> str | None:
    """Return the type of comment that a word says."""
    return _TYPES.get(_plain(word))


def kind(word: str) -> str | None:
    """Return the kind of comment that a word says."""
    return _KINDS.get(_plain(word))


def relation(word: str) -> str | None:
    """Return the relation of a reply that a word says."""
    return _RELATIONS.get(_plain(word).replace(" ", "_"))


def date(text: str) -> str | None:
    """Return a date, which may be partial, as it is stored; None if it is none, or doubtful."""
    found = _DATE.fullmatch(_folded(text)) or re.fullmatch("([0-9]{4})年?()()", _folded(text))
    if found is None:
        return None
    told = "-".join(part.zfill(2) for part in found.groups() if part)
    return told if rules.date_fault(told) is None else None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _plain(word: str) -> str:
    """Return a word in small letters, without what stands around it."""
    bare = re.sub(r"[\s_-]+", " ", _folded(word).casefold())
    return bare.strip(" .:;,。")
