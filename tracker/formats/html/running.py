"""The full text with the comments beside it, and the translations beside the original."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.review import Review, ReviewLine, Said
from tracker.formats.html.comments import proposals_shown, threads
from tracker.formats.html.markup import Html, element, joined, link, place
from tracker.formats.html.passages import spans
from tracker.formats.html.words import flagged, references

_DEEPEST = 6
_LANGUAGES = {"en": "English", "ja": "日本語"}
_STATES = {
    "stale": "the original has changed since",
    "missing": "not translated yet",
    "alone": "in this language only",
}


class _Context(NamedTuple):
    """What is to be known around a paragraph; ``told`` are the comments that stand somewhere."""

    review: Review
    comments: Mapping[str, Said]
    shown: Collection[str]
    told: set[str]


def running_text(review: Review) -> Html:
    """Return the section of the full text: a row for each paragraph, with the threads beside it."""
    known = {comment.id: comment for comment in review.comments}
    context = _Context(review, known, proposals_shown(review), set())
    depths: list[int] = []
    rows = []
    for lines in _paragraphs(review.lines):
        level = _depth(depths, lines[0].level or 1) if lines[0].kind == "heading" else None
        rows.append(_row(lines, level, context))
    languages = len(review.languages) + 1
    return element(
        "section",
        element("h2", "The full text", id="text-title"),
        _languages(review) if review.languages else None,
        rows or element("p", "The document has no text yet.", class_="none"),
        id="text",
        class_=f"columns-{min(languages, 3)}",
        aria_labelledby="text-title",
    )


def _paragraphs(lines: Sequence[ReviewLine]) -> Iterator[list[ReviewLine]]:
    """Yield the lines that stand in one paragraph together."""
    own: list[ReviewLine] = []
    for line in lines:
        is_apart = line.kind == "heading" or "\n" in line.lead or "\r" in line.lead or not line.text
        if own and (is_apart or own[-1].kind == "heading" or not own[-1].text):
            yield own
            own = []
        own.append(line)
    if own:
        yield own


def _depth(above: list[int], level: int) -> int:
    """Return how deep a heading stands on the page, beneath the section's: it leaves out none."""
    while above and above[-1] >= level:
        above.pop()
    above.append(level)
    return min(len(above) + 2, _DEEPEST)


def _languages(review: Review) -> Html:
    """Return the head of the columns: which language stands where."""
    tags = (review.language, *review.languages)
    names = [element("span", _LANGUAGES.get(tag, tag)) for tag in tags]
    return element("div", element("div", names, class_="texts"), class_="row languages")


def _row(lines: Sequence[ReviewLine], level: int | None, context: _Context) -> Html:
    names = dict.fromkeys(name for line in lines for name in line.comments)
    comments = [context.comments[name] for name in names]
    review = context.review
    cells = [_original(review, lines, level, comments)]
    cells += [_translation(tag, at, lines) for at, tag in enumerate(review.languages)]
    texts = element("div", cells, class_="texts")
    beside = _beside(lines, comments, context) if comments else None
    return element("div", texts, beside, class_="row heading" if level else "row")


def _beside(lines: Sequence[ReviewLine], comments: Sequence[Said], context: _Context) -> Html:
    """Return the threads on a paragraph; what stands beside an earlier one is only named."""
    new = [comment for comment in comments if comment.id not in context.told]
    again = [comment.id for comment in comments if comment.id in context.told]
    context.told.update(comment.id for comment in new)
    return element(
        "aside",
        threads(new, context.shown),
        element("p", "See also ", references(again), class_="again") if again else None,
        class_="margin",
        aria_label=f"Comments on line {', '.join(line.label for line in lines)}",
    )


def _original(
    review: Review, lines: Sequence[ReviewLine], level: int | None, comments: Sequence[Said]
) -> Html:
    """Return a paragraph, an item or a heading of the text."""
    if not lines[0].text:
        return element("p", class_="words", id=place(f"line-{lines[0].label}"))
    markup = lines[0].lead.rpartition("\n")[2].strip()
    is_item = level is None and bool(markup)
    content = [
        [None if not at else _space(line.lead), _line(line, comments)]
        for at, line in enumerate(lines)
    ]
    return element(
        f"h{level}" if level else "p",
        [element("span", "•" if markup in "-*+" else markup, class_="marker"), " "]
        if is_item
        else None,
        content,
        class_="words item" if is_item else "words",
        lang=review.language,
        dir="auto",
    )


def _space(lead: str) -> str:
    return " " if lead.strip() == "" and lead else lead


def _line(line: ReviewLine, comments: Sequence[Said]) -> Html:
    """Return one line with its number, its flagged words, and the comments on all of it."""
    own = spans(line.label, comments)
    marked = {name for _, _, name in own}
    whole = [c.id for c in comments if c.id not in marked and line.label in c.lines]
    return element(
        "span",
        link(f"line-{line.label}", line.label, class_="no", aria_label=f"Line {line.label}"),
        flagged(line.text, own),
        references(whole) if whole else None,
        id=place(f"line-{line.label}"),
        class_="line",
    )


def _translation(language: str, at: int, lines: Sequence[ReviewLine]) -> Html:
    """Return a paragraph in another language, and what is the matter with it."""
    content: list[Html] = []
    for line in lines:
        _, text, state = line.others[at] if at < len(line.others) else (language, "", None)
        if line.others and line.others[0][0] != language and not line.text:
            _, text, state = next(
                (other for other in line.others if other[0] == language), (language, "", None)
            )
        if not text and state is None:
            continue
        number = element("span", line.label, class_="no", aria_hidden="true")
        chip = element("span", _STATES[state], class_=f"chip {state}", lang="en") if state else None
        content.append(joined([number, text, chip]))
    return element("p", content, class_="words other", lang=language, dir="auto")
