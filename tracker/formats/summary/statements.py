"""What is said in an English sentence: the words of each act of speaking, and what they are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from tracker.exchange.summary import Doubt
from tracker.formats.summary import english
from tracker.formats.summary.acts import Act, acts, starts_at
from tracker.formats.summary.meaning import Words, said, skip
from tracker.formats.summary.words import Said
from tracker.text.quotations import OPENING, Quotation

_WHOLE = 4
"""So many words in quotation marks are hardly a term or a title."""
_SPLIT = Doubt("check", "quoted in several parts: given with the words between them")
_BEFORE = Doubt("likely", "what was said stands before the speaker")
_CLAUSE = Doubt("likely", "what was said follows without “that”")
_GOES_ON = Doubt("likely", "the sentence goes on behind the quotation")
_ONE_WORD = Doubt("check", "are these few words all that was said?")


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
            yield said(text, mask, moved, words)


def _without_conjunction(mask: str, start: int, stop: int) -> int:
    found = re.search(r",?\s+(?:and|but|while|whereas|as|yet)\Z", mask[start:stop])
    return start + found.start() if found else stop


def _moved(act: Act, by: int) -> Act:
    speaker = act.speaker._replace(start=act.speaker.start + by, end=act.speaker.end + by)
    return act._replace(
        speaker=speaker, clause=act.clause + by, at=act.at + by, after=act.after + by
    )


def _words(mask: str, act: Act, stop: int, quoted: list[Quotation]) -> Words | None:
    """Return where what an act says stands; none if it says nothing."""
    if act.form == "passive":
        that = _match("that", mask, act.after, stop)
        return Words(that, stop) if that else Words(skip(mask, act.clause), stop)
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
        return Words(skip(mask, act.after), stop, doubts=(_CLAUSE,)) if clause else None
    if not act.verb.carries and not mask[act.after : stop].strip(" .,;:"):
        return _said_before(mask, act)
    begin = act.at if act.verb.carries else skip(mask, act.after)
    if act.verb.kind == "question" and not _patterns()["question"].match(mask, begin):
        begin = act.at
    return Words(begin, stop)


def _quotation_ahead(mask: str, act: Act, quoted: list[Quotation]) -> Quotation | None:
    """Return the quotation that stands before the speaker and begins the clause: “No,” he said."""
    found = _patterns()["ahead"].search(mask[act.clause : starts_at(act)])
    if found is None:
        return None
    return _at(quoted, act.clause + found.start("mark"))


def _before_speaker(mask: str, act: Act, ahead: Quotation, stop: int) -> Words | None:
    if OPENING in mask[act.after : stop]:
        return Words(ahead.start, stop, doubts=(_SPLIT,))
    return Words(ahead.start + 1, ahead.end - 1, verbatim=True)


def _after_comma(mask: str, act: Act, stop: int, quoted: list[Quotation]) -> Words | None:
    """Return what stands behind “As one member noted,”, or else before it."""
    behind = re.compile(r"\s*,?\s*").match(mask, act.after)
    begin = behind.end() if behind else act.after
    if begin < stop and mask[begin] == OPENING:
        return _quoted(mask, begin, stop, quoted)
    if mask[begin:stop].strip(" .,;:"):
        return Words(begin, stop)
    return _said_before(mask, act)


def _said_before(mask: str, act: Act) -> Words | None:
    """Return what stands before “, one member said.”."""
    ahead = _patterns()["said"].match(mask[act.clause : starts_at(act)])
    if ahead is None:
        return None
    begin = skip(mask, act.clause)
    return Words(begin, act.clause + ahead.end("said"), doubts=(_BEFORE,))


def _quoted(mask: str, begin: int, stop: int, quoted: list[Quotation]) -> Words:
    """Return a quotation that follows the verb; all of the clause if it is a part of it only."""
    quotation = _at(quoted, begin)
    if quotation is None:
        return Words(begin, stop)
    rest = mask[quotation.end : stop].strip()
    ends = quotation.text.rstrip("’”\"'")[-1:] in tuple(".,;:!?…—")
    verbatim = (quotation.start + 1, quotation.end - 1, True)
    if not rest.strip(".,;:!?") or quotation.end >= stop:
        few = len(quotation.text.split()) < 2 and quotation.text.isascii()
        return Words(*verbatim, (_ONE_WORD,) if few else ())
    closed = ends or rest[0] in ",.;:"
    if closed and OPENING not in rest and len(quotation.text.split()) >= _WHOLE:
        return Words(*verbatim, (_GOES_ON,))
    return Words(begin, stop)


def _reported(mask: str, act: Act, begin: int, stop: int, quoted: list[Quotation]) -> Words:
    """Return what follows “that”: a quotation that closes it, or the words as reported."""
    closing = _patterns()["closing"].search(mask[begin:stop])
    if closing:
        quotation = _at(quoted, begin + closing.start("mark"))
        if quotation and len(quotation.text.split()) >= _WHOLE:
            return Words(quotation.start + 1, quotation.end - 1, verbatim=True)
    has_quotation = OPENING in mask[begin:stop]
    lead = mask[act.clause : act.speaker.start]
    if not has_quotation and OPENING in lead and _patterns()["means"].match(lead):
        return Words(skip(mask, act.clause), stop)
    return Words(begin, stop)


def _at(quoted: list[Quotation], start: int) -> Quotation | None:
    at = bisect_left(quoted, start, key=lambda quotation: quotation.start)
    return quoted[at] if at < len(quoted) and quoted[at].start == start else None


def _match(name: str, mask: str, start: int, stop: int) -> int | None:
    found = _patterns()[name].match(mask, start, stop)
    return found.end() if found else None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text in Latin letters pays for compiling them."""
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
            "clause": rf"\s+{english.CLAUSE}",
            "comma": r"\s*(?:[,.;]|\Z)",
            "means": rf"\s*(?:{english.MEANS})\s+\w+ing\b",
            "as": r"\bas\s+\Z",
            "question": r"(?:whether|if|what|why|how|when|where|who|which|\x01)(?!\w)",
            "ahead": r"\A[\s(]*(?P<mark>\x01)\x02*\s*,?\s*\Z",
            "said": r"\s*(?P<said>\S.*?)\s*,?\s*(?:\bas\s*)?\Z",
            "closing": r"\A[^\x01]*,\s*(?P<mark>\x01)\x02*[.!?]?\s*\Z",
        }.items()
    }
