"""Acts of speaking in an English sentence: who speaks, by which verb, and from where on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tracker.formats.summary import english, speakers
from tracker.formats.summary.speakers import Speaker
from tracker.formats.summary.words import Verb

_WORD = re.compile(r"[^\W\d_]+")


class Act(NamedTuple):
    """An act of speaking: the begins of its clause and of its verb, and the end of the verb.

    ``form`` is ``active`` (one member said that), ``passive`` (was endorsed by), ``noun`` (an
    objection from), ``after`` (“No,” said one member) or ``view`` (according to).
    """

    speaker: Speaker
    verb: Verb
    clause: int
    at: int
    after: int
    form: str = "active"


def acts(sentence: str) -> list[Act]:
    """Return the acts of speaking in a masked sentence, in order.

    A further one counts only where it has a clause of its own: what somebody says that others said
    is his statement.
    """
    found: list[Act] = []
    for act in sorted(_candidates(sentence), key=lambda each: each.at):
        if not found:
            found.append(act._replace(clause=max(act.clause, _sentence(sentence, act))))
            continue
        last = found[-1]
        begin = min(act.speaker.start, act.at) if act.form != "noun" else act.at
        if begin < last.after:
            continue
        # What is told in the passive stands before its verb.
        past = last.at if last.form == "passive" else last.after
        clause = _own_clause(sentence, past, begin)
        if clause is not None:
            found.append(act._replace(clause=clause))
    return _with_second_verbs(sentence, found)


def starts_at(act: Act) -> int:
    """Return where the words of an act begin that tell it."""
    return min(act.speaker.start, act.at)


def _candidates(sentence: str) -> Iterator[Act]:
    for word in _WORD.finditer(sentence):
        found = None
        if word[0].lower() in _first_words():
            found = _patterns()["verb"].match(sentence, word.start())
        act = _by_verb(sentence, found) if found else None
        if act is not None:
            yield act
    colon = _patterns()["colon"].match(sentence)
    speaker = speakers.label(colon["who"]) if colon else None
    if colon and speaker:
        start = colon.start("who")
        placed = speaker._replace(start=start, end=start + speaker.end)
        yield Act(placed, Verb(""), start, placed.end, colon.end())
    for found in _patterns()["noun"].finditer(sentence):
        speaker = speakers.behind(sentence, found.end())
        if speaker and _patterns()["that"].match(sentence, speaker.end):
            verb = english.NOUNS[found["noun"].lower()]
            yield Act(speaker, verb, 0, found.start(), speaker.end, "noun")
    for found in _patterns()["view"].finditer(sentence):
        speaker = speakers.behind(sentence, found.end())
        if speaker and sentence[speaker.end : speaker.end + 1] in (",", ".", ";", ""):
            yield Act(speaker, Verb(""), 0, found.start(), speaker.end, "view")


def _by_verb(sentence: str, found: re.Match[str]) -> Act | None:
    """Return the act that a verb tells, if somebody is named who speaks."""
    at, after = found.span()
    verb = _verbs()[found[0].lower()]
    if _patterns()["participle"].match(sentence, after):
        passive = _patterns()["passive"].search(sentence, max(0, at - 40), at)
        by = _patterns()["by"].match(sentence, after)
        speaker = speakers.behind(sentence, by.end()) if passive and by else None
        return Act(speaker, verb, 0, at, speaker.end, "passive") if speaker else None
    if speaker := speakers.before(sentence, at):
        return Act(speaker, verb, 0, at, after) if _agrees(found[0].lower(), speaker) else None
    if _patterns()["behind a quotation"].search(sentence, max(0, at - 4), at):
        speaker = speakers.behind(sentence, after)
        return Act(speaker, verb, 0, at, speaker.end, "after") if speaker else None
    return None


def _agrees(form: str, speaker: Speaker) -> bool:
    """Say whether a form of the present tense is that of one speaker, or of several."""
    word, _, rest = form.partition(" ")
    behind = f" {rest}" if rest else ""
    if f"{word}s{behind}" in _verbs() or f"{word}es{behind}" in _verbs():
        return speaker.many
    return not (speaker.many and word.endswith("s"))


def _sentence(sentence: str, act: Act) -> int:
    """Return where the sentence of an act begins, should several have been taken for one."""
    ends = [found.end() for found in _patterns()["stop"].finditer(sentence, 0, starts_at(act) + 1)]
    return ends[-1] if ends else 0


def _own_clause(sentence: str, start: int, end: int) -> int | None:
    """Return where the clause begins that ends at a place, behind a mark or a conjunction."""
    part = sentence[start:end]
    semicolon = part.rfind(";")
    if semicolon >= 0:
        return start + semicolon + 1
    if part.endswith(" ") and part.rstrip().endswith((".", "!", "?")):
        return end
    found = _patterns()["joined"].search(part)
    return start + found.start("rest") if found else None


def _with_second_verbs(sentence: str, found: list[Act]) -> list[Act]:
    """Add the verbs that a speaker has besides the first: “supported it, but noted that …”."""
    made: list[Act] = []
    for number, act in enumerate(found):
        made.append(act)
        stop = starts_at(found[number + 1]) if number + 1 < len(found) else len(sentence)
        if act.form in ("active", "passive"):
            for second in _patterns()["second"].finditer(sentence, act.after, stop):
                verb = _verbs()[second["verb"].lower()]
                made.append(Act(act.speaker, verb, second.start("rest"), *second.span("verb")))
    return made


@cache
def _verbs() -> dict[str, Verb]:
    """Return each verb by each of its forms; a phrase of several words is one form."""
    return {form: verb for verb in english.VERBS for form in verb.forms.split(", ")}


@cache
def _first_words() -> frozenset[str]:
    """Return the words that verbs begin with: to look for all verbs everywhere takes long."""
    return frozenset(form.split()[0] for form in _verbs())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text in Latin letters pays for compiling them."""
    verbs = "|".join(sorted(map(re.escape, _verbs()), key=len, reverse=True))
    nouns = "|".join(english.NOUNS)
    joints = r"(?:and|but|while|whereas|as|yet|with|which)"
    return {
        name: re.compile(pattern, re.IGNORECASE)
        for name, pattern in {
            "verb": rf"\b(?:{verbs})\b",
            "participle": r"\s+(?:by|above|below|earlier)\b(?!\s+that)",
            "passive": r"\b(?:was|were|is|are|been|being)\s+(?:also\s+|\w+ly\s+)*\Z",
            "by": r"\s+by\b",
            "behind a quotation": r"[\x01\x02],?\s+\Z",
            "stop": r"(?-i:\w{2,}[a-z][.!?][”’\"]?\s+(?=[A-Z]))",
            "colon": r"\s*(?P<who>[^\x01\x02:,;.]{2,60}?)\s*:\s*(?=\x01)",
            "noun": rf"\b(?P<noun>{nouns})\s+(?:came\s+)?(?:from|by|of)\b",
            "that": r"\s*,?\s*(?:that\b|:)",
            "view": r"\b(?:according to|in the (?:view|opinion|words|eyes) of)\b",
            "joined": rf"(?:\w\W+\w+|\x02)\W*[,—\x02]\s+(?P<rest>{joints}\b[^,;\x01\x02]*)\Z",
            "second": r"(?:,|\x02)?\s+(?:but|and|yet)\s+(?P<rest>(?:also\s+|then\s+|\w+ly\s+)?"
            rf"(?P<verb>{verbs}))\b(?=\s+(?:that\b|\x01))",
        }.items()
    }
