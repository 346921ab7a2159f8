"""Who an English sentence names as speaker: the phrase that stands before or behind a verb."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from tracker.formats.summary import english
from tracker.formats.summary.words import SIDES

# A speaker and what stands between him and the verb is hardly longer.
_WINDOW = 160
_WORD = r"[^\W\d_][\w.’'-]*"
_FORMS = ("person", "title", "alone", "pronoun", "name")
_JOINTS = (
    r"(?:of|that|which|who|whose|and|or|to|in|on|for|with|by|from|at|than|is|are|was|were|be"
    r"|the|a|an)"
)


class Speaker(NamedTuple):
    """A speaker as printed, where the phrase begins and ends; ``form`` says what tells it.

    It is a ``person`` (one scholar), somebody ``alone`` (some), a ``title`` (Mr. Sato), a
    ``pronoun``, or a ``name`` that may be that of something else.
    """

    start: int
    end: int
    name: str
    form: str

    @property
    def noun(self) -> str:
        """The first noun of it that says what a person is, in small letters; else the name."""
        found = _patterns()["noun"].search(self.name)
        return (found[0] if found else self.name).lower()

    @property
    def many(self) -> bool:
        """Whether it is said of several."""
        return _patterns()["many"].search(self.noun) is not None

    @property
    def taken_up(self) -> bool:
        """Whether it takes somebody up who has spoken before: “the scholar”, “the same member”."""
        return _patterns()["taken up"].match(self.name) is not None


def before(text: str, end: int) -> Speaker | None:
    """Return the speaker that stands right before a place of a masked sentence."""
    named = []
    for name in _FORMS:
        found = _patterns()[name].search(text, max(0, end - _WINDOW), end)
        if found and not _is_object(text, found.start("who")):
            named.append(Speaker(found.start("who"), found.end("who"), found["who"], name))
    fitting = [speaker for speaker in named if not _is_no_name(speaker)]
    # What begins first has the most in it: “some on the Japanese side”.
    return min(fitting, key=lambda speaker: speaker.start, default=None)


def behind(text: str, start: int) -> Speaker | None:
    """Return the speaker that stands right behind a place of a masked sentence."""
    for name in _FORMS:
        found = _patterns()[f"{name} here"].match(text, start, start + _WINDOW)
        if found:
            return Speaker(found.start("who"), found.end("who"), found["who"], name)
    return None


def label(text: str) -> Speaker | None:
    """Return the speaker that a whole phrase names, as before a colon: “The Chair”, “Mr. Sato”."""
    found = behind(text, 0)
    return found if found and found.end == len(text) else None


def side_of(speaker: str) -> str | None:
    """Return the side that a speaker's name says; none where it says none, or several."""
    sides = {SIDES[word] for word in _patterns()["side"].findall(speaker)}
    return sides.pop() if len(sides) == 1 else None


def _is_object(text: str, start: int) -> bool:
    """Say whether the word before a phrase makes it something else than the subject."""
    word = re.search(r"([\w’']+)\s+\Z", text[max(0, start - 24) : start])
    return word is not None and word[1].lower() in english.NEVER.split("|")


def _is_no_name(speaker: Speaker) -> bool:
    """Say whether what looks like a name begins with a word that none begins with."""
    if speaker.form != "name" or speaker.name.removeprefix("The ") in SIDES:
        return False
    return is_no_name(speaker.name)


def is_no_name(words: str) -> bool:
    """Say whether capitalised words begin with one that no name of a person begins with."""
    return words.split()[0] in english.NO_NAME.split("|")


def _people() -> str:
    return rf"\b(?:(?:{english.ONE})s?|{english.MANY})\b"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns; only a text with verbs of speaking in it pays for compiling them."""
    people = _people()
    between = rf"(?:(?!{_JOINTS}\b){_WORD}\s+){{0,4}}?"
    named = r"[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.\s+)*[A-Z][\w’'-]+){0,3}"
    of = r"(?:on|from|of|at|in|representing)\s+(?:the\s+|an?\s+)?"
    side = rf"{of}(?:(?!{_JOINTS}\b){_WORD}\s+){{0,4}}?"
    behind_person = rf"(?:\s+{side}{people}|\s+{side}[A-Z][\w.’'-]+)?"
    plural = rf"(?:(?:{english.ONE})s|people|delegations)"
    sides = "|".join(re.escape(word) for word in sorted(SIDES, key=len, reverse=True))
    begins = r"(?:(?<=\A)|(?<=[,;:—(] )|(?<=[,;:—(])|(?<=[Tt]hat ))"
    who = {
        "person": rf"(?i:\b(?:{english.DETERMINERS})\s+{between}{people})(?:{behind_person})"
        rf"|{begins}(?:(?i:{plural})|(?:{sides})\s+(?i:(?:{english.PRESENT})s?\b)){behind_person}"
        rf"|\b(?i:{plural})\s+{side}(?i:{people})",
        "title": rf"\b(?:Prime\s+|Vice\s+|Foreign\s+|Defen[sc]e\s+)?(?:{english.TITLES})"
        rf"\b\.?\s+{named}(?:\s+(?:of|from|for|at)\s+(?:the\s+)?{named})?",
        "alone": rf"\b(?i:{english.ALONE})(?:\s+{side}(?i:{people}))?",
        "pronoun": rf"\b(?i:{english.PRONOUNS})",
        "name": r"\b[A-Z][\w’'-]+(?:\s+(?:[A-Z]\.\s+)*[A-Z][\w’'-]+){1,2}"
        rf"|\b(?:[Tt]he\s+)?(?:{'|'.join(re.escape(side) for side in SIDES)})(?!\w)",
    }
    gap = (
        r"(?:,[^,;:.!?\x01\x02]{1,80},|,\s+who(?=\s)|\s*\([^()\x01\x02]{1,60}\))?"
        r"(?:\s+(?:has|have|had|also|then|later|again|first|further|even|too|likewise|\w{2,}ly))*"
        r"\s+"
    )
    made = {name: re.compile(rf"(?P<who>{pattern}){gap}\Z") for name, pattern in who.items()}
    made |= {
        f"{name} here": re.compile(rf"\s*(?P<who>{pattern})(?![\w-])")
        for name, pattern in who.items()
    }
    made["side"] = re.compile(rf"(?:(?<![^\W_])|(?=[^\x00-\x7f]))(?:{sides})(?![a-z])")
    made["noun"] = re.compile(people, re.IGNORECASE)
    made["many"] = re.compile(
        rf"\A(?:{plural}|sides|men|women|some|several|many|most|others|all|both|they)\b"
    )
    made["taken up"] = re.compile(
        r"the\s+same\b|the\s+(?!other|first|second|third)|this\b|that\b|he\Z|she\Z", re.IGNORECASE
    )
    return made
