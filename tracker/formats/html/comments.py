"""Comments as threads: who said what, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from tracker.exchange.review import Review, Ruling, Said, Spot
from tracker.formats.html.markup import Html, element, joined, link, place
from tracker.formats.html.words import quoted, spoken

_SCOPES = {"section": "on the section", "gap": "on the gap behind the line"}
_DEEPEST = 4
"""Replies stand beneath what they answer so many times; those to the last beside it."""


def proposals_shown(review: Review) -> frozenset[str]:
    """Return the proposals that a link can lead to: the undecided ones."""
    return frozenset(rival.proposal for each in review.passages for rival in each.rivals)


def threads(comments: Sequence[Said], shown: Collection[str]) -> Html | None:
    """Return comments with their replies beneath them; nothing where there are none.

    ``shown`` are the proposals that stand on the page.
    """
    replies: dict[str | None, list[Said]] = {}
    parents: dict[str | None, str | None] = {}
    depths: dict[str | None, int] = {None: 0}
    for comment in comments:
        parent = comment.reply_to if comment.reply_to in depths else None
        if depths[parent] > _DEEPEST:
            parent = parents[parent]
        parents[comment.id] = parent
        depths[comment.id] = depths[parent] + 1
        replies.setdefault(parent, []).append(comment)
    return _thread(replies, None, shown)


def _thread(
    replies: Mapping[str | None, Sequence[Said]], parent: str | None, shown: Collection[str]
) -> Html | None:
    own = replies.get(parent, ())
    if not own:
        return None
    rows = [element("li", _comment(each, shown), _thread(replies, each.id, shown)) for each in own]
    return element("ol", rows, class_="thread", role="list")


def _comment(comment: Said, shown: Collection[str]) -> Html:
    name = f"{place(comment.id)}-by"
    return element(
        "article",
        _head(comment, name),
        list(_said(comment)),
        list(_became(comment, shown)),
        class_="comment",
        id=place(comment.id),
        aria_labelledby=name,
    )


def _head(comment: Said, name: str) -> Html:
    who = comment.who or "Sealed"
    facts = [comment.kind, comment.type, comment.meeting, comment.number]
    if comment.reply_to is not None:
        relation = (comment.relation or "replies to").replace("_", " ")
        facts[0] = f"{comment.kind}, {relation} {comment.reply_to}"
    if comment.about is not None:
        facts.append(f"on {comment.about}")
    facts.append(_SCOPES.get(comment.scope))
    told = " · ".join(fact for fact in facts if fact)
    return element(
        "p",
        element("b", comment.id, class_="name"),
        " ",
        spoken("bdi", who, class_="who"),
        element("span", f" · {told}", class_="facts"),
        element("span", "internal", class_="chip") if comment.internal else None,
        class_="head",
        id=name,
    )


def _said(comment: Said) -> Iterator[Html]:
    if comment.sealed:
        yield element("p", "Its words were taken out of the record.", class_="said")
        return
    beside = [*dict.fromkeys(_flagged(spot) for spot in comment.spots), comment.context]
    yield from (spoken("p", told, class_="beside") for told in beside if told)
    yield spoken("p", quoted(comment, comment.text), class_="said")
    if comment.note:
        yield spoken("p", f"Note: {comment.note}", class_="beside")


def _flagged(spot: Spot) -> str | None:
    """Return what the marks in the text do not show of the words that a comment flags."""
    if spot.quote is None or (spot.state == "exact" and spot.start is not None):
        return None
    on = {
        "orphaned": "The words it flags are gone",
        "partial": "Some of the words it flags are gone",
    }
    return f"{on.get(spot.state, 'On')}: “{spot.quote}”"


def _became(comment: Said, shown: Collection[str]) -> Iterator[Html]:
    """Yield what answers a comment, what is advised, and its disposition."""
    if comment.answered_by:
        names = [link(each, each) if each in shown else each for each in comment.answered_by]
        told = [part for name in names for part in (", ", name)][1:]
        yield element("p", "Answered by ", told, class_="became")
    if comment.recommendation is not None and comment.disposition is None:
        yield element("p", "Advised: ", ruled(comment.recommendation), class_="became")
    if comment.disposition is not None:
        yield element("p", "→ ", ruled(comment.disposition), class_="became settled")


def ruled(ruling: Ruling) -> Html:
    """Return an outcome with its grounds, as one sentence."""
    by = f"by {ruling.by}" if ruling.by else None
    on = f"on {ruling.on}" if ruling.on else None
    grounds = ", ".join(filter(None, (by, on, ruling.mode)))
    told = f" ({grounds})" if grounds else ""
    reason = spoken("span", ruling.reason) if ruling.reason else None
    return joined([element("b", ruling.outcome), told, ": " if reason else ".", reason])
