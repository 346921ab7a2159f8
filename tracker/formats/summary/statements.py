"""What is said in an English sentence: the words of each act of speaking, and what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.exchange.record.words import Kind, Relation
from tracker.exchange.summary import Doubt
from tracker.formats.summary import english, speakers
from tracker.formats.summary.acts import Act, acts, starts_at
from tracker.formats.summary.words import Reference, Said
from tracker.text.quotations import OPENING, Quotation

_WHOLE = 4
"""So many words in quotation marks are hardly a term or a title."""
_NEAR = 120
_SPLIT = Doubt("check", "quoted in several parts: given with the words between them")
_BEFORE = Doubt("likely", "what was said stands before the speaker")
_CLAUSE = Doubt("likely", "what was said follows without “that”")
_GOES_ON = Doubt("likely", "the sentence goes on behind the quotation")
_NAME = Doubt("check", "is this a speaker at the meeting?")
_PRONOUN = Doubt("likely", "named only by a pronoun")
_ONE_WORD = Doubt("check", "are these few words all that was said?")


class _Words(NamedTuple):
    """Where what was said stands in the sentence."""

    start: int
    end: int
    verbatim: bool = False
    doubts: tuple[Doubt, ...] = ()


def statements(
    text: str, mask: str, sentence: tuple[int, int], quoted: list[Quotation]
) -> Iterator[Said]:
    """Yield the statements in a sentence of a passage; ``mask`` is the passage masked."""
    start, end = sentence
    # What stands behind the sentence is not looked at.
    found = acts(mask[start:end])
    for number, act in enumerate(found):
        stop = end
        if number + 1 < len(found):
            following = found[number + 1]
            stop = start + (following.clause or starts_at(following))
            stop = start + len(mask[start:stop].rstrip(" ,;—–\t"))
            stop = _without_conjunction(mask, start, stop)
        moved = _moved(act, start)
        words = _words(mask, moved, stop, quoted)
        if words is not None and mask[words.start : words.end].strip(" .,;:"):
            yield _said(text, mask, moved, words)


def _without_conjunction(mask: str, start: int, stop: int) -> int:
    found = re.search(r",?\s+(?:and|but|while|whereas|as|yet)\Z", mask[start:stop])
    return start + found.start() if found else stop


def _moved(act: Act, by: int) -> Act:
    speaker = act.speaker._replace(start=act.speaker.start + by, end=act.speaker.end + by)
    return act._replace(
        speaker=speaker, clause=act.clause + by, at=act.at + by, after=act.after + by
    )


def _words(mask: str, act: Act, stop: int, quoted: list[Quotation]) -> _Words | None:
    """Return where what an act says stands; none if it says nothing."""
    if act.form == "passive":
        that = _match("that", mask, act.after, stop)
        return _Words(that, stop) if that else _Words(_skip(mask, act.clause), stop)
    ahead = _quotation_ahead(mask, act, quoted)
    if ahead is not None:
        return _before_speaker(mask, act, ahead, stop)
    is_as = _patterns()["as"].search(mask[act.clause : act.speaker.start])
    if act.form == "view" or (is_as and _patterns()["comma"].match(mask, act.after)):
        return _after_comma(mask, act, stop, quoted)
    direct = _match("direct", mask, act.after, stop)
    if direct is not None and direct < stop and mask[direct] == OPENING:
        is_outright = _patterns()["outright"].search(mask[act.after : direct])
        if not act.verb.carries or is_outright:
            return _quoted(mask, direct, stop, quoted)
    that = _match("only that" if act.verb.carries else "that", mask, act.after, stop)
    if that is not None:
        return _reported(mask, act, that, stop, quoted)
    if act.verb.weak:
        clause = _patterns()["clause"].match(mask, act.after)
        return _Words(_skip(mask, act.after), stop, doubts=(_CLAUSE,)) if clause else None
    if not act.verb.carries and not mask[act.after : stop].strip(" .,;:"):
        return _said_before(mask, act)
    begin = act.at if act.verb.carries else _skip(mask, act.after)
    if act.verb.kind == "question" and not _patterns()["question"].match(mask, begin):
        begin = act.at
    return _Words(begin, stop)


def _quotation_ahead(mask: str, act: Act, quoted: list[Quotation]) -> Quotation | None:
    """Return the quotation that stands before the speaker and begins the clause: “No,” he said."""
    found = _patterns()["ahead"].search(mask[act.clause : starts_at(act)])
    if found is None:
        return None
    return _at(quoted, act.clause + found.start("mark"))


def _before_speaker(mask: str, act: Act, ahead: Quotation, stop: int) -> _Words | None:
    if OPENING in mask[act.after : stop]:
        return _Words(ahead.start, stop, doubts=(_SPLIT,))
    return _Words(ahead.start + 1, ahead.end - 1, verbatim=True)


def _after_comma(mask: str, act: Act, stop: int, quoted: list[Quotation]) -> _Words | None:
    """Return what stands behind “As one member noted,”, or else before it."""
    behind = re.compile(r"\s*,?\s*").match(mask, act.after)
    begin = behind.end() if behind else act.after
    if begin < stop and mask[begin] == OPENING:
        return _quoted(mask, begin, stop, quoted)
    if mask[begin:stop].strip(" .,;:"):
        return _Words(begin, stop)
    return _said_before(mask, act)


def _said_before(mask: str, act: Act) -> _Words | None:
    """Return what stands before “, one member said.”."""
    ahead = _patterns()["said"].match(mask[act.clause : starts_at(act)])
    if ahead is None:
        return None
    begin = _skip(mask, act.clause)
    return _Words(begin, act.clause + ahead.end("said"), doubts=(_BEFORE,))


def _quoted(mask: str, begin: int, stop: int, quoted: list[Quotation]) -> _Words:
    """Return a quotation that follows the verb; all of the clause if it is a part of it only."""
    quotation = _at(quoted, begin)
    if quotation is None:
        return _Words(begin, stop)
    rest = mask[quotation.end : stop].strip()
    ends = quotation.text.rstrip("’”\"'")[-1:] in tuple(".,;:!?…—")
    verbatim = (quotation.start + 1, quotation.end - 1, True)
    if not rest.strip(".,;:!?") or quotation.end >= stop:
        few = len(quotation.text.split()) < 2 and quotation.text.isascii()
        return _Words(*verbatim, (_ONE_WORD,) if few else ())
    closed = ends or rest[0] in ",.;:"
    if closed and OPENING not in rest and len(quotation.text.split()) >= _WHOLE:
        return _Words(*verbatim, (_GOES_ON,))
    return _Words(begin, stop)


def _reported(mask: str, act: Act, begin: int, stop: int, quoted: list[Quotation]) -> _Words:
    """Return what follows “that”: a quotation that closes it, or the words as reported."""
    closing = _patterns()["closing"].search(mask[begin:stop])
    if closing:
        quotation = _at(quoted, begin + closing.start("mark"))
        if quotation and len(quotation.text.split()) >= _WHOLE:
            return _Words(quotation.start + 1, quotation.end - 1, verbatim=True)
    has_quotation = OPENING in mask[begin:stop]
    if OPENING in mask[act.clause : act.speaker.start] and not has_quotation:
        return _Words(_skip(mask, act.clause), stop)
    return _Words(begin, stop)


def _said(text: str, mask: str, act: Act, words: _Words) -> Said:
    """Return the statement that an act and its words make."""
    said = text[words.start : words.end].strip()
    kind, from_words = _kind(act, said, words, mask)
    relation, reference = _relation(mask, act, words)
    context = _context(text, act, words)
    doubts = [*words.doubts]
    if from_words:
        doubts.append(Doubt("likely", f"{kind} is told from “{from_words}”"))
    if act.speaker.form == "name":
        doubts.append(_NAME)
    elif act.speaker.form == "pronoun":
        doubts.append(_PRONOUN)
    begin = min(words.start, starts_at(act))
    return Said(
        begin,
        max(words.end, act.after),
        act.speaker.name,
        act.speaker.noun,
        said,
        kind,
        words.verbatim,
        act.speaker.many,
        act.speaker.taken_up,
        context,
        relation,
        reference,
        tuple(doubts),
    )


def _kind(act: Act, said: str, words: _Words, mask: str) -> tuple[Kind, str | None]:
    """Return the kind of a statement, and the words that tell it, where the verb does not."""
    only_says = act.verb.kind == "suggestion" and _patterns()["that only"].match(mask, act.after)
    if only_says and not words.verbatim and not _patterns()["proposes"].search(said):
        return "observation", None
    if act.verb.kind is not None:
        return act.verb.kind, None
    for kind, pattern in _cues():
        if found := pattern.search(said):
            return kind, found[0] if len(found[0]) < 30 else "?"
    return "observation", None


def _relation(mask: str, act: Act, words: _Words) -> tuple[Relation | None, Reference | None]:
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


def _context(text: str, act: Act, words: _Words) -> str | None:
    """Return the clause that leads to the words, if it says more than who speaks."""
    begin = _skip(text, act.clause)
    if words.start <= begin or act.form == "passive":
        return None
    lead = text[begin : words.start].rstrip("“\"‘'").strip()
    between = text[max(begin, act.speaker.end) : words.start]
    apart = f"{text[begin : act.speaker.start]} {between}"
    if not act.verb.tells and words.start > act.at:
        apart = apart.replace(text[act.at : act.after], " ", 1)
    left = _patterns()["connectives"].sub(" ", apart)
    return lead if re.search(r"\w", left) else None


def _at(quoted: list[Quotation], start: int) -> Quotation | None:
    at = bisect_left(quoted, start, key=lambda quotation: quotation.start)
    return quoted[at] if at < len(quoted) and quoted[at].start == start else None


def _match(name: str, mask: str, start: int, stop: int) -> int | None:
    found = _patterns()[name].match(mask, start, stop)
    return found.end() if found else None


def _skip(text: str, start: int) -> int:
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
    aside = r"(?:\s*,[^,;\x01\x02]{1,40},)?"
    to = (
        r"(?:\s+(?:to|in|for|with|on|at|during|again|here)\s+(?:[\w’'-]+\s+){1,5}?"
        r"|\s+(?:the\s+|his\s+|her\s+|all\s+)?(?:group|meeting|workshop|participants|members|others"
        r"|colleagues|chair|committee|audience|them|us)\s+)?"
    )
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in {
            "direct": rf"{aside}{to}\s*,?\s*(?:that|how|as follows|the following)?\s*[,:—–-]?\s*"
            r"(?=\x01)",
            "outright": r"[,:—]\s*\Z|\bthat\s*\Z",
            "that": rf"{aside}{to}\s*:?\s*that\b,?\s*",
            "only that": r"\s+that\b\s*",
            "that only": rf"{aside}{to}\s*that\b",
            "clause": rf"\s+{english.CLAUSE}",
            "comma": r"\s*(?:[,.;]|\Z)",
            "as": r"\bas\s+\Z",
            "question": r"(?:whether|if|what|why|how|when|where|who|which|\x01)(?!\w)",
            "ahead": r"\A[\s(]*(?P<mark>\x01)\x02*\s*,?\s*\Z",
            "said": r"\s*(?P<said>\S.*?)\s*,?\s*(?:\bas\s*)?\Z",
            "closing": r"\A[^\x01]*,\s*(?P<mark>\x01)\x02*[.!?]?\s*\Z",
            "proposes": rf"\b(?:{english.PROPOSES})\b",
            "refers": rf"\b(?:this|that|these|those|the|such|his|her|their|both)\s+"
            rf"(?:[\w’'-]+\s+){{0,3}}?(?:{said})\b"
            r"(?!\s+(?:in|of)\s+(?:the\s+)?(?:line|draft|text|document|paper|report))"
            r"|\bwith\s+(?:this|that|him|her|them|it)\b|\A\W*(?:this|that|him|her|them)?\W*\Z",
            "first": rf"\b(?:{english.FIRST})\b",
            "connectives": rf"\b(?:{english.CONNECTIVES})\b",
        }.items()
    }
