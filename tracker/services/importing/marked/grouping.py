"""Which stored lines became which lines of a rewritten stretch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple


class Group(NamedTuple):
    """Stored lines and what they became, by their places; one of the two may be empty."""

    olds: tuple[int, ...]
    news: tuple[int, ...]


def grouped(
    olds: Sequence[int], news: Sequence[dict[int, int]], is_alike: Callable[[int, int], bool]
) -> list[Group]:
    """Return what became of stored lines, in the order of the text.

    ``news`` says for each new line how many letters it has of which stored lines. No group has
    several lines on both sides: where lines were both split and merged, each stored line goes
    where most of its letters went. What was put in where a line went takes its place, if the two
    stand alike (``is_alike``: an old and a new line).
    """
    groups = [part for group in sharing(olds, news) for part in _one_sided(group, news)]
    return list(_paired(groups, is_alike))


def sharing(olds: Sequence[int], news: Sequence[dict[int, int]]) -> Iterator[Group]:
    """Yield stored and new lines that share letters, and in their places those that share none."""
    waiting = deque(olds)
    own: list[int] = []
    put_in: list[int] = []
    shared: set[int] = set()
    for place, counts in enumerate(news):
        if not counts:
            put_in.append(place)
            continue
        if shared & counts.keys():
            # What was put in between two parts of a line is one more part of it.
            own += [*put_in, place]
            shared |= counts.keys()
        else:
            yield from _closed(waiting, shared, own)
            yield from (Group((), (each,)) for each in put_in)
            own, shared = [place], set(counts)
        put_in = []
    yield from _closed(waiting, shared, own)
    yield from (Group((), (each,)) for each in put_in)
    yield from (Group((old,), ()) for old in waiting)


def _closed(waiting: deque[int], shared: set[int], own: list[int]) -> Iterator[Group]:
    """Yield a group, and before it the stored lines that nothing is left of.

    Those between two that became one are a part of what became so.
    """
    if not shared:
        return
    while waiting[0] < min(shared):
        yield Group((waiting.popleft(),), ())
    olds = [waiting.popleft() for _ in range(min(shared), max(shared) + 1)]
    yield Group(tuple(olds), tuple(own))


def _one_sided(group: Group, news: Sequence[dict[int, int]]) -> Iterator[Group]:
    """Yield a group as it is, or taken apart so that one side of each has one line at most."""
    if len(group.olds) < 2 or len(group.news) < 2:
        yield group
        return
    goes: dict[int, list[int]] = {new: [] for new in group.news}
    at = group.news[0]
    for old in group.olds:
        most = max(group.news, key=lambda new: (news[new].get(old, 0), -new))
        at = most if news[most].get(old, 0) else at
        goes[at].append(old)
    yield from (Group(tuple(olds), (new,)) for new, olds in goes.items())


def _paired(groups: Sequence[Group], is_alike: Callable[[int, int], bool]) -> Iterator[Group]:
    """Yield the groups; a line that went and one that came in its place are one."""
    gone: list[int] = []
    come: list[int] = []

    def beside() -> Iterator[Group]:
        while gone and come and is_alike(gone[0], come[0]):
            yield Group((gone.pop(0),), (come.pop(0),))
        yield from (Group((), (new,)) for new in come)
        yield from (Group((old,), ()) for old in gone)
        gone.clear()
        come.clear()

    for group in groups:
        if not group.news:
            gone.extend(group.olds)
        elif not group.olds:
            come.extend(group.news)
        else:
            yield from beside()
            yield group
    yield from beside()
