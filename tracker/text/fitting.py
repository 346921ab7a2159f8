"""How well some pieces of a text fit some pieces of its translation: lengths, structure, names.

Costs are negative logarithms of probabilities, so they add up: the lower, the better the fit.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from math import erfc, log, sqrt
from typing import NamedTuple

# How many pieces of one side render how many of the other, with the cost of finding that. The
# likelihoods are those of Gale and Church, of which Japanese moves some to one piece for two.
MOVES = {
    (1, 1): 0.12,
    (1, 0): 6.0,
    (0, 1): 6.0,
    (2, 1): 2.8,
    (1, 2): 2.8,
    (2, 2): 4.5,
    (3, 1): 5.0,
    (1, 3): 5.0,
}
IMPOSSIBLE = 1e9

# The length of a translation varies with the square root of the length; in signs of Latin width.
_VARIANCE = 6.8
_FIXED_VARIANCE = 40.0
_WORST_LENGTH = 14.0
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_KANJI_NUMBER = re.compile("[〇一二三四五六七八九]{2,}")
_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[A-Za-z\u00c0-\u024f]{2,}")
# A Japanese question ends in か and needs no mark.
_QUESTION = re.compile("(?:[?？]|か。?)[\"'”’」』)）]*$")
_IN_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_NUMBERS = {word: str(number) for number, word in enumerate(_IN_WORDS) if number > 1}
_RAREST = 4.0
# What two pieces have in common speaks for them, and what only one of them has against them.
_SHARED, _MISSING = 1.2, 0.6
_MIXED_KIND, _LEVEL, _SAME_HEADING = 12.0, 2.0, 2.0
_JOINT = {("inline", "paragraph"): 3.0, ("inline", "line"): 3.0, ("line", "paragraph"): 1.0}
_OTHER_MARK, _OTHER_NUMBER, _SAME_NUMBER = 4.0, 3.0, 2.0
_QUESTION_COST = 1.5
_JOINED_OVER = {"inline": 0.0, "line": 3.0, "paragraph": 6.0}


class Piece(NamedTuple):
    """A sentence, paragraph or heading; ``joint`` says whether it begins a paragraph or a line.

    ``mark`` is what stands before its words: a bullet, a number.
    """

    text: str
    kind: str = "sentence"
    level: int | None = None
    joint: str = "inline"
    mark: str = ""


class Group(NamedTuple):
    """One to three neighbouring pieces, as they are compared with such of the other text."""

    first: Piece
    length: int
    tokens: frozenset[str]
    question: bool
    inner: float
    """What it costs that these pieces are taken together."""


class Costs:
    """What it costs to pair pieces of two texts; the texts as a whole say what is usual."""

    def __init__(self, old: Sequence[Piece], new: Sequence[Piece]) -> None:
        self._old, self._new = old, new
        self._sizes = [[_length(piece.text) for piece in side] for side in (old, new)]
        self.ratio = sum(self._sizes[1]) / max(1, sum(self._sizes[0]))
        words = [[_tokens(piece.text) for piece in side] for side in (old, new)]
        counts = [Counter(chain.from_iterable(side)) for side in words]
        both = counts[0].keys() & counts[1].keys()
        self._tokens = [[found & both for found in side] for side in words]
        total = max(len(old), len(new), 1)
        self._weights = {
            token: min(_RAREST, 0.5 + log(total / max(counts[0][token], counts[1][token])))
            for token in both
        }
        self._groups = lru_cache(maxsize=20_000)(self._group)

    def move(self, old: int, new: int, count: tuple[int, int]) -> float:
        """Return the cost of pairing so many pieces from each place on; one side may have none."""
        prior = MOVES[count]
        if 0 in count:
            return prior
        one, other = self._groups(0, old, count[0]), self._groups(1, new, count[1])
        inner = one.inner + other.inner
        return prior if inner >= IMPOSSIBLE else prior + inner + self._fit(one, other)

    def fit(self, old: Iterable[int], new: Iterable[int]) -> float:
        """Return how badly pieces fit one another, whatever number of them was to be expected."""
        mine, theirs = list(old), list(new)
        if not mine or not theirs:
            return IMPOSSIBLE
        one = self._group(0, mine[0], len(mine))
        return self._fit(one, self._group(1, theirs[0], len(theirs)))

    def possible(self, old: int, new: int, count: tuple[int, int]) -> bool:
        """Return whether so many pieces may be taken together on both sides."""
        return all(
            part < 2 or self._groups(side, place, part).inner < IMPOSSIBLE
            for side, place, part in ((0, old, count[0]), (1, new, count[1]))
        )

    def _group(self, side: int, start: int, count: int) -> Group:
        pieces = (self._old, self._new)[side][start : start + count]
        stop = start + count
        return Group(
            first=pieces[0],
            length=sum(self._sizes[side][start:stop]),
            tokens=frozenset().union(*self._tokens[side][start:stop]),
            question=_QUESTION.search(pieces[-1].text) is not None,
            inner=sum(_joined(piece, side) for piece in pieces[1:])
            + (IMPOSSIBLE if count > 1 and pieces[0].kind == "heading" else 0.0),
        )

    def _fit(self, old: Group, new: Group) -> float:
        cost = self._length_cost(old.length, new.length) + _structure(old.first, new.first)
        if old.question != new.question:
            cost += _QUESTION_COST
        if old.tokens or new.tokens:
            shared = old.tokens & new.tokens
            cost -= _SHARED * self._weigh(shared)
            cost += _MISSING * self._weigh((old.tokens | new.tokens) - shared)
        return cost

    def _weigh(self, tokens: Iterable[str]) -> float:
        return sum(self._weights[token] for token in tokens)

    def _length_cost(self, old: int, new: int) -> float:
        """Return how unlikely it is that a translation differs so much in length (two-tailed)."""
        expected = old * self.ratio
        spread = sqrt(_VARIANCE * (expected + new) / 2 + _FIXED_VARIANCE)
        likely = erfc(abs(new - expected) / spread / sqrt(2))
        return min(_WORST_LENGTH, -log(likely)) if likely > 0 else _WORST_LENGTH


def _joined(piece: Piece, side: int) -> float:
    """Return the cost of joining a piece to the one before: of the new text, within a paragraph."""
    if piece.kind == "heading" or (side == 1 and (piece.joint == "paragraph" or piece.mark)):
        return IMPOSSIBLE
    return _JOINED_OVER[piece.joint] + (_OTHER_MARK if piece.mark else 0.0)


def _structure(old: Piece, new: Piece) -> float:
    if (old.kind == "heading") != (new.kind == "heading"):
        return _MIXED_KIND
    if old.kind == "heading":
        return _LEVEL * abs((old.level or 0) - (new.level or 0)) - _SAME_HEADING
    first, last = sorted((old.joint, new.joint))
    cost = 0.0 if first == last else _JOINT[first, last]
    if old.mark or new.mark:
        cost += _marks(_mark(old.mark), _mark(new.mark))
    return cost


def _marks(old: str, new: str) -> float:
    if old.isdigit() and new.isdigit():
        return -_SAME_NUMBER if old == new else _OTHER_NUMBER
    return 0.0 if old == new else _OTHER_MARK


@lru_cache(maxsize=1000)
def _mark(markup: str) -> str:
    """Return the number of an item, ``-`` for a bullet of any kind, nothing for none."""
    number = re.search(r"\d+", unicodedata.normalize("NFKC", markup))
    if number is not None:
        return number[0].lstrip("0") or "0"
    return "-" if markup.strip() else ""


def _length(text: str) -> int:
    """Return the length of a text in signs of Latin width: Japanese ones say about two of them."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _tokens(text: str) -> set[str]:
    """Return what a translation often keeps: numbers, and words in Latin script."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _KANJI_NUMBER.sub(lambda found: found[0].translate(_DIGITS), plain)
    words = (found.casefold() for found in _TOKEN.findall(plain))
    return {_NUMBERS.get(word, word) for word in words}
