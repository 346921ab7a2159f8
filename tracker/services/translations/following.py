"""Translations follow the text: what becomes of them when lines change, go, are split or merged.

A changed wording of an original needs nothing: whether a translation is stale follows from the
wordings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from tracker.services import lines
from tracker.services.paging import batches
from tracker.services.snapshot import Snapshot, languages
from tracker.services.translations.links import (
    current_wordings,
    linked,
    links_in,
    store_links,
)
from tracker.store import tables
from tracker.store.journal import Entry

_link = tables.translation


class Happened(NamedTuple):
    """What was done to the text in one language, by the ids of lines.

    ``passages`` are the splits and merges: the lines there were, and those there are. ``gone`` are
    the lines that stand nowhere now, those merged into others left out.
    """

    reworded: Sequence[int]
    gone: Sequence[int]
    moved: Sequence[int]
    passages: Sequence[tuple[Sequence[int], Sequence[int]]]


def follow(
    entry: Entry, snapshot: Snapshot, language: str, happened: Happened
) -> dict[str, set[int]]:
    """Let the links follow what was done to a text; return by language the lines to take out.

    Of an original that went, what renders it and nothing else goes as well.
    """
    if language == snapshot.authentic:
        for old, new in happened.passages:
            _original_became(entry, snapshot.document, old, new)
        return _left_over(entry, snapshot, happened.gone)
    for old, new in happened.passages:
        _rendering_became(entry, snapshot, language, old, new)
    _refresh(entry, snapshot, language, happened.reworded)
    _end(entry, snapshot.document, language, happened.gone)
    return {}


def link_again(entry: Entry, then: Snapshot, says_again: Mapping[str, Collection[int]]) -> None:
    """Link lines that say again what they said before an entry as they were linked then.

    ``says_again`` has them by language. What they render has not changed with it: they are as stale
    as they were, or more. An authentic line is linked as it was to what says what it said then,
    unless somebody has said since what that renders.
    """
    originals = says_again.get(then.authentic, ())
    for language in languages(then)[1:]:
        again = set(says_again.get(language, ()))
        if not (originals or again):
            continue
        kept = _kept(entry, then, language) if originals else set()
        links = {
            (line, of_line): wording
            for (line, of_line), wording in _links_then(then, language).items()
            if line in again or (of_line in originals and line in kept)
        }
        store_links(entry, then.document, language, links)


def _links_then(then: Snapshot, language: str) -> dict[tuple[int, int], int | None]:
    """Return what is to be stored for the links to be what they were, line by line.

    Where something of what a line rendered is gone, it goes on to render what that became.
    """
    now = then._replace(latest=True)
    was = {(link.line, link.of_line): link.wording for link in links_in(then, language)}
    held = {(link.line, link.of_line): link.wording for link in links_in(now, language)}
    standing = {line.id for line in lines.running_text(now, now.authentic)}
    lost = {line for line, of_line in was if of_line not in standing}
    return {
        pair: was.get(pair)
        for pair in sorted(was.keys() | held.keys())
        if was.get(pair) != held.get(pair) and (pair in was or pair[0] not in lost)
    }


def _kept(entry: Entry, then: Snapshot, language: str) -> set[int]:
    """Return the lines that say what they said, and whose links only the entry itself changed."""
    with_it = then._replace(at=then.at + 1)
    since = then._replace(at=entry.number - 1)
    linked_anew = {
        link.line for link in {*links_in(with_it, language)} ^ {*links_in(since, language)}
    }
    said = {line.id: line.wording for line in lines.running_text(then, language)}
    says = lines.running_text(then._replace(latest=True), language)
    return {line.id for line in says if said.get(line.id) == line.wording} - linked_anew


def _original_became(entry: Entry, document: int, old: Sequence[int], new: Sequence[int]) -> None:
    """Let what rendered the lines of a split or a merge render what they became: it is stale."""
    links: dict[str, dict[tuple[int, int], int | None]] = defaultdict(dict)
    for row in linked(entry, document, _link.c.of_line.in_(old)):
        if row.of_line not in new:
            links[row.language][row.line, row.of_line] = None
        for of_line in new:
            if of_line not in old or row.of_line not in new:
                links[row.language].setdefault((row.line, of_line), row.wording)
    for language, found in links.items():
        store_links(entry, document, language, found)


def _left_over(entry: Entry, snapshot: Snapshot, gone: Sequence[int]) -> dict[str, set[int]]:
    """Return by language the lines that render only lines that stand no more."""
    rendering: dict[str, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for part in batches(sorted(gone)):
        for row in linked(entry, snapshot.document, _link.c.of_line.in_(part)):
            rendering[row.language][row.line].add(row.of_line)
    leaving: dict[str, set[int]] = {}
    for language, of_lines in rendering.items():
        for part in batches(sorted(of_lines)):
            of_language = _link.c.language == language
            for row in linked(entry, snapshot.document, of_language, _link.c.line.in_(part)):
                of_lines[row.line].add(row.of_line)
        everything = set().union(*of_lines.values())
        standing = current_wordings(entry, snapshot, everything).keys()
        leaving[language] = {line for line, of in of_lines.items() if not of & standing}
    return {language: lines for language, lines in leaving.items() if lines}


def _rendering_became(
    entry: Entry, snapshot: Snapshot, language: str, old: Sequence[int], new: Sequence[int]
) -> None:
    """Let the lines that renderings were split or merged into render what these rendered."""
    of_language = _link.c.language == language
    found = linked(entry, snapshot.document, of_language, _link.c.line.in_(old))
    current = current_wordings(entry, snapshot, {row.of_line for row in found})
    links: dict[tuple[int, int], int | None] = {}
    for row in found:
        if row.line not in new:
            links[row.line, row.of_line] = None
        for line in new:
            links[line, row.of_line] = current.get(row.of_line)
    store_links(entry, snapshot.document, language, links)


def _refresh(entry: Entry, snapshot: Snapshot, language: str, reworded: Sequence[int]) -> None:
    """Say of reworded lines that they render their originals as these are now."""
    of_language = _link.c.language == language
    for part in batches(sorted(reworded)):
        found = linked(entry, snapshot.document, of_language, _link.c.line.in_(part))
        current = current_wordings(entry, snapshot, {row.of_line for row in found})
        links = {(row.line, row.of_line): current.get(row.of_line) for row in found}
        store_links(entry, snapshot.document, language, links)


def _end(entry: Entry, document: int, language: str, gone: Sequence[int]) -> None:
    of_language = _link.c.language == language
    for part in batches(sorted(gone)):
        found = linked(entry, document, of_language, _link.c.line.in_(part))
        store_links(entry, document, language, {(row.line, row.of_line): None for row in found})
