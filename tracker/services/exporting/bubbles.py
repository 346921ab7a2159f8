"""Comments as bubbles beside the words they flag, each thread with what was decided on it last."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.exchange.marked import Remark
from tracker.exchange.outgoing import Bubble
from tracker.exchange.review import Review, Ruling, Said, Spot
from tracker.services.exporting import telling
from tracker.services.exporting.flat import Flat
from tracker.services.exporting.marking import Spread
from tracker.services.exporting.tracking import Tracked

_DECIDED = "Decision"
"""Speaks the disposition, where it may not be told who decided."""


def bubbles(
    review: Review, now: Flat, found: Tracked, staying: Mapping[str, Remark]
) -> tuple[Bubble, ...]:
    """Return the comments of a review in threads, at their words in the text before the edits.

    They are on the text as it is ``now``, the stage of ``found`` that is now. Those that are
    ``staying`` stand where the file that goes out has them, in their own words alone.
    """
    places = _Places(now, found)
    roots = telling.roots(review.comments)
    threads: dict[str, list[Said]] = {}
    for comment in review.comments:
        # What was said at a meeting of no line has no place beside the text.
        if comment.scope != "document" or comment.meeting is None:
            threads.setdefault(roots[comment.id], []).append(comment)
    told: list[Bubble] = []
    for root, thread in threads.items():
        ordered = sorted(thread, key=lambda each: (each.id != root, int(each.id[1:])))
        done = all(each.disposition is not None for each in ordered)
        own = [(each, _bubble(each, root, places, staying.get(each.id))) for each in ordered]
        own += [
            (each, _decision(bubble, each.disposition, each.id, root))
            for each, bubble in own
            if each.disposition is not None and _is_told(each.disposition)
        ]
        told += [Bubble(b.remark._replace(done=done), b.edit) for _, b in own]
    return tuple(told)


def _bubble(comment: Said, root: str, places: _Places, stays: Remark | None) -> Bubble:
    """Return a comment at its words; one that has none in the text has no range."""
    parent = None if comment.id == root else root
    if stays is not None:
        own = stays._replace(id=comment.id, author=comment.speaker, text=comment.text)
        return Bubble(own._replace(parent=parent, about=comment.id))
    remark = Remark(
        id=comment.id,
        author=comment.speaker,
        date=comment.date,
        text=telling.bubble(comment),
        start=None,
        end=None,
        parent=parent,
        initials=_initials(comment.speaker),
        about=comment.id,
    )
    spread = places.spread(comment)
    if spread is None:
        return Bubble(remark)
    remark = remark._replace(start=spread.start, end=spread.end, quote=spread.quote)
    inner = places.found.in_edit(spread)
    if inner is None:
        return Bubble(remark)
    return Bubble(remark._replace(offset=inner[1]), inner[0])


def _decision(bubble: Bubble, ruling: Ruling, comment: str, root: str) -> Bubble:
    """Return what was decided on a comment, as a reply to it."""
    by = ruling.by or _DECIDED
    name = f"{comment}.decided"
    remark = bubble.remark._replace(id=name, author=by, initials=_initials(by), about=name)
    text = telling.decided(ruling)
    return Bubble(remark._replace(date=ruling.on, text=text, parent=root), bubble.edit)


def _is_told(ruling: Ruling) -> bool:
    """Return whether a decision says more than that the matter is settled."""
    return ruling.outcome != "noted" or ruling.reason is not None


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isalnum())[:3].upper()


class _Places:
    """Where the words of comments stand among the edits."""

    def __init__(self, now: Flat, found: Tracked) -> None:
        self.found = found
        self._lines = {line.label: line for line in now.lines}

    def spread(self, comment: Said) -> Spread | None:
        """Return where the words of a comment stand: of several lines all of them."""
        spots = [spot for spot in comment.spots if spot.label in self._lines]
        every = [self._of(spot) for spot in spots]
        if not every:
            every = [self._whole(label) for label in comment.lines if label in self._lines]
        found = [spread for spread in every if spread is not None]
        if not found or len(found) == 1:
            return found[0] if found else None
        start, end = min(each.start for each in found), max(each.end for each in found)
        return Spread(start, end, " ".join(each.quote for each in found))

    def _of(self, spot: Spot) -> Spread | None:
        if spot.start is None or spot.end is None:
            return self._whole(spot.label)
        return self.found.marking.words(self._lines[spot.label].id, spot.start, spot.end)

    def _whole(self, label: str) -> Spread | None:
        line = self._lines[label]
        return self.found.marking.words(line.id, 0, len(line.text))
