"""Texts made from a seed: a vocabulary of the length and frequency of English or Japanese words."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate

SEED = 20210719
VOCABULARY = 12_000
_STARTS = (*"bcdfghlmnprstvw", "br", "ch", "st", "th", "tr")
_VOWELS = (*"aeiou", "ea", "io")
_KANJI = [chr(code) for code in range(0x4E00, 0x5E00)]
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニノハマミムモラリルレロンー"
_PARTICLES = (*"はをにがのとでも", "から", "として", "について")
_ENDINGS = ("する", "した", "される", "しない", "である", "べきである")
_SENTENCE = 18
_CLAUSE = 7


def words(count: int, seed: int = SEED) -> list[str]:
    """Return so many words of English-like prose, with capitals and punctuation."""
    chance = random.Random(seed)
    chosen = chance.choices(_english_vocabulary(), cum_weights=_zipf(VOCABULARY), k=count)
    for place in range(0, count, _SENTENCE):
        chosen[place] = chosen[place].capitalize()
        if place:
            chosen[place - 1] += "."
        if place + _CLAUSE < count:
            chosen[place + _CLAUSE] += ","
    return chosen


def phrases(count: int, seed: int = SEED) -> list[str]:
    """Return so many Japanese phrases: a word of kanji or katakana with its particle or ending."""
    chance = random.Random(seed)
    chosen = chance.choices(_japanese_vocabulary(), cum_weights=_zipf(VOCABULARY), k=count)
    for place, word in enumerate(chosen):
        if place % _CLAUSE == _CLAUSE - 1:
            chosen[place] = word + chance.choice(_ENDINGS) + "。"
        else:
            chosen[place] = word + chance.choice(_PARTICLES)
    return chosen


def edited(
    text: list[str], share: float, how: str = "replace", seed: int = SEED + 1, burst: int = 1
) -> list[str]:
    """Return the words with a share of them replaced, deleted, inserted before, swapped, or mixed.

    ``burst`` is how many neighbours change together.
    """
    chance = random.Random(seed)
    pool = sorted(set(text))
    result = text[:]
    places = chance.sample(range(0, len(text), burst), round(len(text) * share / burst))
    for place in sorted(places, reverse=True):
        kind = chance.choice(("replace", "delete", "insert", "swap")) if how == "mix" else how
        end = min(place + burst, len(text))
        if kind == "replace":
            result[place:end] = chance.choices(pool, k=end - place)
        elif kind == "delete":
            del result[place:end]
        elif kind == "insert":
            result[place:place] = chance.choices(pool, k=end - place)
        else:
            result[place : end + 1] = result[place : end + 1][::-1]
    return result


def _english_vocabulary() -> list[str]:
    chance = random.Random(SEED)

    def syllables(rank: int) -> str:
        many = chance.randint(1, 1 + (rank > 60) + (rank > 1500))
        return "".join(chance.choice(_STARTS) + chance.choice(_VOWELS) for _ in range(many))

    return _distinct(syllables)


def _japanese_vocabulary() -> list[str]:
    chance = random.Random(SEED)

    def word(rank: int) -> str:
        if rank % 7 == 6:
            return "".join(chance.choices(_KATAKANA, k=chance.randint(3, 6)))
        return "".join(chance.choices(_KANJI[: 200 + rank // 4], k=chance.choice((1, 2, 2, 2, 4))))

    return _distinct(word)


def _distinct(make: Callable[[int], str]) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        found[make(len(found))] = None
    return list(found)


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 2.7) for rank in range(count)))
