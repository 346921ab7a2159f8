"""Whose voice a statement is, and what it replies to: what sentences tell of one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.exchange.summary import Doubt, Statement
from tracker.formats.summary import english, speakers
from tracker.formats.summary.words import Said

# Nobody takes up what was said so many statements before.
_FAR = 50
_UNFOUND = Doubt("check", "it seems to reply to something; what is not found")
_NOBODY = Doubt("check", "the pronoun is nobody's who was named before")
_FARTHER = Doubt("check", "what it replies to stands in another paragraph")
_NAMED = Doubt("likely", "what it replies to is told by the speaker that it names")


class Told(NamedTuple):
    """A statement with the passage it stands in, the part of the summary, and a side beside it."""

    said: Said
    passage: int
    part: int
    row: int
    side: str | None = None


def threaded(told: Sequence[Told]) -> list[Statement]:
    """Return the statements with their sides, and with what each replies to."""
    voices = _voices(told)
    made: list[Statement] = []
    for number, each in enumerate(told):
        said = each.said
        side, doubts = each.side or speakers.side_of(said.speaker), [*said.doubts]
        if side is None and voices[number] != number and made[voices[number]].side:
            side = made[voices[number]].side
            doubts.append(Doubt("likely", f"the voice of “{made[voices[number]].speaker}” before"))
        if said.noun in english.PRONOUNS.split("|") and voices[number] == number:
            doubts.append(_NOBODY)
        parent, relation = None, said.relation
        if said.reference is not None or relation is not None:
            parent, more = _parent(told, number, voices)
            doubts += more
            relation = relation if parent is not None else None
        made.append(
            Statement(
                speaker=said.speaker,
                text=said.text,
                kind=said.kind,
                row=each.row,
                verbatim=said.verbatim,
                side=side,
                relation=relation,
                reply_to=parent,
                context=said.context,
                doubts=tuple(doubts),
            )
        )
    return made


def _voices(told: Sequence[Told]) -> list[int]:
    """Return for each statement the first one of its voice, as far as the words say that.

    “The scholar” is the last scholar of the paragraph, or the last speaker of the one before it.
    """
    voices: list[int] = []
    for number, each in enumerate(told):
        voice = number
        if each.said.taken_up and not each.said.many:
            voice = _taken_up(told, number, voices)
        elif number and _is_second_verb(told[number - 1], each):
            voice = voices[number - 1]
        voices.append(voice)
    return voices


def _is_second_verb(before: Told, each: Told) -> bool:
    """Say whether two verbs have one subject: the second begins where the first speaker stands."""
    return before.passage == each.passage and before.said.end > each.said.start


def _taken_up(told: Sequence[Told], number: int, voices: Sequence[int]) -> int:
    each = told[number]
    for before in _back(told, number):
        other = told[before]
        if other.passage < each.passage - 1:
            break
        if other.said.many:
            continue
        if _same_word(each.said, other.said):
            return voices[before]
        if other.passage != each.passage:
            break
    return number


def _same_word(one: Said, other: Said) -> bool:
    """Say whether a speaker can be another one taken up again, by the words for both."""
    sides = {speakers.side_of(one.speaker), speakers.side_of(other.speaker)} - {None}
    return len(sides) < 2 and one.noun in (other.noun, "he", "she", "氏", "彼", "彼女")


def _parent(
    told: Sequence[Told], number: int, voices: Sequence[int]
) -> tuple[int | None, list[Doubt]]:
    """Return the statement that one replies to, and what is to be doubted of it."""
    reference = told[number].said.reference
    if reference is not None and reference.speaker is not None:
        found = _of_speaker(told, number, reference.speaker)
        if found is not None:
            return voices[found] if reference.first else found, [_NAMED]
    before = number - 1
    if before < 0 or told[before].part != told[number].part:
        return None, [_UNFOUND]
    same = told[before].passage == told[number].passage
    return before, [] if same else [_FARTHER]


def _of_speaker(told: Sequence[Told], number: int, name: str) -> int | None:
    """Return the last that a named speaker said before in the same part."""
    noun = name.lower().split()[-1]
    side = speakers.side_of(name)
    for before in _back(told, number):
        other = told[before].said
        if other.noun == noun and speakers.side_of(other.speaker) in (side, None):
            return before
    return None


def _back(told: Sequence[Told], number: int) -> Iterator[int]:
    """Yield what was said before in the same part, the last first."""
    for before in range(number - 1, max(-1, number - 1 - _FAR), -1):
        if told[before].part != told[number].part:
            return
        yield before
