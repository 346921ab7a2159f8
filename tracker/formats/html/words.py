"""Words of the text: redlined, or with those marked that comments flag."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tracker.exchange.review import Said
from tracker.exchange.view import Run
from tracker.formats.html.markup import Html, data, element, hidden, joined, link

_KANA = re.compile("[\u3041-\u30ff]")

Span = tuple[int, int, str]
"""From where to where words are flagged, and the id of the comment that flags them."""


def language_of(text: str) -> str | None:
    """Return ``ja`` for words that hold kana; of others nothing is known."""
    return "ja" if _KANA.search(text) else None


def spoken(name: str, text: str, **attributes: str | None) -> Html:
    """Return an element of somebody's own words: in their language, reordering nothing else."""
    return element(name, text, lang=language_of(text), dir="auto", **attributes)


def quoted(comment: Said, text: str) -> str:
    """Return what was said: in quotation marks if these are the very words."""
    return f"“{text}”" if comment.verbatim else text


def redline(runs: Iterable[Run]) -> Html:
    """Return a redline: what it says by lines and colours is heard, too."""
    return joined(list(_marked(runs)))


def _marked(runs: Iterable[Run]) -> Iterator[Html]:
    for run in runs:
        if run.kind == "equal":
            yield joined(_broken(run.text))
            continue
        name, told = ("ins", "inserted") if run.kind == "insert" else ("del", "deleted")
        yield element(name, hidden(f"[{told}: "), _broken(run.text), hidden(" end]"))


def _broken(text: str) -> Iterator[str]:
    """Yield a text with a sign where a line would end."""
    first, *rest = text.split("\n")
    yield first
    for line in rest:
        yield element("span", "¶", class_="end", aria_label="end of the line")
        yield element("br")
        yield line


def flagged(text: str, spans: Sequence[Span]) -> Html:
    """Return a text with the flagged words marked, and behind them the comments that flag them.

    Words that several comments flag are marked as such.
    """
    spans = [span for span in spans if 0 <= span[0] < span[1] <= len(text)]
    if not spans:
        return data(text)
    edges = sorted({0, len(text), *(edge for span in spans for edge in span[:2])})
    return joined([_stretch(text, start, end, spans) for start, end in pairwise(edges)])


def _stretch(text: str, start: int, end: int, spans: Sequence[Span]) -> Html:
    around = [span for span in spans if span[0] <= start and end <= span[1]]
    begins = [span[2] for span in spans if span[0] == start]
    ends = [span[2] for span in spans if span[1] == end]
    opening = hidden(f"[flagged by {', '.join(begins)}: ") if begins else None
    words = joined([opening, text[start:end]])
    if around:
        words = element("mark", words, class_="twice" if len(around) > 1 else None)
    if not ends:
        return words
    return joined([words, hidden("]"), references(ends)])


def references(names: Sequence[str]) -> Html:
    """Return links to comments, small, behind what they are about."""
    links = [link(name, name) for name in names]
    apart = [part for one in links for part in (" ", one)][1:]
    return element("sup", apart, class_="refs")
