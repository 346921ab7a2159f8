"""Where in a text the words of a query stand, and how near to each other."""

import re
from functools import cache
from typing import NamedTuple

from tracker.text.terms import SPACELESS, search_terms, spelling

_LIMIT = 10_000
"""Code points of a text in which words are marked: the rest is too far away to be read."""


class Query(NamedTuple):
    """Words to look for. ``terms`` is empty if they hold nothing that can be found."""

    words: str
    terms: tuple[str, ...]


class Nearness(NamedTuple):
    """How near to each other the words of a query stand; what sorts lower is nearer."""

    scattered: bool
    span: int


def query(words: str) -> Query:
    """Return what a query looks for."""
    return Query(words, tuple(search_terms(words)))


def nearness(text: str, asked: Query) -> Nearness:
    """Return how near to each other the words stand in a text that holds them all.

    Nothing is nearer than the words as they were typed, case, width and punctuation aside.
    ``span`` counts code points of the folded text, from the first of the words to the last.
    """
    plain = _plain(text)
    if _as_typed(asked.words).search(plain):
        return Nearness(False, 0)
    places = [(plain.find(term), len(term)) for term in asked.terms]
    found = [(start, start + length) for start, length in places if start >= 0]
    if not found:
        return Nearness(True, len(plain))
    return Nearness(True, max(stop for _, stop in found) - min(start for start, _ in found))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", spelling(text)))


@cache
def _as_typed(words: str) -> re.Pattern[str]:
    """Return the pattern of a query in a plain text: whole words, where there are spaces."""
    plain = _plain(words)
    before = "(?<![a-z0-9])" if plain[:1].isascii() else ""
    after = "(?![a-z0-9])" if plain[-1:].isascii() else ""
    # A query of nothing but signs (an emoji) stands nowhere as words do.
    return re.compile(f"{before}{re.escape(plain)}{after}" if plain else r"(?!)")


def marks(text: str, terms: tuple[str, ...]) -> list[tuple[int, int]]:
    """Return where the words that terms were made of stand in a text, in code points, in order.

    In a script without spaces these are the pairs of characters that the query has, or the one
    character that it is. Places that touch are one.
    """
    wanted = frozenset(_units(terms))
    found: list[tuple[int, int]] = []
    for piece in _pieces().finditer(text, 0, _LIMIT):
        if wanted.isdisjoint(search_terms(piece[0])):
            continue
        places = _within(piece, wanted) if piece.lastgroup else [piece.span()]
        for start, stop in places:
            if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
                found[-1] = found[-1][0], max(stop, found[-1][1])
            else:
                found.append((start, stop))
    return found


def _units(terms: tuple[str, ...]) -> list[str]:
    """Return the terms without the single characters that are half of a pair."""
    halves = {half for term in terms if len(term) == 2 and not term.isascii() for half in term}
    return [term for term in terms if term not in halves]


def _within(piece: re.Match[str], wanted: frozenset[str]) -> list[tuple[int, int]]:
    """Return where wanted characters, and pairs of them, stand in a run without spaces."""
    text, start = piece[0], piece.start()
    found = []
    for place in range(len(text)):
        for width in (2, 1):
            part = text[place : place + width]
            # A pair has its characters for terms too.
            held = {term for term in search_terms(part) if len(term) == width}
            if not wanted.isdisjoint(held):
                found.append((start + place, start + place + width))
                break
    return found or [piece.span()]


@cache
def _pieces() -> re.Pattern[str]:
    letter = f"[^\\W_{SPACELESS}]"
    return re.compile(rf"(?P<spaceless>[{SPACELESS}]+)|{letter}+(?:[.,]{letter}+)*|[^\w\s]|_")
