"""The comments of a marked text as comments on stored lines, or on what is proposed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence

from tracker.exchange.marked import Remark
from tracker.exchange.record import About, Anchor, Comment, Verdict
from tracker.services.importing.marked.proposing import Coming, spot_of
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.who import moment, named

WORDLESS = "(no words)"
"""The text of a comment that has none, but a picture, say."""
RESOLVED = "noted"
"""The disposition of a comment whose thread was resolved: it says no more than that."""


def comments(
    based: Based,
    coming: Sequence[Coming],
    names: Mapping[str, str],
    first: int,
    known: Mapping[str, str],
) -> list[Comment]:
    """Return the comments of a marked text that are new, in its order, numbered from ``first`` on.

    ``coming`` are what its marks say; ``known`` are the ids here of comments that the store has, by
    those in the file. A reply answers the comment that begins its thread.
    """
    remarks = based.marked.remarks
    new = [remark for remark in remarks if remark.id not in known]
    ids = {**known, **{remark.id: f"C{number}" for number, remark in enumerate(new, first)}}
    # One without a number has the id "", which no thread may be taken to begin with.
    by_id: dict[str | None, Remark] = {remark.id: remark for remark in remarks}
    return [
        _comment(based, coming, remark, ids, by_id.get(remark.parent), names, known)
        for remark in new
    ]


def _comment(
    based: Based,
    coming: Sequence[Coming],
    remark: Remark,
    ids: Mapping[str, str],
    root: Remark | None,
    names: Mapping[str, str],
    known: Container[str],
) -> Comment:
    # A thread that is known is settled as the comment that begins it.
    begins = root or remark
    is_done = (begins.done or remark.done) and begins.id not in known
    own = root is None or not _stands_as(remark, root)
    about = _about(coming, based, remark) if own else None
    anchors = tuple(anchors_of(based, remark)) if own and about is None else ()
    return Comment(
        id=ids[remark.id],
        reply_to=ids[root.id] if root is not None else None,
        relation="answers" if root is not None else None,
        date=moment(remark.date),
        speaker=named(remark.author, names),
        kind="observation",
        text=remark.text if remark.text.strip() else WORDLESS,
        verbatim=bool(remark.text.strip()),
        anchors=anchors,
        about=about,
        # A reply that says where it stands, and nothing stands there, is not where its parent is.
        apart=root is not None and own and not anchors and about is None,
        locator=locator(remark),
        dispositions=(Verdict(outcome=RESOLVED),) if is_done else (),
    )


def locator(remark: Remark) -> str:
    """Return by what a comment is known in its file: its number there, and its key."""
    return f"comment {remark.id}" + (f", {remark.key}" if remark.key else "")


def _stands_as(reply: Remark, root: Remark) -> bool:
    """Return whether a reply stands where the comment stands that it replies to.

    So does one that flags no words of its own.
    """
    if reply.within is None and reply.start == reply.end:
        return True
    same = ("start", "end", "within", "offset")
    return all(getattr(reply, name) == getattr(root, name) for name in same)


def _about(coming: Sequence[Coming], based: Based, remark: Remark) -> About | None:
    """Return the change that puts in the words that a comment is on; none if it is on the text."""
    if remark.within is None:
        return None
    words = based.marked.marks[remark.within].text
    length = len(remark.quote) if words.startswith(remark.quote, remark.offset) else 0
    spot = spot_of(coming, remark.within, remark.offset, length or 1)
    if spot is None:
        return None
    proposal, change = spot.tracked.name
    quote = None
    if length and spot.start is not None:
        quote = spot.tracked.change.results[0].text[spot.start : spot.end]
    start = spot.start if quote else None
    return About(proposal=f"P{proposal}", change=change, quote=quote, start=start)


def anchors_of(based: Based, remark: Remark) -> Iterator[Anchor]:
    """Yield what a comment is on: words of lines, whole lines, or the line that it is in."""
    if remark.start is None or remark.end is None:
        return
    found = list(_flagged(based, remark.start, remark.end))
    if not found:
        line = based.lines[_nearest(based, remark.start)]
        found = [Anchor(line=line.label, version=line.number)]
    yield from found


def _nearest(based: Based, place: int) -> int:
    """Return the line that a place is in, or behind."""
    return max(0, bisect_right(based.spans, (place, len(based.marked.text))) - 1)


def _flagged(based: Based, begin: int, stop: int) -> Iterator[Anchor]:
    """Yield what a passage has of each line; nothing of one of which it has only white space."""
    for place in range(_nearest(based, begin), len(based.spans)):
        start, end = based.spans[place]
        first, last = max(start, begin), min(end, stop)
        if start >= stop:
            break
        if first >= last:
            continue
        line, words = based.lines[place], based.marked.text[first:last]
        if (first, last) == (start, end):
            yield Anchor(line=line.label, version=line.number)
        elif words.strip():
            before = len(words) - len(words.lstrip())
            yield Anchor(
                line=line.label,
                version=line.number,
                quote=words.strip(),
                start=first - start + before,
            )
