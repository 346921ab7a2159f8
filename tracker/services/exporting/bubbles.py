"""Comments as bubbles beside the words they flag, each thread with what was decided on it last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from tracker.exchange.marked import Remark
from tracker.exchange.outgoing import Bubble
from tracker.exchange.review import Review, Ruling, Said
from tracker.services.exporting.tracked import Flat, Piece, Tracked

_DECIDED = "Decision"
"""Speaks the disposition, where it may not be told who decided."""
_FULL = len("2022-03-04")


def bubbles(
    review: Review, now: Flat, found: Tracked, staying: Mapping[str, Remark], *, is_whole: bool
) -> tuple[Bubble, ...]:
    """Return the comments of a review in threads, at their words in the text before the edits.

    They are on the text as it is ``now``, to which the edits found lead. ``is_whole`` says that
    these are all that go out; else more come behind them, and none can be pointed to. Those that
    are ``staying`` stand where the file that goes out has them, in their own words alone.
    """
    places = _Places(now, found, is_whole=is_whole)
    known = {comment.id: comment for comment in review.comments}
    threads: dict[str, list[Said]] = {}
    for comment in review.comments:
        # What was said at a meeting of no line has no place beside the text.
        if comment.scope != "document" or comment.meeting is None:
            threads.setdefault(_root(comment, known), []).append(comment)
    told: list[Bubble] = []
    for root, thread in threads.items():
        ordered = sorted(thread, key=lambda each: (each.id != root, int(each.id[1:])))
        done = all(each.disposition is not None for each in ordered)
        own = [(each, _bubble(each, root, places, staying.get(each.id))) for each in ordered]
        own += [(each, _decision(bubble, each, root)) for each, bubble in own if _decided(each)]
        told += [Bubble(b.remark._replace(done=done), b.edit) for _, b in own]
    return tuple(told)


def _root(comment: Said, known: dict[str, Said]) -> str:
    """Return the comment that begins a thread: the first that goes out."""
    while comment.reply_to in known:
        comment = known[comment.reply_to]
    return comment.id


def _bubble(comment: Said, root: str, places: _Places, stays: Remark | None) -> Bubble:
    """Return a comment at its words; one that has none in the text has no range."""
    parent = None if comment.id == root else root
    if stays is not None:
        own = stays._replace(id=comment.id, author=comment.speaker, text=comment.text)
        return Bubble(own._replace(parent=parent, about=comment.id))
    remark = Remark(
        id=comment.id,
        author=comment.speaker,
        date=_whole_day(comment.date),
        text=_words(comment),
        start=None,
        end=None,
        parent=parent,
        initials=_initials(comment.speaker),
        about=comment.id,
    )
    stretch = places.stretch(comment)
    if stretch is None:
        return Bubble(remark)
    start, end, edit = places.range(stretch)
    remark = remark._replace(start=start, end=end, quote=places.words(stretch))
    return Bubble(remark if edit is None else remark._replace(offset=start), edit)


def _decision(bubble: Bubble, comment: Said, root: str) -> Bubble:
    """Return what was decided on a comment, as a reply to it."""
    ruling = comment.disposition or Ruling("noted")
    by = ruling.by or _DECIDED
    name = f"{comment.id}.decided"
    remark = bubble.remark._replace(id=name, author=by, initials=_initials(by), about=name)
    text = _decided(comment) or ""
    return Bubble(remark._replace(date=_whole_day(ruling.on), text=text, parent=root), bubble.edit)


def _decided(comment: Said) -> str | None:
    """Return the decision on a comment, where it says more than that the matter is settled."""
    ruling = comment.disposition
    if ruling is None or (ruling.outcome == "noted" and ruling.reason is None):
        return None
    outcome = ruling.outcome.replace("_", " ").capitalize()
    how = f" ({ruling.mode})" if ruling.mode else ""
    return f"{outcome}{how}" + (f": {ruling.reason}" if ruling.reason else "")


def _whole_day(date: str | None) -> str | None:
    """Return a date that a word processor takes: it knows no partial ones."""
    return date if date and len(date) >= _FULL else None


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


class _Places:
    """Where the words of comments are, before and after the edits."""

    def __init__(self, now: Flat, found: Tracked, *, is_whole: bool) -> None:
        self._text = now.text
        self._spans = {line.label: span for line, span in zip(now.lines, now.spans, strict=True)}
        self._edits = found.edits
        self._pieces = sorted(found.pieces)
        self._starts = [piece.start for piece in self._pieces]
        self._is_whole = is_whole

    def stretch(self, comment: Said) -> tuple[int, int] | None:
        """Return where the words of a comment are in the later text: of several lines all."""
        edges: list[int] = []
        for spot in comment.spots:
            start, end = self._spans.get(spot.label, (None, None))
            if start is None or end is None:
                continue
            is_line = spot.start is None or spot.end is None
            edges += (
                (start, end) if is_line else (start + (spot.start or 0), start + (spot.end or 0))
            )
        for label in comment.lines if not edges else ():
            edges += self._spans.get(label, ())
        return (min(edges), max(edges)) if edges else None

    def words(self, stretch: tuple[int, int]) -> str:
        """Return the words of the later text in a stretch of it."""
        return self._text[slice(*stretch)]

    def range(self, stretch: tuple[int, int]) -> tuple[int, int, int | None]:
        """Return where a stretch is: in the earlier text, or in the words of an edit."""
        start, end = stretch
        first, last = self._piece(start), self._piece(max(start, end - 1))
        if self._is_whole and first == last and first.edit is not None:
            return start - first.start, end - first.start, first.edit
        begin = first.at if first.edit is not None else first.at + start - first.start
        if last.edit is not None:
            return begin, self._edits[last.edit].end, None
        return begin, last.at + end - last.start, None

    def _piece(self, place: int) -> Piece:
        return self._pieces[bisect_right(self._starts, place) - 1]
