"""What is said in a Japanese sentence: 〜氏は「…」と述べた, and its like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import takewhile

from tracker.exchange.record.words import Kind, Relation
from tracker.exchange.summary import Doubt
from tracker.formats.summary import japanese
from tracker.formats.summary.words import Reference, Said, Verb
from tracker.text.quotations import OPENING, Quotation

_SPLIT = Doubt("check", "quoted in several parts: given with the words between them")
_REPORTED = Doubt("likely", "reported: look where the words begin")
_MOST = 20
"""Quotations that one statement may hold."""
# A speaker's name with what is said of him is hardly longer.
_LONGEST = 30


def statements(
    text: str, mask: str, sentence: tuple[int, int], quoted: list[Quotation]
) -> Iterator[Said]:
    """Yield the statements in a sentence of a passage; ``mask`` is the passage masked."""
    start, end = sentence
    position, last = start, None
    for found in _patterns()["verb"].finditer(mask, start, end):
        speaker = _speaker(mask, position, found.start(), quoted) or last
        if speaker is None:
            continue
        said = _said(text, mask, speaker, found, quoted, max(position, speaker.end()))
        if said is not None:
            yield said
            position, last = found.end(), speaker
    if position == start:
        yield from _without_words(text, mask, sentence)


def _speaker(mask: str, start: int, end: int, quoted: list[Quotation]) -> re.Match[str] | None:
    """Return the speaker of what ends at a place: who stands right before its quotation, if any."""
    at = bisect_left(quoted, end, key=lambda each: each.end)
    if at < len(quoted) and quoted[at].end == end and quoted[at].start >= start:
        begin = max(start, mask.rfind("、", start, quoted[at].start - 1) + 1)
        beside = _patterns()["speaker"].fullmatch(mask, begin, quoted[at].start)
        if beside is not None:
            return beside
    return _patterns()["speaker"].match(mask, start, end)


def _without_words(text: str, mask: str, sentence: tuple[int, int]) -> Iterator[Said]:
    """Yield what is told without its words (〜が賛同した), or as a view (〜によれば、…)."""
    start, end = sentence
    view = _patterns()["view"].match(mask, start, end)
    found = view or _patterns()["agreed"].match(mask, start, end)
    if found is None:
        return
    said = text[found.end() : end] if view else text[start:end]
    verb = Verb("") if view else _verbs()[found["verb"]]
    kind, cue = (verb.kind, None) if verb.kind else kind_of(said)
    relation, reference = _relation(found["opener"] or "", "", verb)
    doubts = (_REPORTED,) if cue is None else (_REPORTED, Doubt("likely", f"{kind}: “{cue}”"))
    name = found["who"]
    yield Said(
        start,
        end,
        name,
        _noun(name),
        said.strip(),
        kind,
        False,
        relation=relation,
        reference=reference,
        doubts=doubts,
    )


def _noun(name: str) -> str:
    """Return the word of a speaker's name that says what a person is."""
    return re.sub(rf"^.*?(?=(?:{japanese.PEOPLE})$)", "", name)


def _said(
    text: str,
    mask: str,
    speaker: re.Match[str],
    verb: re.Match[str],
    quoted: list[Quotation],
    begin: int,
) -> Said | None:
    end = verb.start()
    meant = _verbs()[verb["verb"]]
    verbatim, doubts = False, [_REPORTED]
    first = bisect_left(quoted, begin, key=lambda each: each.start)
    inside = list(takewhile(lambda each: each.end <= end, quoted[first : first + _MOST]))
    if len(inside) == 1 and inside[0].end == end and _only_lead(mask[begin : inside[0].start]):
        begin, end = inside[0].start + 1, inside[0].end - 1
        verbatim, doubts = True, []
    elif inside and inside[0].start == begin and inside[-1].end == end:
        doubts = [_SPLIT]
    said = text[begin:end].strip(" 　、,")
    if not said:
        return None
    kind, cue = (meant.kind, None) if meant.kind else kind_of(said)
    if cue:
        doubts.append(Doubt("likely", f"{kind} is told from “{cue}”"))
    name = speaker["who"]
    relation, reference = _relation(speaker["opener"] or "", mask[speaker.end() : begin], meant)
    lead = mask[speaker.end() : begin].rstrip("\x01") if verbatim else ""
    context = (
        text[speaker.start() : begin].rstrip('「『“"').strip() if lead.strip(" 、　") else None
    )
    return Said(
        speaker.start("who"),
        verb.end(),
        name,
        _noun(name),
        said,
        kind,
        verbatim,
        many="ら" in name or "側" in name,
        taken_up=re.fullmatch(japanese.TAKEN_UP, name) is not None,
        context=context,
        relation=relation,
        reference=reference,
        doubts=tuple(doubts),
    )


def _only_lead(lead: str) -> bool:
    """Say whether what stands between a speaker and a quotation leads to it: 〜について、."""
    return OPENING not in lead and (not lead.strip(" 　、") or lead.rstrip().endswith(("、", ",")))


def kind_of(said: str) -> tuple[Kind, str | None]:
    """Return the kind that words themselves tell, and which of them; observation if none do."""
    for kind, cue in japanese.CUES:
        if found := re.search(cue, said):
            return kind, found[0]
    return "observation", None


def _relation(opener: str, lead: str, verb: Verb) -> tuple[Relation | None, Reference | None]:
    """Return how a statement replies; where only its opener says so, in no way in particular."""
    replies = re.match(japanese.REPLIES, opener) or re.match(japanese.REPLIES, lead.lstrip(" 　、"))
    if verb.relation is None or (verb.refers and not replies):
        return None, Reference(plain=True) if replies else None
    return verb.relation, Reference(plain=replies is not None)


@cache
def _verbs() -> dict[str, Verb]:
    return {form: verb for verb in japanese.VERBS for form in verb.forms.split(", ")}


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text with Japanese in it pays for compiling them."""
    verbs = "|".join(sorted(map(re.escape, _verbs()), key=len, reverse=True))
    letter = r"[^\s、。，「」『』（）()：:\x01\x02]"
    agreed = "|".join(form for form, verb in _verbs().items() if verb.kind and "を" not in form)
    who = (
        rf"[\s　]*(?P<opener>{japanese.OPENERS})?[、,]?[\s　]*"
        rf"(?:[^、。「」\x01\x02]{{1,{_LONGEST}}}、)?"
        rf"(?P<who>(?:{japanese.TAKEN_UP})"
        rf"|{letter}{{0,{_LONGEST}}}?(?:{japanese.PEOPLE})(?:の(?:一人|１人|1人|ひとり))?(?:ら)?)"
        rf"(?:（[^）]{{1,40}}）|\([^)]{{1,40}}\))?"
    )
    return {
        "verb": re.compile(
            rf"(?P<link>{'|'.join(sorted(japanese.LINKS.split('|'), key=len, reverse=True))})"
            rf"(?:の|、)?(?:(?!と){letter}){{0,6}}?(?P<verb>{verbs})(?=[たてり、。]|$)"
        ),
        "speaker": re.compile(rf"{who}(?:{japanese.PARTICLES})[、,]?"),
        "view": re.compile(rf"{who}(?:によれば|によると)[、,]?"),
        "agreed": re.compile(rf"{who}(?:{japanese.PARTICLES})[、,]?(?P<verb>{agreed})た。?\Z"),
    }
