"""Texts edited by a seeded generator that remembers where every word went.

Of a text's lines some are deleted, inserted, moved (alone or a few together, near or far), split,
merged and edited word by word. Since each word of the result knows the word it was, what became of
lines and of passages is known exactly, and owes nothing to any comparing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

SHARE = 0.05
EDITED_SHARE = 0.2
WORDS = re.compile(
    r"[\u4e00-\u9fff\u3005]+|[\u3041-\u309f]+|[\u30a1-\u30ff]+|[^\W_\u3041-\u30ff\u4e00-\u9fff]+|\s+|."
)


class Word(NamedTuple):
    """A word, mark or run of spaces, and the line and offset where the old text had it, or -1."""

    text: str
    line: int = -1
    start: int = -1


Line = list[Word]


class Edited(NamedTuple):
    """Two versions of a text; ``words`` are the lines of the new one with the origin of each."""

    old: list[str]
    new: list[str]
    words: list[Line]
    links: set[tuple[int, int]]  # Old line, new line.
    moved: set[tuple[int, int]]


class _Part(NamedTuple):
    """A line in the making, with the old lines it is made from."""

    words: Line
    lines: tuple[int, ...]
    moved: bool = False


def edited(lines: Sequence[str], strangers: Sequence[str], seed: int) -> Edited:
    """Edit a text; ``strangers`` are lines that may be inserted."""
    chance = random.Random(seed)
    parts = [_Part(_words(line, number), (number,)) for number, line in enumerate(lines)]
    count = max(1, round(len(lines) * SHARE))
    places = list(range(len(lines)))
    chance.shuffle(places)
    deleted = {places.pop() for _ in range(count)}
    split = {places.pop() for _ in range(count)}
    changed = {places.pop() for _ in range(round(len(lines) * EDITED_SHARE))}
    moved = _runs(chance, set(places), count)
    taken = set().union(deleted, split, changed, *moved)
    merged = _neighbours(chance, len(lines), taken, count)
    vocabulary = [word.text for part in parts for word in part.words if word.text[0].isalnum()]
    result: list[list[_Part]] = []
    for number, part in enumerate(parts):
        result.append([])
        if number in deleted or number - 1 in merged or any(number in run for run in moved):
            continue
        if number in split:
            result[-1] += _split(chance, part)
        elif number in merged:
            result[-1].append(_merge(chance, part, parts[number + 1]))
        elif number in changed:
            result[-1].append(_Part(_edit(chance, part.words, vocabulary), part.lines))
        else:
            result[-1].append(part)
    for run in moved:
        _insert(chance, result, [parts[number]._replace(moved=True) for number in run])
    for _ in range(count):
        stranger = chance.choice(strangers)
        _insert(chance, result, [_Part([Word(text) for text in WORDS.findall(stranger)], ())])
    return _finished(list(lines), [part for group in result for part in group])


def texts(line: Sequence[Word]) -> str:
    """Return the text that words make."""
    return "".join([word.text for word in line])


def _finished(old: list[str], parts: list[_Part]) -> Edited:
    new = [texts(part.words) for part in parts]
    links = {(line, place) for place, part in enumerate(parts) for line in part.lines}
    moved = {(line, place) for place, part in enumerate(parts) if part.moved for line in part.lines}
    return Edited(old, new, [part.words for part in parts], links, moved)


def _words(line: str, number: int) -> Line:
    return [Word(found[0], number, found.start()) for found in WORDS.finditer(line)]


def _runs(chance: random.Random, free: set[int], count: int) -> list[list[int]]:
    """Choose runs of one to five neighbouring lines, so many lines in all."""
    runs: list[list[int]] = []
    for start in chance.sample(sorted(free), len(free)):
        wanted = min(chance.choice((1, 1, 2, 3, 5)), count - sum(map(len, runs)))
        run = [place for place in range(start, start + wanted) if place in free]
        if not wanted:
            break
        if len(run) == wanted:
            free -= set(run)
            runs.append(run)
    return runs


def _neighbours(chance: random.Random, length: int, taken: set[int], count: int) -> set[int]:
    """Choose lines that are merged with the one after them."""
    chosen: set[int] = set()
    for place in chance.sample(range(length - 1), length - 1):
        if len(chosen) * 2 >= count:
            break
        if not {place, place + 1} & taken:
            chosen.add(place)
            taken |= {place, place + 1}
    return chosen


def _split(chance: random.Random, part: _Part) -> list[_Part]:
    """Split a line after a sentence, else after a clause, else between two words."""
    words = part.words
    places = range(1, len(words))
    for ends in (".。!?", ",、;:"):
        if found := [at for at in places if words[at - 1].text in ends and at < len(words) - 1]:
            break
    else:
        found = [at for at in places if words[at - 1].text[0].isalnum()]
    if not found or chance.random() < 0.2:
        found = [max(1, len(words) // 2)]
    at = chance.choice(found)
    parts = [_stripped(words[:at]), _stripped(words[at:])]
    return [_Part(half, part.lines) for half in parts if half]


def _stripped(words: Line) -> Line:
    start, end = 0, len(words)
    while start < end and words[start].text.isspace():
        start += 1
    while start < end and words[end - 1].text.isspace():
        end -= 1
    return words[start:end]


def _merge(chance: random.Random, one: _Part, other: _Part) -> _Part:
    is_spaced = texts(one.words).isascii() or chance.random() < 0.1
    between = [Word(" ")] if is_spaced else []
    return _Part([*one.words, *between, *other.words], one.lines + other.lines)


def _edit(chance: random.Random, words: Line, vocabulary: Sequence[str]) -> Line:
    """Replace, delete and insert from 5 to 60 of a hundred words, scattered or together."""
    places = [at for at, word in enumerate(words) if word.text[0].isalnum()]
    if not places:
        return words
    count = max(1, round(len(places) * chance.uniform(0.05, 0.6)))
    start = chance.randrange(len(places) - count + 1)
    together = places[start : start + count]
    chosen = set(together if chance.random() < 0.3 else chance.sample(places, count))
    is_spaced = any(word.text == " " for word in words)
    result: Line = []
    for at, word in enumerate(words):
        deed = chance.choice(("replace", "replace", "delete", "insert")) if at in chosen else ""
        if deed == "replace":
            result.append(Word(chance.choice(vocabulary)))
        elif deed != "delete":
            result.append(word)
        if deed == "insert":
            result += [Word(" ")] * is_spaced + [Word(chance.choice(vocabulary))]
    return _stripped(result) or words


def _insert(chance: random.Random, result: list[list[_Part]], parts: list[_Part]) -> None:
    """Put lines somewhere: half of the time anywhere, else not far from where they were."""
    place = chance.randrange(len(result))
    if parts[0].lines and chance.random() < 0.5:
        place = parts[0].lines[0] + chance.choice((-1, 1)) * chance.randint(2, 12)
    result[max(0, min(len(result) - 1, place))] += parts
