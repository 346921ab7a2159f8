"""Quotes that find their place in a text.

After the TextQuoteSelector of the W3C Web Annotation Data Model: some words, and a little of what
stands before and after. A place is found or it is not; it is never guessed. All offsets are code
points, half open. Straight and curly quotes match alike, as do all runs of white space and all
Unicode spellings of a character; letters do not match in another case.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tracker.text.folding import Folded, fold
from tracker.text.graphemes import around, snap
from tracker.text.words import tokens

CONTEXT = 32
# Prefix and suffix may come from elsewhere and be long; more of them decides nothing.
_LONGEST_CONTEXT = 256
# Comparing places costs their number times the length of the quote.
_MOST_PLACES = 10_000
_MOST_COMPARED = 50_000_000
# The share of a quote's letter groups that a passage must have to be called like it.
_LIKENESS = 0.4


class Quote(NamedTuple):
    """Words of a text, what stood before and after them, and where they began, if known."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None


def locate(quote: Quote, text: str) -> tuple[int, int] | None:
    """Return where the words stand, or None if they do not, or if it cannot be told where.

    Words that stand once are found whatever is around them. Of several places the one with more of
    the words of the prefix and the suffix next to it is taken, then the one nearest to ``start``.
    Two places as good as each other are None: with no prefix, suffix or start nobody can know which
    was meant. Places inside a grapheme (one person of a family emoji) are none.
    """
    folded = Folded(text)
    exact, prefix, suffix = fold(quote.exact), fold(quote.prefix), fold(quote.suffix)
    prefix, suffix = prefix[-_LONGEST_CONTEXT:], suffix[:_LONGEST_CONTEXT]
    if not exact:
        return None
    hint = None
    if quote.start is not None and 0 <= quote.start <= len(text):
        hint = folded.offset(quote.start)
        span = _at_hint(folded, hint, exact, prefix, suffix)
        if span:
            return span
    places = list(_places(folded, exact))
    if len(places) > 1:
        places = _best_in_context(folded.folded, places, len(exact), prefix, suffix)
    if len(places) > 1 and hint is not None:
        nearest_by = min(abs(place - hint) for place in places)
        places = [place for place in places if abs(place - hint) == nearest_by]
    return folded.span(places[0], places[0] + len(exact)) if len(places) == 1 else None


def occurrences(exact: str, text: str) -> list[tuple[int, int]]:
    """Return all places of the words, in order, none overlapping the one before; none for "".

    Linear in the text.
    """
    folded, needle = Folded(text), fold(exact)
    found: list[tuple[int, int]] = []
    at = folded.folded.find(needle) if needle else -1
    while at >= 0:
        span = folded.span(at, at + len(needle))
        if span:
            found.append(span)
        at = folded.folded.find(needle, at + (len(needle) if span else 1))
    return found


def quote_at(text: str, start: int, end: int) -> Quote:
    """Return the quote of a passage, with 32 code points before and after it.

    A span that cuts a grapheme or a run of white space is widened; prefix and suffix are shortened
    instead. ValueError if the span is empty or not in the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no passage from {start} to {end} in a text of {len(text)} code points")
    # Folded, a run of white space is one space: half of it could not be found again.
    while start > 0 and text[start - 1 : start + 1].isspace():
        start -= 1
    while end < len(text) and text[end - 1 : end + 1].isspace():
        end += 1
    start, end = snap(text, start, end)
    _, before = around(text, max(0, start - CONTEXT))
    after, _ = around(text, min(len(text), end + CONTEXT))
    prefix, suffix = text[min(before, start) : start], text[end : max(after, end)]
    return Quote(text[start:end], prefix, suffix, start)


def nearest(exact: str, text: str) -> tuple[int, int] | None:
    """Return the passage most like the words, in whole words, or None if none is much like them.

    Passages are compared by the groups of letters they share (Esko Ukkonen's q-gram distance,
    1992), in any order and case, in time proportional to the text.
    """
    folded = Folded(text)
    wanted, given = _lower(fold(exact).strip()), _lower(folded.folded)
    size = 3 if wanted.isascii() and len(wanted) > 4 else 2 if len(wanted) > 1 else 1
    groups = Counter(_letter_groups(wanted, size))
    if not groups:
        return None
    window = len(wanted) - size + 1
    best, best_at = _best_window(groups, _letter_groups(given, size), window)
    if best < _LIKENESS * window:
        return None
    return _whole_words(folded, best_at, min(best_at + len(wanted), len(given)))


def _at_hint(
    folded: Folded, hint: int, exact: str, prefix: str, suffix: str
) -> tuple[int, int] | None:
    """Return the place that begins at the hint if all of the context is there: none is better."""
    before = hint - len(prefix)
    if before < 0 or not folded.folded.startswith(prefix + exact + suffix, before):
        return None
    return folded.span(hint, hint + len(exact))


def _places(folded: Folded, exact: str) -> Iterator[int]:
    """Yield where the words begin in the folded text, overlapping places too, up to a limit."""
    most = min(_MOST_PLACES, max(2, _MOST_COMPARED // len(exact)))
    at = folded.folded.find(exact)
    while at >= 0 and most:
        if folded.span(at, at + len(exact)):
            yield at
        most -= 1
        at = folded.folded.find(exact, at + 1)


def _best_in_context(
    text: str, places: list[int], length: int, prefix: str, suffix: str
) -> list[int]:
    """Return the places with the most words of the context next to them."""
    before = [part[::-1] for part in reversed(tokens(prefix))]
    after = tokens(suffix)
    scores = []
    for place in places:
        left = text[max(0, place - len(prefix)) : place][::-1]
        right = text[place + length : place + length + len(suffix)]
        scores.append(_words_in_common(before, left) + _words_in_common(after, right))
    best = max(scores)
    return [place for place, score in zip(places, scores, strict=True) if score == best]


def _words_in_common(parts: list[str], text: str) -> int:
    """Count the code points of the parts that a text begins with, in whole parts."""
    position = 0
    for part in parts:
        if not text.startswith(part, position):
            break
        position += len(part)
    return position


def _lower(text: str) -> str:
    """Return the text in lower case, every letter in its place (a few would become two)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join([letter.lower() if len(letter.lower()) == 1 else letter for letter in text])


def _letter_groups(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(len(text) - size + 1)]


def _best_window(wanted: Counter[str], groups: list[str], window: int) -> tuple[int, int]:
    """Return the most groups that so many neighbours share with those wanted, and where."""
    missing = dict(wanted)
    shared = best = best_at = 0
    for at, group in enumerate(groups):
        if at >= window and (leaving := groups[at - window]) in missing:
            missing[leaving] += 1
            shared -= missing[leaving] > 0
        if group in missing:
            shared += missing[group] > 0
            missing[group] -= 1
        if shared > best:
            best, best_at = shared, max(0, at - window + 1)
    return best, best_at


def _whole_words(folded: Folded, start: int, end: int) -> tuple[int, int] | None:
    """Return the span of the words that lie mostly between two places of the folded text."""
    chosen: list[tuple[int, int]] = []
    position = 0
    for token in tokens(folded.folded):
        middle = position + len(token) / 2
        if start <= middle <= end and not token.isspace():
            chosen.append((position, position + len(token)))
        position += len(token)
    if not chosen:
        return folded.span(start, end)
    return folded.span(chosen[0][0], chosen[-1][1])
