"""How much alike lines are: by the words and the pairs of neighbouring words that they share.

What few lines have says more than what many have, so words weigh by their rarity (Karen Spärck
Jones, "A Statistical Interpretation of Term Specificity", 1972), and likeness is what two lines
share of what both have (Lee Dice, 1945). Japanese writes no spaces: there each sign is a word.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import log

from tracker.text.graphemes import composed_form

# Endings come and go (report, reports, reporting); so many letters tell most English words apart.
_STEM = 4
# What a word weighs that all lines have: even such words say something when they stand together.
_COMMON = 0.5
# Lines of the same words may differ in marks and spaces; only equal lines are wholly alike. So near
# to 1 that a thousand renumbered lines are worth more than all but one of them equal to the next.
ALMOST = 1 - 1e-6


def wording(line: str) -> str:
    """Return a line without the number or mark it begins with; all of it if nothing else is left.

    A line that got another number because one was added above it is still the same line.
    """
    end = _enumerator().match(line).end()  # type: ignore[union-attr]  # It matches nothing, too.
    return line[end:] if end < len(line) else line


def label(line: str) -> str:
    """Return the number or heading mark that a line begins with; "" if it has none, or a bullet."""
    before = line[: len(line) - len(wording(line))].strip()
    return before if "#" in before or any(map(str.isalnum, before)) else ""


def terms(line: str) -> list[str]:
    """Return the words of a line, shortened to their stems, in lower case; Japanese sign by sign.

    A line without words has itself as its only term; a blank one has none.
    """
    text = line if line.isascii() else composed_form(line)
    found = [word[:_STEM] for word in _words().findall(wording(text).lower())]
    return found or text.split()


class Lines:
    """Lines of two texts that can be compared: their features as numbers, and what these weigh."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        numbers: dict[object, int] = {}
        self.old = [_features(line, numbers) for line in old]
        self.new = [_features(line, numbers) for line in new]
        self.places = len(numbers)
        in_old = Counter(feature for line in self.old for feature in line)
        in_new = Counter(feature for line in self.new for feature in line)
        count = max(len(old), len(new)) + 1
        self.weights = [
            log(count / max(in_old[number], in_new[number])) + _COMMON
            for number in range(len(numbers))
        ]
        self.old_weights = [self.weigh(line) for line in self.old]
        self.new_weights = [self.weigh(line) for line in self.new]

    def weigh(self, features: Iterable[int]) -> float:
        """Return what some features weigh together."""
        return sum(map(self.weights.__getitem__, features))

    def shared(self, old: set[int], new: int) -> float:
        """Return the weight of what features of the old text and a line of the new one share."""
        return self.weigh(old.intersection(self.new[new]))


def _features(line: str, numbers: dict[object, int]) -> tuple[int, ...]:
    """Return the words and pairs of words of a line, each once, in the order they appear."""
    found = terms(line)
    parts: list[object] = [*found, *pairwise(found)]
    return tuple(dict.fromkeys([numbers.setdefault(part, len(numbers)) for part in parts]))


@cache
def _words() -> re.Pattern[str]:
    """Return the pattern of a word, or of a sign of a script that writes no spaces."""
    signs = (
        "\u3005-\u3007\u3021-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
        "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"
    )
    return re.compile(rf"[{signs}]|[^\W_{signs}]+(?:['’][^\W_{signs}]+)*")


@cache
def _enumerator() -> re.Pattern[str]:
    """Return the pattern of what a line begins with: a number, letter, bullet or heading mark."""
    return re.compile(
        r"[\s#>*+\-–—・●○◯■□◆◇]*(?:[(（]?(?:\d{1,6}|[a-zA-Z]|[ivxIVX]{1,5}|[①-⑳ア-ン一二三四五六七八九十])"
        r"(?:[.．]\d{1,3})*[).）．:：、]+\s*)?"
    )
