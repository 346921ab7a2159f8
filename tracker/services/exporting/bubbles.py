"""Comments as bubbles beside the words they flag, each thread with what was decided on it last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tracker.exchange.marked import Remark
from tracker.exchange.outgoing import Bubble
from tracker.exchange.review import Review, Ruling, Said
from tracker.services.exporting.tracked import Flat, Tracked

_DECIDED = "Decision"
"""Speaks the disposition, where it may not be told who decided."""
_FULL = len("2022-03-04")


class _Range(NamedTuple):
    """Where words are: in the earlier text, or from ``start`` in the words of an edit."""

    start: int
    end: int
    edit: int | None


def bubbles(review: Review, now: Flat, found: Tracked, *, is_whole: bool) -> tuple[Bubble, ...]:
    """Return the comments of a review in threads, at their words in the text before the edits.

    They are on the text as it is ``now``, to which the edits found lead. ``is_whole`` says that
    these are all that go out; else more come behind them, and none can be pointed to.
    """
    spans = {line.label: span for line, span in zip(now.lines, now.spans, strict=True)}
    known = {comment.id: comment for comment in review.comments}
    threads: dict[str, list[Said]] = {}
    for comment in review.comments:
        threads.setdefault(_root(comment, known), []).append(comment)
    told: list[Bubble] = []
    for root, thread in threads.items():
        ordered = sorted(thread, key=lambda each: (each.id != root, int(each.id[1:])))
        done = all(each.disposition is not None for each in ordered)
        for comment in ordered:
            stretch = _stretch(comment, spans)
            place = _place(stretch, found, is_whole=is_whole) if stretch else None
            quote = now.text[slice(*stretch)] if stretch else ""
            told += _told(comment, root, place, quote, done=done)
    return tuple(told)


def _root(comment: Said, known: dict[str, Said]) -> str:
    """Return the comment that begins a thread: the first that goes out."""
    while comment.reply_to in known:
        comment = known[comment.reply_to]
    return comment.id


def _told(
    comment: Said, root: str, place: _Range | None, quote: str, *, done: bool
) -> Iterator[Bubble]:
    """Yield a comment, and behind it what was decided on it, if that says anything."""
    parent = None if comment.id == root else root
    remark = Remark(
        id=comment.id,
        author=comment.speaker,
        date=comment.date if comment.date and len(comment.date) >= _FULL else None,
        text=_words(comment),
        start=place.start if place else None,
        end=place.end if place else None,
        quote=quote,
        parent=parent,
        done=done,
        initials=_initials(comment.speaker),
        about=comment.id,
    )
    edit = place.edit if place else None
    yield Bubble(
        remark._replace(offset=place.start) if place and edit is not None else remark, edit
    )
    if comment.disposition is not None and _says_something(comment.disposition):
        ruling = comment.disposition
        yield Bubble(
            remark._replace(
                id=f"{comment.id}.decided",
                author=ruling.by or _DECIDED,
                initials=_initials(ruling.by or _DECIDED),
                date=ruling.on if ruling.on and len(ruling.on) >= _FULL else None,
                text=_decided(ruling),
                parent=root,
                about=f"{comment.id}.decided",
                offset=place.start if place and edit is not None else 0,
            ),
            edit,
        )


def _says_something(ruling: Ruling) -> bool:
    """Return whether a decision says more than that the matter is settled."""
    return ruling.outcome != "noted" or ruling.reason is not None


def _decided(ruling: Ruling) -> str:
    outcome = ruling.outcome.replace("_", " ").capitalize()
    how = f" ({ruling.mode})" if ruling.mode else ""
    return f"{outcome}{how}" + (f": {ruling.reason}" if ruling.reason else "")


def _words(comment: Said) -> str:
    """Return what a bubble says: who speaks and of what kind it is, then the words."""
    if comment.sealed:
        return f"{comment.id}: sealed at the speaker's request"
    side = f" ({comment.side})" if comment.side and comment.side not in comment.speaker else ""
    relation = (
        f", {comment.relation.replace('_', ' ')} {comment.reply_to}" if comment.relation else ""
    )
    head = f"{comment.speaker}{side} · {comment.kind}{relation} · {comment.id}"
    said = f"“{comment.text}”" if comment.verbatim else comment.text
    context = f"{comment.context} " if comment.context else ""
    gone = [spot.quote for spot in comment.spots if spot.state == "orphaned" and spot.quote]
    lost = f"\nThe words it flagged are gone: “{' … '.join(gone)}”" if gone else ""
    return f"{head}\n{context}{said}{lost}"


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:3].upper()


def _stretch(comment: Said, spans: dict[str, tuple[int, int]]) -> tuple[int, int] | None:
    """Return where the words of a comment are in the later text: of several lines all of them."""
    edges: list[int] = []
    for spot in comment.spots:
        span = spans.get(spot.label)
        if span is not None:
            is_whole = spot.start is None or spot.end is None
            edges += span if is_whole else (span[0] + (spot.start or 0), span[0] + (spot.end or 0))
    for label in comment.lines if not edges else ():
        edges += spans.get(label, ())
    return (min(edges), max(edges)) if edges else None


def _place(stretch: tuple[int, int], found: Tracked, *, is_whole: bool) -> _Range:
    """Return where a stretch of the later text is in the earlier one, or in an edit."""
    start, end = stretch
    pieces = sorted(found.pieces)
    starts = [piece.start for piece in pieces]
    first = pieces[bisect_right(starts, start) - 1]
    last = pieces[bisect_right(starts, max(start, end - 1)) - 1]
    if is_whole and first == last and first.edit is not None:
        return _Range(start - first.start, end - first.start, first.edit)
    begin = first.at if first.edit is not None else first.at + start - first.start
    if last.edit is not None:
        return _Range(begin, found.edits[last.edit].end, None)
    return _Range(begin, last.at + end - last.start, None)
