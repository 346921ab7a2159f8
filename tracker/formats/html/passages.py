"""The passages under revision: the text, what is wanted instead, and a box for the decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.exchange.review import Passage, Review, Rival, Said
from tracker.formats.html.comments import ruled
from tracker.formats.html.markup import Html, element, joined, link, place
from tracker.formats.html.words import flagged, quoted, redline, spoken
from tracker.text.shortening import beginning

_LONGEST = 220
"""Code points of a comment that is told in a line."""
_MANY = 8
"""Comments of a passage that are told in a line each; all of them stand beside the text."""


class _Context(NamedTuple):
    """What is to be known around a passage; ``seen`` are the proposals that were told already."""

    language: str
    comments: Mapping[str, Said]
    texts: Mapping[str, str]
    seen: set[str]


def passages(review: Review) -> Html:
    """Return the section of what is to be decided."""
    context = _Context(
        review.language,
        {comment.id: comment for comment in review.comments},
        {line.label: line.text for line in review.lines},
        set(),
    )
    told = [_passage(each, context) for each in review.passages]
    return element(
        "section",
        element("h2", "Passages under revision", id="passages-title"),
        told or element("p", "Nothing is under revision.", class_="none"),
        id="passages",
        aria_labelledby="passages-title",
    )


def name_of(passage: Passage) -> str:
    """Return how a passage is called."""
    if passage.label is not None:
        return f"Line {passage.label}"
    return "At the start" if passage.after == "0" else f"After line {passage.after}"


def id_of(passage: Passage) -> str:
    """Return where a passage is on the page."""
    return f"passage-{passage.label}" if passage.label else f"after-{passage.after}"


def _passage(passage: Passage, context: _Context) -> Html:
    title = f"{place(id_of(passage))}-title"
    comments = [context.comments[name] for name in passage.comments]
    by_proposal: dict[str, list[Rival]] = {}
    for rival in passage.rivals:
        by_proposal.setdefault(rival.proposal, []).append(rival)
    proposed = [_proposal(rivals, context) for rivals in by_proposal.values()]
    return element(
        "article",
        element("h3", name_of(passage), id=title),
        _current(passage, context, comments),
        _said(comments, passage),
        element("div", proposed, class_="rivals") if proposed else None,
        _decision(passage, list(by_proposal)),
        class_="passage",
        id=place(id_of(passage)),
        aria_labelledby=title,
    )


def _current(passage: Passage, context: _Context, comments: Sequence[Said]) -> Html | None:
    """Return the text as it stands, with the flagged words marked; of a new line what is before."""
    own = {"lang": context.language, "dir": "auto"}
    if passage.label is None:
        before = context.texts.get(passage.after or "")
        return element("p", before, class_="before", **own) if before else None
    if not passage.text:
        return element("p", "This line stands no more.", class_="none")
    marked = flagged(passage.text, spans(passage.label, comments))
    return element("p", marked, class_="current", **own)


def spans(label: str, comments: Sequence[Said]) -> list[tuple[int, int, str]]:
    """Return where comments flag words of a line."""
    return [
        (spot.start, spot.end, comment.id)
        for comment in comments
        for spot in comment.spots
        if spot.label == label and spot.start is not None and spot.end is not None
    ]


def _said(comments: Sequence[Said], passage: Passage) -> Html | None:
    """Return the open comments on a passage, a line each."""
    if not comments:
        return None
    rows = [element("li", _in_a_line(comment)) for comment in comments[:_MANY]]
    rest = len(comments) - _MANY
    if rest > 0:
        more = link(f"line-{passage.label}", f"{rest:,} more beside the text")
        rows.append(element("li", "and ", element("span", more)))
    return element("ul", rows, class_="voices", aria_label=f"Comments on {name_of(passage)}")


def _in_a_line(comment: Said) -> Html:
    words = "sealed" if comment.sealed else quoted(comment, beginning(comment.text, _LONGEST))
    who = spoken("bdi", comment.who, class_="who")
    told = element("span", who, f" ({comment.kind}): ", spoken("span", words))
    return joined([link(comment.id, comment.id), " ", told])


def _proposal(rivals: Sequence[Rival], context: _Context) -> Html:
    """Return what one proposal wants of a passage; it is where links to it lead, the first time."""
    first = rivals[0]
    is_new = first.proposal not in context.seen
    context.seen.add(first.proposal)
    who = element("span", " from ", spoken("bdi", first.who)) if first.who else None
    return element(
        "section",
        element("h4", first.proposal, who),
        spoken("p", first.rationale, class_="why") if first.rationale else None,
        [_change(rival, context.language) for rival in rivals],
        list(_facts(first)),
        class_="rival",
        id=place(first.proposal) if is_new else None,
    )


def _change(rival: Rival, language: str) -> Html:
    text = {"lang": language, "dir": "auto"}
    marked = element("p", redline(rival.runs), class_="redline", **text)
    reads = None
    if rival.result and rival.kind not in ("insert", "move"):
        lines = [[element("br"), line] for line in rival.result.split("\n")]
        reads = [
            element("p", "It would read", class_="label"),
            element("p", [part for line in lines for part in line][1:], class_="reads", **text),
        ]
    return element(
        "div", element("p", _does(rival), class_="label"), marked, reads, class_="change"
    )


def _does(rival: Rival) -> str:
    """Return in a few words what a change does."""
    where = "at the start" if rival.after == "0" else f"behind line {rival.after}"
    lines = ", ".join(rival.lines)
    told = {
        "replace": "Changes",
        "insert": f"Adds a line {where}",
        "delete": "Deletes the line",
        "move": f"Moves the line {where}",
        "split": "Splits the line",
        "merge": f"Makes one line of {lines}",
    }[rival.kind]
    if rival.kind == "merge" and not rival.result and not rival.in_collision:
        told = f"Becomes part of line {rival.lines[0]}"
    told += f" (instead of {rival.amends})" if rival.amends else ""
    told += "; no wording is chosen yet" if rival.in_collision else ""
    return told + ("; the line has changed since this was proposed" if rival.stale else "")


def _facts(rival: Rival) -> Iterator[Html]:
    """Yield what a proposal answers, what it collides with, and what is advised."""
    facts: list[Html] = []
    if rival.answers:
        facts.append(joined(["Answers ", _links(rival.answers)]))
    if rival.collides:
        facts.append(joined(["Cannot stand beside ", _links(rival.collides)]))
    if facts:
        yield element("p", [part for fact in facts for part in (" · ", fact)][1:], class_="facts")
    if rival.deferral is not None:
        yield element("p", "Put off: ", ruled(rival.deferral), class_="advice")
    if rival.recommendation is not None:
        yield element("p", "Advised: ", ruled(rival.recommendation), class_="advice")


def _links(names: Sequence[str]) -> Html:
    return joined([part for name in names for part in (", ", link(name, name))][1:])


def _decision(passage: Passage, proposals: Sequence[str]) -> Html:
    """Return an empty box: what there is to choose from, who decided, and when."""
    choices = [f"adopt {name}" for name in proposals]
    choices += ["amend", "reject" if len(proposals) == 1 else "reject all", "defer"]
    if not proposals:
        choices = ["keep as it is", "amend", "defer"]
    boxes = [element("li", element("span", class_="box"), choice) for choice in choices]
    blanks = [
        element("p", f"{name} ", element("span", class_="blank"), class_=class_)
        for name, class_ in (("Words or reason", "wide"), ("By", None), ("Date", None))
    ]
    return element(
        "div",
        element("h4", "Decision"),
        element("ul", boxes, class_="choices", role="list"),
        element("div", blanks, class_="blanks"),
        class_="decision",
        role="group",
        aria_label=f"Decision on {name_of(passage)}, to be filled in",
    )
