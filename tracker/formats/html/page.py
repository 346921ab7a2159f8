"""The page as a file: nothing in it is fetched, nothing runs, all can be read as it is."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tracker.exchange.review import Review, Said
from tracker.formats.html.changes import changes
from tracker.formats.html.comments import proposals_shown, threads
from tracker.formats.html.markup import Html, element, joined, link
from tracker.formats.html.passages import passages
from tracker.formats.html.running import running_text
from tracker.formats.html.strip import strip
from tracker.formats.html.words import spoken

_STYLE = Path(__file__).with_name("page.css")


def write(review: Review) -> bytes:
    """Return a review as one HTML file, in UTF-8."""
    page = element("html", _head(review), _body(review), lang="en")
    return f"<!DOCTYPE html>\n{page}\n".encode()


def _head(review: Review) -> Html:
    style = _STYLE.read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", review.title, " – draft for review" if review.draft else None),
        element("style", Html(style)),
    )


def _body(review: Review) -> Html:
    sections = [passages(review), running_text(review), changes(review), _elsewhere(review)]
    return element(
        "body",
        link("passages", "Skip to the passages under revision", class_="skip"),
        _opening(review),
        _contents(review, has_changes=sections[2] is not None, has_rest=sections[3] is not None),
        element("main", sections, id="main"),
        _closing(review),
        class_="draft" if review.draft else None,
    )


def _opening(review: Review) -> Html:
    """Return what is read first: what this is, how it stands, and what is open."""
    as_of = f"as of {review.date}" if review.date else None
    standing = [part for part in (review.edition, as_of, f"@{review.entry}") if part]
    with_internal = any(comment.internal for comment in review.comments)
    return element(
        "header",
        element("p", "DRAFT", class_="stamp") if review.draft else None,
        element("h1", review.title, lang=review.language, dir="auto"),
        element("p", element("bdi", " · ".join(standing)), class_="edition"),
        element("p", review.sentence[:1].upper(), review.sentence[1:], ".", class_="sentence"),
        element("p", "With internal comments: not to be passed on.", class_="warning")
        if with_internal
        else None,
        strip(review),
    )


def _contents(review: Review, *, has_changes: bool, has_rest: bool) -> Html:
    places = [("passages", "Passages under revision"), ("text", "The full text")]
    places += [("changes", f"What changed since {review.since}")] if has_changes else []
    places += [("elsewhere", "Comments on no line")] if has_rest else []
    rows = [element("li", link(to, name)) for to, name in places]
    return element("nav", element("ul", rows, role="list"), aria_label="Contents")


def _elsewhere(review: Review) -> Html | None:
    """Return the section of the comments that stand beside no line of the text, by topic."""
    beside = {name for line in review.lines for name in line.comments}
    rest = [comment for comment in review.comments if comment.id not in beside]
    if not rest:
        return None
    topics: dict[str, list[Said]] = {}
    for comment in rest:
        topics.setdefault(_topic(comment), []).append(comment)
    shown = proposals_shown(review)
    return element(
        "section",
        element("h2", "Comments on no line", id="elsewhere-title"),
        [
            joined([element("h3", spoken("bdi", name)), threads(own, shown)])
            for name, own in topics.items()
        ],
        id="elsewhere",
        aria_labelledby="elsewhere-title",
    )


def _topic(comment: Said) -> str:
    if comment.lines:
        return f"On what stands no more: line {', '.join(comment.lines)}"
    return comment.topic or (f"On {comment.about}" if comment.about else "On the whole")


def _closing(review: Review) -> Html:
    return element(
        "footer",
        element("p", f"Written from entry @{review.entry} of {review.key}. ", *_rule()),
    )


def _rule() -> Iterator[str]:
    yield "Names are told as the document’s rule of attribution allows. "
    yield "Inserted words are underlined, deleted words struck through."
