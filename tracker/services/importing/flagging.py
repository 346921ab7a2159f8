"""Which stored lines a passage of another text gives: word for word, or nearly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from tracker.text import Quote, locate
from tracker.text.folding import fold
from tracker.text.likeness import terms, wording
from tracker.text.sentences import sentence_spans

_NEAR = 0.75
"""The share of its words that a passage must have in common with a line (Lee Dice, 1945)."""
_CLEARLY = 0.08
"""By so much it must be more like that line than like any other."""
_FEWEST = 5
"""Words that a passage must have to be taken for words of a line."""
_RAREST = 12
_COMMON = 200
_QUOTES = "*_“”„\"'‘’「」『』«»＂"
_CALLED = re.compile(
    r"\W*(?:lines?|sentences?|paragraphs?|items?|points?|articles?|recommendations?|第)\s*"
    r"[\w.]{1,8}\s*(?:行目?|条|項)?\s*[:：.)—–-]+\s*",
    re.IGNORECASE,
)
_MARKS = ".,;:!?。、， " + _QUOTES


class Stored(NamedTuple):
    """A line as it is stored, in one of the languages of its document."""

    label: str
    text: str
    language: str


class Flagged(NamedTuple):
    """The lines that a passage gives; ``words`` are the part of the one line that it quotes.

    ``same`` are the labels of further lines that say the same.
    """

    lines: tuple[Stored, ...]
    exact: bool = True
    words: str | None = None
    same: tuple[str, ...] = ()


class Lines:
    """The lines of a document, found by their words. Each search takes about the passage's time."""

    def __init__(self, lines: Sequence[Stored]) -> None:
        self._lines = lines
        self._plain = [_plain(line.text) for line in lines]
        self._longest = max(map(len, self._plain), default=0)
        self._whole: dict[str, list[int]] = {}
        self._sentences: dict[str, list[int]] = {}
        self._holders: dict[str, list[int]] = {}
        self._terms = [set(terms(line.text)) for line in lines]
        for number, line in enumerate(lines):
            self._whole.setdefault(self._plain[number], []).append(number)
            for words in _sentences(line.text, line.language):
                self._sentences.setdefault(words, []).append(number)
            for term in self._terms[number]:
                self._holders.setdefault(term, []).append(number)
        counts = Counter(term for found in self._terms for term in found)
        self._weights = {term: log((len(lines) + 1) / n) + 0.5 for term, n in counts.items()}

    def given(self, passage: str) -> Flagged | None:
        """Return the lines that a passage gives and says nothing else; None for any other."""
        called = _CALLED.match(passage)
        shown = passage[called.end() :] if called else passage
        plain = _plain(shown)
        if not plain or len(plain) > 4 * self._longest + 200:
            return None
        if plain in self._whole:
            return self._as_whole(plain)
        several = self._in_sentences(shown)
        return several or self._near(shown) if len(terms(shown)) >= _FEWEST else None

    def holding(self, words: str, fewest: int = _FEWEST) -> Flagged | None:
        """Return the one line in which words stand, ``fewest`` of them at least; else None."""
        plain = _plain(words)
        found = terms(words)
        if len(found) < fewest:
            return None
        if plain in self._whole:
            return self._as_whole(plain)
        holders = [number for number in self._alike(found) if plain in self._plain[number]]
        if len({self._lines[number].label for number in holders}) != 1:
            return None
        line = self._lines[holders[0]]
        return Flagged((line,), words=_as_stored(words, line.text))

    def _as_whole(self, plain: str) -> Flagged:
        first, *others = [self._lines[number] for number in self._whole[plain]]
        same = dict.fromkeys(line.label for line in others if line.label != first.label)
        return Flagged((first,), same=tuple(same))

    def _in_sentences(self, passage: str) -> Flagged | None:
        """Return the lines that all sentences of a passage are of."""
        held = [self._sentences.get(words) for words in _sentences(passage, "en")]
        if not held or not all(held):
            return None
        numbers = list(dict.fromkeys(numbers[0] for numbers in held if numbers))
        lines = tuple(self._lines[number] for number in numbers)
        words = _as_stored(passage, lines[0].text) if len(lines) == 1 else None
        return Flagged(lines, words=words)

    def _near(self, passage: str) -> Flagged | None:
        """Return the line that a passage nearly gives, if clearly more so than any other."""
        found = set(terms(passage))
        likeness = sorted(
            ((self._likeness(found, n), -n) for n in self._alike(found)), reverse=True
        )
        if not likeness or likeness[0][0] < _NEAR:
            return None
        if len(likeness) > 1 and likeness[0][0] - likeness[1][0] < _CLEARLY:
            return None
        return Flagged((self._lines[-likeness[0][1]],), exact=False)

    def _likeness(self, found: set[str], number: int) -> float:
        weight = self._weigh(found) + self._weigh(self._terms[number])
        return 2 * self._weigh(found & self._terms[number]) / weight if weight else 0.0

    def _weigh(self, found: set[str]) -> float:
        rare = log(len(self._lines) + 1) + 0.5
        return sum(self._weights.get(term, rare) for term in found)

    def _alike(self, found: Sequence[str] | set[str]) -> list[int]:
        """Return the lines that have some of the rarest words of a passage, in order."""
        held = sorted(
            (self._holders[term] for term in set(found) if term in self._holders), key=len
        )
        few = [holders for holders in held[:_RAREST] if len(holders) <= _COMMON] or held[:1]
        return sorted({number for holders in few for number in holders[:_COMMON]})


def _plain(text: str) -> str:
    """Return a text as it is compared: no number or marks around it, in small letters."""
    return wording(fold(text).strip().strip(_MARKS)).strip(_MARKS).casefold()


def _sentences(text: str, language: str) -> list[str]:
    spans = sentence_spans(text, language)
    return [plain for start, end in spans if (plain := _plain(text[start:end]))]


def _as_stored(words: str, text: str) -> str | None:
    """Return words as they stand in a line, if they stand there once."""
    shown = words.strip().strip(_MARKS)
    found = locate(Quote(shown), text)
    return text[found[0] : found[1]] if found else None
