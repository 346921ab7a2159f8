"""The comments of a Word file: what was said, and in which threads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from tracker.errors import BadInput
from tracker.exchange.marked import PARAGRAPH, Remark
from tracker.formats.docx.names import W, local
from tracker.formats.docx.package import WordFile
from tracker.formats.docx.walk import UTC, walked
from tracker.formats.tracked.changes import Changes, Range, range_of
from tracker.formats.tracked.pieces import Anchor, Piece, time

_START, _END, _REFERENCE = (
    W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
)


MOST_QUOTED = 30_000_000
"""Code points that the comments of a file may be on, each counted for each comment."""


class _State(NamedTuple):
    """What the newer parts say of a comment: by the key of its last paragraph."""

    parent: str | None
    done: bool


def remarks(
    word: WordFile, pieces: Sequence[Piece], anchors: Iterable[Anchor], found: Changes
) -> tuple[Remark, ...]:
    """Return the comments in the order of the file, each with its place if it has one.

    Ids that two comments share are told apart: the second one's is ``4+2``. What is tracked within
    a comment reads as accepted. ``about`` is left to the stamp.
    """
    root = word.related("comments")
    elements = [] if root is None else list(root.iterchildren(W + "comment"))
    ranges = _ranges(word, pieces, anchors, found)
    seen: Counter[str] = Counter()
    read = []
    keys = []
    for element in elements:
        number = element.get(W + "id", "")
        place = ranges.get((number, seen[number]))
        seen[number] += 1
        own = _keys(element)
        keys.append(own)
        shown = number if seen[number] == 1 else f"{number}+{seen[number]}"
        read.append(_remark(element, shown, place, own[-1] if own else None))
    return _threaded(read, keys, _states(word), _true_times(word))


def _remark(element: etree._Element, shown: str, place: Range | None, key: str | None) -> Remark:
    said = walked(element).pieces[:-1]
    text = "".join([each.text for each in said if each.deleted is None])
    return Remark(
        id=shown,
        author=element.get(W + "author", ""),
        date=time(element.get(W + "date")),
        text=text.replace(PARAGRAPH, "\n"),
        start=None if place is None else place.start,
        end=None if place is None else place.end,
        quote="" if place is None else place.quote,
        initials=element.get(W + "initials"),
        within=None if place is None else place.within,
        offset=0 if place is None else place.offset,
        key=key,
        utc=element.get(UTC),
    )


def _ranges(
    word: WordFile, pieces: Sequence[Piece], anchors: Iterable[Anchor], found: Changes
) -> dict[tuple[str, int], Range]:
    """Return where comments stand, by id and how many of that id came before.

    A comment without a range stands where it is referred to. A range that does not end goes to
    where the comment is referred to.
    """
    marks: dict[str, dict[str, list[int]]] = {
        tag: defaultdict(list) for tag in (_START, _END, _REFERENCE)
    }
    for element, at in anchors:
        if element.tag in marks:
            marks[element.tag][element.get(W + "id", "")].append(at)
    ranges = {}
    left = MOST_QUOTED
    for own in {own for each in marks.values() for own in each}:
        starts, ends, references = (marks[tag].get(own, []) for tag in (_START, _END, _REFERENCE))
        for nth in range(max(map(len, (starts, ends, references)))):
            end = _nth(ends, nth, _nth(references, nth, _nth(starts, nth, 0)))
            start = _nth(starts, nth, end)
            ranges[own, nth] = range_of(pieces, found, start, end)
            left -= max(0, end - start) + len(ranges[own, nth].quote)
            if left < 0:
                raise BadInput(
                    f"{word.package.name} has too many comments on all of its text",
                    "take out those that are on the whole, and import it again",
                )
    return ranges


def _nth(places: Sequence[int], number: int, otherwise: int) -> int:
    return places[number] if number < len(places) else otherwise


def _threaded(
    read: Sequence[Remark],
    keys: Sequence[Sequence[str]],
    states: Mapping[str, _State],
    times: Mapping[str, str],
) -> tuple[Remark, ...]:
    by_key = {key: number for number, own in enumerate(keys) for key in own}
    own_states = [_state(own, states) for own in keys]
    roots = _roots([by_key.get(state.parent or "") for state in own_states])
    return tuple(
        remark._replace(
            parent=None if roots[number] == number else read[roots[number]].id,
            done=state.done,
            utc=remark.utc or next((times[key] for key in keys[number] if key in times), None),
        )
        for number, (remark, state) in enumerate(zip(read, own_states, strict=True))
    )


def _roots(parents: Sequence[int | None]) -> dict[int, int]:
    """Return which comment begins the thread of each; in a ring of them each begins its own."""
    roots: dict[int, int] = {}
    for first in range(len(parents)):
        path: list[int] = []
        met: set[int] = set()
        at: int | None = first
        while at is not None and at not in roots and at not in met:
            path.append(at)
            met.add(at)
            at = parents[at]
        for each in path:
            if at in met:
                roots[each] = each
            else:
                roots[each] = path[-1] if at is None else roots[at]
    return roots


def _state(keys: Sequence[str], states: Mapping[str, _State]) -> _State:
    return next((states[key] for key in reversed(keys) if key in states), _State(None, False))


def _states(word: WordFile) -> dict[str, _State]:
    """Return what is resolved and what is a reply. Early files use a namespace of their own."""
    states = {}
    for values in _rows(word, "commentsExtended"):
        if values.get("paraId"):
            done = values.get("done") in ("1", "true", "on")
            states[_key(values["paraId"])] = _State(
                _key(values.get("paraIdParent", "")) or None, done
            )
    return states


def _true_times(word: WordFile) -> dict[str, str]:
    """Return the true times of comments by key, which two parts tell together."""
    times = {
        values["durableId"]: values["dateUtc"]
        for values in _rows(word, "commentsExtensible")
        if time(values.get("dateUtc")) and values.get("durableId")
    }
    return {
        _key(values["paraId"]): times[values["durableId"]]
        for values in _rows(word, "commentsIds")
        if values.get("paraId") and values.get("durableId") in times
    }


def _rows(word: WordFile, kind: str) -> Iterable[dict[str, str]]:
    """Return what the elements of a part say, by names without their namespaces."""
    root = word.related(kind)
    for element in () if root is None else root:
        yield {local(str(name)): str(value) for name, value in element.items()}


def _keys(comment: etree._Element) -> list[str]:
    """Return what tells the paragraphs of a comment; that of the last one tells the comment."""
    found = (
        value
        for paragraph in comment.iter(W + "p")
        for name, value in paragraph.items()
        if local(str(name)) == "paraId"
    )
    return [_key(str(each)) for each in found]


def _key(written: str) -> str:
    return written.upper()
