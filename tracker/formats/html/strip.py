"""The heat strip: where in the text the comments are, at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.exchange.review import Review
from tracker.formats.html.markup import Html, element, hidden, link

_WIDTH, _HEIGHT = 1000, 24
# As in the style, which not every program that prints it heeds within a picture.
_GROUND, _HEAT = "#f6f3eb", "#a8541a"
_BARS = 120
"""So many bars at most: a longer text has several lines in each."""
_NAMED = 12
"""So many lines are named beneath, those with the most open comments."""


class _Bar(NamedTuple):
    """Some of the text: from where to where in code points, and how many comments are on it."""

    start: int
    end: int
    comments: int


def strip(review: Review) -> Html | None:
    """Return a strip as long as the text, darker and higher where more open comments are."""
    open_ = {passage.label: len(passage.comments) for passage in review.passages}
    counts = {label: number for label, number in open_.items() if label and number}
    if not counts:
        return None
    bars = list(_bars(review, counts))
    length, most = bars[-1].end, max(bar.comments for bar in bars)
    drawn = [_drawn(bar, length, most) for bar in bars if bar.comments]
    ground = element("rect", class_="ground", width=f"{_WIDTH}", height=f"{_HEIGHT}", fill=_GROUND)
    picture = element(
        "svg",
        ground,
        drawn,
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        preserveAspectRatio="none",
        class_="strip",
        aria_hidden="true",
        focusable="false",
    )
    return element("figure", picture, element("figcaption", *_named(counts)))


def _bars(review: Review, counts: dict[str, int]) -> Iterator[_Bar]:
    """Yield the text in stretches of a line each, or of several of a long text."""
    step = max(1, -(-len(review.lines) // _BARS))
    position = 0
    for first in range(0, len(review.lines), step):
        own = review.lines[first : first + step]
        end = position + sum(len(line.text) + 1 for line in own)
        yield _Bar(position, end, sum(counts.get(line.label, 0) for line in own))
        position = end


def _drawn(bar: _Bar, length: int, most: int) -> Html:
    share = bar.comments / most
    height = _HEIGHT * (0.35 + 0.65 * share)
    left, right = (round(_WIDTH * edge / length, 1) for edge in (bar.start, bar.end))
    return element(
        "rect",
        class_="heat",
        fill=_HEAT,
        x=f"{left}",
        y=f"{_HEIGHT - height:.1f}",
        width=f"{max(right - left - 1, 3):.1f}",
        height=f"{height:.1f}",
        fill_opacity=f"{0.35 + 0.65 * share:.2f}",
    )


def _named(counts: dict[str, int]) -> Iterator[Html | str]:
    """Yield in words what the strip shows."""
    yield "Open comments on "
    # Of equals the first in the text; those that are named stand in its order.
    chosen = set(sorted(counts, key=lambda label: -counts[label])[:_NAMED])
    named = [label for label in counts if label in chosen]
    for place, label in enumerate(named):
        yield " · " if place else ""
        yield link(f"passage-{label}", f"line {label}")
        yield hidden(":")
        yield f" {counts[label]:,}"
    rest = [counts[label] for label in counts if label not in chosen]
    if rest:
        yield f" · {sum(rest):,} on {len(rest):,} more {'line' if len(rest) == 1 else 'lines'}"
