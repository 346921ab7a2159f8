"""Pairs of revisions of one text, made so that what a merge must keep is known without any diff.

The edits put in words that stand nowhere else (marks), take passages out, and move them. Places are
counted in units: a word and the white space after it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tracker.text.words import tokens, units

ENGLISH, JAPANESE = "github-tos", "ja-mirai-gyosei"
REPETITIVE = {
    ENGLISH: [
        *("the ", "the ", "of ", "members ", "shall ", "report ", "and ", "not ", ", ", ". "),
    ],
    JAPANESE: ["の", "の", "は", "を", "会議", "委員", "報告", "、", "。", "する"],
}
_MARKS = ("0123456789", "アイウエオカキクケコ", "零壱弐参肆伍陸漆捌玖")
_PLACING = ("apart", "near", "anywhere", "shared")


class Atom(NamedTuple):
    """One change: the units of the base from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str


class Pair(NamedTuple):
    """Two revisions of a text, each by its changes, and the marks that each put in."""

    base: tuple[str, ...]
    ours: tuple[Atom, ...]
    theirs: tuple[Atom, ...]
    marks: tuple[str, ...]
    kind: str


def pairs(data: Path, count: int, seed: int) -> Iterator[Pair]:
    """Yield so many pairs: sentences, paragraphs and repetitive texts in two languages, in turn."""
    rng = random.Random(seed)
    kinds = [
        (language, unit)
        for language in (ENGLISH, JAPANESE)
        for unit in ("sentences", "paragraphs", "repetition")
    ]
    texts = {kind: _texts(data, *kind) for kind in kinds}
    for number in range(count):
        language, unit = kind = kinds[number % len(kinds)]
        if unit == "repetition":
            base = "".join(rng.choices(REPETITIVE[language], k=rng.randint(8, 30)))
        else:
            base = rng.choice(texts[kind])
        placing = _PLACING[number // len(kinds) % len(_PLACING)]
        parts = tuple(word + space for word, space in units(base))
        maker = _Maker(rng, parts, " " if language == ENGLISH else "")
        yield maker.pair(placing, f"{language} {unit}")


def distance(one: Atom, other: Atom) -> int:
    """Return how many units stand between two changes; less than nothing if they overlap."""
    return max(one.start, other.start) - min(one.end, other.end)


def overlap(one: Atom, other: Atom) -> bool:
    """Say whether two changes take out the same unit, or one puts words into what the other does.

    Two insertions at one place overlap; two changes next to each other do not.
    """
    first, second = sorted([one, other])
    return one != other and (second.start < first.end or one[:2] == other[:2])


def applied(base: Sequence[str], atoms: Sequence[Atom]) -> str:
    """Return the base with changes made to it; they must not overlap."""
    made: list[str] = []
    done = 0
    for atom in sorted(set(atoms)):
        made += [*base[done : atom.start], atom.text]
        done = atom.end
    return "".join([*made, *base[done:]])


def _texts(data: Path, language: str, unit: str) -> list[str]:
    """Return the sentences or paragraphs of the newest version of a document."""
    newest = max((data / "histories" / language).glob("*.md"))
    parts = newest.read_text(encoding="utf-8").splitlines()
    if unit == "sentences":
        parts = [sentence for part in parts for sentence in re.split(r"(?<=[.。])\s*", part)]
    return [part for part in parts if 7 < len(units(part)) < 300]


class _Maker:
    """Makes one pair of revisions of a text."""

    def __init__(self, rng: random.Random, base: tuple[str, ...], space: str) -> None:
        self._rng = rng
        self._base = base
        self._space = space
        self._marks: list[str] = []

    def pair(self, placing: str, kind: str) -> Pair:
        """Return a pair whose second revision is placed in some way in relation to the first."""
        ours: list[Atom] = []
        theirs: list[Atom] = []
        for _ in range(self._rng.choice([1, 1, 2, 3])):
            ours += self._edit(ours, [], "anywhere")
        if placing == "shared":
            theirs = self._rng.sample(ours, self._rng.randint(1, len(ours)))
        for _ in range(self._rng.choice([1, 1, 2, 3])):
            theirs += self._edit(theirs, ours, placing)
        return Pair(self._base, tuple(ours), tuple(theirs), self._used([*ours, *theirs]), kind)

    def _edit(self, own: list[Atom], others: list[Atom], placing: str) -> list[Atom]:
        """Return a change, a move as two, with a unit or more between it and its side's own."""
        for _ in range(20):
            start, end, target = self._place(others, placing), 0, 0
            what = self._rng.choice(["insert", "insert", "delete", "replace", "replace", "move"])
            end = start if what == "insert" else start + self._rng.choice([1, 1, 2, 3, 5])
            if end > len(self._base):
                continue
            if what == "move":
                target = self._place(others, placing)
                text = "".join(self._base[start:end])
                made = [Atom(start, end, ""), Atom(target, target, text)]
                if distance(*made) < 1:
                    continue
            else:
                made = [Atom(start, end, "" if what == "delete" else self._words(start, end))]
            if placing == "apart" and any(distance(a, b) < 4 for a in made for b in others):
                continue
            if applied(self._base, made) == "".join(self._base):
                continue
            if all(distance(atom, before) > 0 for atom in made for before in own):
                return made
        return []

    def _used(self, atoms: list[Atom]) -> tuple[str, ...]:
        text = "".join(atom.text for atom in atoms)
        return tuple(mark for mark in self._marks if mark in text)

    def _place(self, others: list[Atom], placing: str) -> int:
        if placing == "near" and others:
            other = self._rng.choice(others)
            at = self._rng.choice([other.start, other.end]) + self._rng.randint(-4, 4)
            return min(max(0, at), len(self._base))
        return self._rng.randint(0, len(self._base))

    def _words(self, start: int, end: int) -> str:
        """Return new words that can stand there without running into their neighbours."""
        left = self._base[start - 1] if start else ""
        right = self._base[end] if end < len(self._base) else ""
        made = ""
        for _ in range(self._rng.choice([1, 1, 2, 4])):
            number = str(1000 + len(self._marks))
            for digits in _MARKS:
                mark = "".join(digits[int(digit)] for digit in number)
                mark = f"mark{mark}" if mark == number else mark
                around = tokens(left + made), tokens(self._space + right)
                if tokens(left + made + mark + self._space + right) == [
                    *around[0],
                    mark,
                    *around[1],
                ]:
                    self._marks.append(mark)
                    made += mark + self._space
                    break
        return made
