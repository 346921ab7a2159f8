"""What an English statement is: its kind, what it replies to, and what leads to it."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracker.exchange.record.words import Kind, Relation
from tracker.exchange.summary import Doubt
from tracker.formats.summary import english, speakers
from tracker.formats.summary.acts import Act, starts_at
from tracker.formats.summary.words import Reference, Said

# What is replied to is named so near behind the verb.
_NEAR = 120
_NAME = Doubt("check", "is this a speaker at the meeting?")
_PRONOUN = Doubt("likely", "named only by a pronoun")


class Words(NamedTuple):
    """Where what was said stands in the sentence."""

    start: int
    end: int
    verbatim: bool = False
    doubts: tuple[Doubt, ...] = ()


def said(text: str, mask: str, act: Act, words: Words) -> Said:
    """Return the statement that an act and its words make."""
    told = text[words.start : words.end].strip()
    kind, from_words = _kind(act, told, words, mask)
    relation, reference = _relation(mask, act, words)
    context = _context(text, act, words)
    doubts = [*words.doubts]
    if from_words:
        doubts.append(Doubt("likely", f"{kind} is told from “{from_words}”"))
    if act.speaker.form == "name":
        doubts.append(_NAME)
    elif act.speaker.form == "pronoun":
        doubts.append(_PRONOUN)
    first = words.start - 1 if words.verbatim else words.start
    begin = min(first, act.clause if context else starts_at(act))
    return Said(
        begin,
        max(words.end, act.after),
        act.speaker.name,
        act.speaker.noun,
        told,
        kind,
        words.verbatim,
        act.speaker.many,
        act.speaker.taken_up,
        context,
        relation,
        reference,
        tuple(doubts),
    )


def kind_of(said: str) -> tuple[Kind, str | None]:
    """Return the kind that words themselves tell, and which of them; observation if none do."""
    for kind, pattern in _cues():
        if found := pattern.search(said):
            return kind, found[0] if kind != "question" else "?"
    return "observation", None


def _kind(act: Act, told: str, words: Words, mask: str) -> tuple[Kind, str | None]:
    """Return the kind of a statement, and the words that tell it, where the verb does not."""
    only_says = act.verb.kind == "suggestion" and _patterns()["that only"].match(mask, act.after)
    if only_says and not words.verbatim and not _patterns()["proposes"].search(told):
        return "observation", None
    if act.verb.kind is not None:
        return act.verb.kind, None
    return kind_of(told)


def _relation(mask: str, act: Act, words: Words) -> tuple[Relation | None, Reference | None]:
    """Return how a statement replies, and what it says of that which it replies to."""
    lead = mask[act.clause : act.speaker.start]
    for pattern, relation in _leads():
        if found := pattern.match(lead):
            return relation, _reference(lead, found.start())
    if act.verb.relation is None:
        return None, None
    if not act.verb.refers:
        return act.verb.relation, Reference(plain=True)
    if act.form == "passive":
        reference = _reference(mask[act.clause : act.at], 0)
    else:
        reference = _reference(mask[act.after : min(words.end, act.after + _NEAR)], 0)
    return (act.verb.relation, reference) if reference else (None, None)


def _reference(part: str, start: int) -> Reference | None:
    """Return what a phrase says of something said; none if it is about something else."""
    found = _patterns()["refers"].search(part, start)
    if found is None:
        return None
    by = re.compile(r"\s+(?:from|by|of)(?=\s)").match(part, found.end())
    speaker = speakers.behind(part, by.end()) if by else None
    is_first = _patterns()["first"].search(found[0]) is not None
    return Reference(speaker.name if speaker else None, is_first, plain=speaker is None)


def _context(text: str, act: Act, words: Words) -> str | None:
    """Return the clause that leads to the words, if it says more than who speaks."""
    begin = skip(text, act.clause)
    if words.start <= begin or act.form == "passive":
        return None
    lead = text[begin : words.start].rstrip("“\"‘'").strip()
    between = text[max(begin, act.speaker.end) : words.start]
    apart = f"{text[begin : act.speaker.start]} {between}"
    if not act.verb.tells and words.start > act.at:
        apart = apart.replace(text[act.at : act.after], " ", 1)
    left = _patterns()["connectives"].sub(" ", apart)
    return lead if re.search(r"\w", left) else None


def skip(text: str, start: int) -> int:
    """Return where the words begin behind white space."""
    while text[start : start + 1].isspace():
        start += 1
    return start


@cache
def _cues() -> list[tuple[Kind, re.Pattern[str]]]:
    return [
        (kind, re.compile(rf"(?<!\w)(?:{cue})(?!\w)", re.IGNORECASE)) for kind, cue in english.CUES
    ]


@cache
def _leads() -> list[tuple[re.Pattern[str], Relation]]:
    said = english.SAID
    whose = "this|that|these|those|the|such|his|her|their"
    refers = rf"\s+(?:{whose})\s+(?:[\w’'-]+\s+){{0,3}}?(?:{said})\b"
    made = [
        (re.compile(rf"\s*(?:{lead}){refers}", re.IGNORECASE), relation)
        for lead, relation in english.LEADS
    ]
    return made + [
        (re.compile(rf"\s*(?:{lead}),", re.IGNORECASE), relation)
        for lead, relation in english.LEADS_ALONE
    ]


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text in Latin letters pays for compiling them."""
    said = english.SAID
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in {
            "that only": r"(?:\s*,[^,;\x01\x02]{1,40},)?\s*that\b",
            "proposes": rf"\b(?:{english.PROPOSES})\b",
            "refers": rf"\b(?:this|that|these|those|the|such|his|her|their|both)\s+"
            rf"(?:[\w’'-]+\s+){{0,3}}?(?:{said})\b"
            r"(?!\s+(?:in|of)\s+(?:the\s+)?(?:line|draft|text|document|paper|report))"
            r"|\bwith\s+(?:this|that|him|her|them|it)\b|\A\W*(?:this|that|him|her|them)?\W*\Z|\A\s*[,.;]",
            "first": rf"\b(?:{english.FIRST})\b",
            "connectives": rf"\b(?:{english.CONNECTIVES})\b",
        }.items()
    }
