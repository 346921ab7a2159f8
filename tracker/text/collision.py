"""Where two revisions of one text get in each other's way.

Each revision's changes are widened by a word on either side; where those of one touch those of the
other they collide. What is written next to a word depends on it: "shall" → "shall not" and "shall"
→ "may" must not become "may not". Two changes with two words between them are apart. A change that
both revisions make is agreed and collides with nothing.

After Sanjeev Khanna, Keshav Kunal and Benjamin Pierce, "A Formal Investigation of Diff3" (2007).
The margin of a word, and what is said of moved words, are our own.
"""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from tracker.text.changes import Cells, Change, Span, changes

Changed = Literal["ours", "theirs", "both alike", "conflict"]

_START, _END = attrgetter("start"), attrgetter("end")


class Region(NamedTuple):
    """A passage that somebody changed: its cells in the base and in either revision."""

    base: Span
    ours: Span
    theirs: Span
    changed: Changed


def collide(base: str, ours: str, theirs: str) -> bool:
    """Say whether two revisions of ``base`` change the same words: whether a merge has conflicts.

    Changes made on both sides are agreed and collide with nothing; of the others, two collide when
    they touch the same words, or when at most one word or mark stands between them. Different
    insertions at one place collide; identical texts never do. Words that both take out, and one
    puts in again elsewhere or both do in different places, collide too.
    """
    if ours == theirs or base in (ours, theirs):
        return False
    found = regions(Cells(base), Cells(ours), Cells(theirs))
    return any(region.changed == "conflict" for region in found)


def regions(base: Cells, ours: Cells, theirs: Cells) -> list[Region]:
    """Return all that either revision changed, in the order of the base, none next to another."""
    our_changes, their_changes = changes(base, ours), changes(base, theirs)
    agreed = _agreed(ours, our_changes, theirs, their_changes)
    spans = [
        *agreed,
        *_widened(
            [change for change in our_changes if change.span not in agreed],
            [change for change in their_changes if change.span not in agreed],
        ),
    ]
    found: list[Region] = []
    for span in sorted(spans):
        # What is agreed between two changes that collide is part of the conflict.
        if not found or span[0] >= found[-1].base[1]:
            our_span, their_span = _beside(our_changes, span), _beside(their_changes, span)
            by = _changed(base.form(span), ours.form(our_span), theirs.form(their_span))
            found.append(Region(span, our_span, their_span, by))
    if all(region.changed in ("ours", "theirs") for region in found):
        return found
    moves = [*_moves(base, ours, our_changes), *_moves(base, theirs, their_changes)]
    torn = _torn(found, moves)
    return [
        region._replace(changed="conflict") if number in torn else region
        for number, region in enumerate(found)
    ]


def _agreed(
    ours: Cells, our_changes: list[Change], theirs: Cells, their_changes: list[Change]
) -> set[Span]:
    """Return the spans of the base where both revisions make the same change."""
    there = {change.span: theirs.form(change.new_span) for change in their_changes}
    return {
        change.span
        for change in our_changes
        if there.get(change.span) == ours.form(change.new_span)
    }


def _widened(ours: list[Change], theirs: list[Change]) -> Iterator[Span]:
    """Yield the spans of the base that are changed: those of changes that collide as one.

    With two changes that collide goes what touches them, on either side.
    """
    group: list[tuple[Change, int]] = []
    reach = 0
    marked = [(change, 0) for change in ours] + [(change, 1) for change in theirs]
    for change, side in sorted(marked, key=lambda one: one[0].hull):
        if group and change.hull >= reach:
            yield from _spans(group)
            group = []
        reach = max(reach, change.hull_end) if group else change.hull_end
        group.append((change, side))
    yield from _spans(group)


def _spans(group: list[tuple[Change, int]]) -> list[Span]:
    """Return the span of changes that touch one another: one each if all are of one revision."""
    if len({side for _, side in group}) < 2:
        return [change.span for change, _ in group]
    return [(min(change.start for change, _ in group), max(change.end for change, _ in group))]


def _beside(changes: list[Change], span: Span) -> Span:
    """Return the cells of a revision that stand for cells of the base; no change may cross them."""
    counts = bisect_left(changes, span[0], key=_START), bisect_right(changes, span[1], key=_END)
    edges = []
    for count, edge in zip(counts, span, strict=True):
        before = changes[count - 1] if count else None
        edges.append(edge + before.new_end - before.end if before else edge)
    return edges[0], edges[1]


def _changed(base: list[str], ours: list[str], theirs: list[str]) -> Changed:
    """Say who changed a passage."""
    if ours == theirs:
        return "both alike"
    if base in (ours, theirs):
        return "theirs" if base == ours else "ours"
    return "conflict"


class _Move(NamedTuple):
    """Where a revision takes words out, and where it puts a word of them that the base has once.

    ``is_plain`` if they are half of the words at either place: fewer may be there by chance.
    """

    source: Span
    target: Span
    is_plain: bool


def _moves(base: Cells, revision: Cells, changed: Sequence[Change]) -> Iterator[_Move]:
    """Yield what a revision moves."""
    sources: list[tuple[Change, Counter[str], int]] = []
    source: dict[str, int] = {}
    for change in changed:
        taken = base.words(change.span) - revision.words(change.new_span)
        source |= {word: len(sources) for word in taken if base.count[word] == 1}
        sources.append((change, taken, taken.total()))
    for target in changed:
        put = revision.words(target.new_span)
        total = put.total()
        for number in sorted({source[word] for word in put if word in source}):
            change, taken, count = sources[number]
            few, many = sorted((taken, put), key=len)
            if change != target:
                is_plain = 2 * (few & many).total() >= min(count, total)
                yield _Move(change.span, target.span, is_plain)


def _torn(found: list[Region], moves: Sequence[_Move]) -> set[int]:
    """Return which regions conflict because only one half of a move could be merged.

    Both sides take words out, and only one of them puts these in again, or each in another place:
    merged, what one deleted would come back, or come twice. And where one half of a move is in
    conflict, the other half goes with it.
    """
    starts = [region.base[0] for region in found]
    linked: defaultdict[int, list[int]] = defaultdict(list)
    waiting = []
    for move in moves:
        source, target = (bisect_right(starts, span[0]) - 1 for span in move[:2])
        linked[source].append(target)
        linked[target].append(source)
        kinds = found[source].changed, found[target].changed
        if "conflict" in kinds or (move.is_plain and kinds[0] == "both alike" != kinds[1]):
            waiting.append(source)
    torn: set[int] = set()
    while waiting:
        number = waiting.pop()
        if number not in torn:
            torn.add(number)
            waiting += linked[number]
    return torn
