"""Clues to the line that a comment is about: what a line has in common with it.

These are words of the line that it quotes; rare words, in the line, in what is proposed for it and
in what others said of it; comments on the same topic; the thread that it is part of; and proposals
that answer it. A word weighs what it tells: the logarithm of how few texts have it (inverse
document frequency, K. Spärck Jones, "A statistical interpretation of term specificity", 1972).
Several in one text weigh less the longer that text is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from tracker.services import retractions
from tracker.services.comments.reading import Comment
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.store import search, tables
from tracker.store.search import Passage, Place
from tracker.text import occurrences
from tracker.text.terms import search_terms

# What each clue weighs beside rare words in the line itself.
_WORDS = {"line": 1.0, "proposal": 0.7, "comment": 0.5}
_QUOTED, _TOPIC, _THREAD = 4.0, 1.0, 4.0
_COMMON = 300
"""A word that so many texts of a kind have tells nothing of one of them."""
_OFTEN = 0.2
"""Nor does a word that so many of the texts have that share any."""
_ASKED = 40
"""So many words of a comment are looked up, the longest."""
_NAMED = 4
_QUOTES = re.compile('“([^”]{3,200})”|「([^」]{2,200})」|"([^"]{3,200})"')

_anchor, _said = tables.anchor, tables.comment_version


class Clue(NamedTuple):
    """What speaks for a line, by its number, and how much."""

    line: int
    weight: float
    reason: str


def by_words(snapshot: Snapshot, comment: Comment, unseen: Collection[int]) -> Iterator[Clue]:
    """Yield the texts that share rare words with a comment, as clues to their lines.

    ``unseen`` are comments that nothing is learnt from.
    """
    shared = _sharing(snapshot, _telling(comment), unseen)
    weighs = _weights(shared)
    for kind in search.KINDS:
        places = [place for place in shared if place.kind == kind]
        lines = _lines_of(snapshot, kind, [place.item for place in places])
        items = sorted({place.item for place in places})
        for passage in search.current(snapshot.connection, snapshot.document, kind, items):
            terms = [term for term in shared.get(passage.place, ()) if term in weighs]
            for line in lines.get(passage.place.item, ()) if terms else ():
                yield _of_words(line, passage, terms, weighs)


def by_quotes(snapshot: Snapshot, comment: Comment) -> Iterator[Clue]:
    """Yield the lines that hold what a comment has in quotation marks."""
    for found in _QUOTES.finditer(f"{comment.text} {comment.context or ''}"):
        quoted = (found[1] or found[2] or found[3]).strip(" .,;:!?。、")
        terms = search_terms(quoted)
        # One word in quotation marks is seldom a quotation.
        if len(terms) < 2:
            continue
        places = search.find(snapshot.connection, snapshot.document, "line", terms, _COMMON)
        items = [place.item for place in places]
        for passage in search.current(snapshot.connection, snapshot.document, "line", items):
            if occurrences(quoted, passage.text):
                yield Clue(passage.place.item, _QUOTED, f"it quotes “{quoted}”")


def by_topic(snapshot: Snapshot, comment: Comment, unseen: Collection[int]) -> Iterator[Clue]:
    """Yield the lines that comments on the same topic of the same meeting are on."""
    same = select(_said.c.meeting, _said.c.topic).where(
        snapshot.current(_said), _said.c.comment == comment_id(comment.id)
    )
    row = snapshot.connection.execute(same).first()
    if row is None or row.topic is None:
        return
    on_topic = and_(_said.c.meeting == row.meeting, _said.c.topic == row.topic)
    counts = _lines_with(snapshot, on_topic, unseen)
    total = sum(counts.values())
    for line, number in counts.items():
        told = f"{number} on the same topic" if number > 1 else "another on the same topic"
        yield Clue(line, _TOPIC * number / total, f"{told}: {comment.topic}")


def by_thread(snapshot: Snapshot, comment: Comment, unseen: Collection[int]) -> Iterator[Clue]:
    """Yield the lines that what a comment replies to, or its replies, are on."""
    number = comment_id(comment.id)
    replies = _said.c.parent == number
    parent = comment_id(comment.reply_to) if comment.reply_to else None
    related = or_(replies, _said.c.comment == parent) if parent else replies
    for line in _lines_with(snapshot, related, unseen):
        yield Clue(line, _THREAD, "the thread it is part of")


def by_answer(snapshot: Snapshot, comment: Comment) -> Iterator[Clue]:
    """Yield the lines that proposals which answer a comment would change."""
    answer = tables.proposal_answer
    query = select(answer.c.proposal).where(
        snapshot.known(answer),
        answer.c.comment == comment_id(comment.id),
        ~retractions.undone(snapshot, answer.c.entry),
    )
    proposals = sorted(snapshot.connection.scalars(query))
    for number, lines in _lines_of(snapshot, "proposal", proposals).items():
        for line in lines:
            yield Clue(line, _THREAD, f"P{number}, proposed for it, answers {comment.id}")


def _telling(comment: Comment) -> list[str]:
    """Return the terms of a comment that may tell something, the longest of many."""
    words = " ".join(filter(None, (comment.text, comment.context, comment.topic)))
    terms = [t for t in search_terms(words) if len(t) > (2 if t.isascii() else 1)]
    return sorted(terms, key=len, reverse=True)[:_ASKED]


def _sharing(
    snapshot: Snapshot, terms: Sequence[str], unseen: Collection[int]
) -> dict[Place, list[str]]:
    """Return the texts that have some of the terms, each with those it has."""
    shared: dict[Place, list[str]] = {}
    for kind in search.KINDS:
        for term in terms:
            found = search.find(snapshot.connection, snapshot.document, kind, [term], _COMMON + 1)
            if len(found) > _COMMON:
                continue
            for place in found:
                if kind != "comment" or place.item not in unseen:
                    shared.setdefault(place, []).append(term)
    return shared


def _weights(shared: Mapping[Place, Sequence[str]]) -> dict[str, float]:
    """Return what each term tells, from the texts that have any: few have a telling one."""
    held = Counter(term for terms in shared.values() for term in terms)
    most = max(len(shared) * _OFTEN, 2)
    return {term: log((len(shared) + 1) / n) ** 2 for term, n in held.items() if n <= most}


def _of_words(
    line: int, passage: Passage, terms: Sequence[str], weighs: Mapping[str, float]
) -> Clue:
    best = sorted(terms, key=lambda term: (-weighs[term], term))
    length = len(search_terms(passage.text))
    weight = _WORDS[passage.place.kind] * sum(weighs[term] for term in terms) / sqrt(length + 8)
    words = ", ".join(best[:_NAMED])
    place = passage.place
    source = {
        "line": "it says",
        "proposal": f"P{place.item}, proposed for it, says",
        "comment": f"C{place.item}, which is on it, says",
    }[place.kind]
    return Clue(line, weight, f"{source} {words}")


def _lines_of(snapshot: Snapshot, kind: str, items: Sequence[int]) -> dict[int, list[int]]:
    """Return the lines that comments are anchored to, or that proposals change, by their ids."""
    if kind == "line":
        return {item: [item] for item in items}
    if kind == "comment":
        own = and_(_anchor.c.line.is_not(None), _anchor.c.state != "removed")
        query = select(_anchor.c.comment, _anchor.c.line).where(
            snapshot.current(_anchor), own, _anchor.c.comment.in_(items)
        )
    else:
        words = tables.proposal_wording
        query = select(words.c.proposal, words.c.line).where(
            snapshot.known(words),
            words.c.line.is_not(None),
            words.c.proposal.in_(items),
            ~retractions.undone(snapshot, words.c.entry),
        )
    found: dict[int, list[int]] = {}
    for item, line in snapshot.connection.execute(query.distinct()):
        found.setdefault(item, []).append(line)
    return found


def _lines_with(
    snapshot: Snapshot, said: ColumnElement[bool], unseen: Collection[int]
) -> dict[int, int]:
    """Return on which lines comments of a kind are, and how many of them."""
    query = (
        select(_anchor.c.line, func.count(func.distinct(_anchor.c.comment)))
        .join(
            _said,
            and_(_said.c.document == _anchor.c.document, _said.c.comment == _anchor.c.comment),
        )
        .where(
            snapshot.current(_anchor),
            snapshot.current(_said),
            _anchor.c.line.is_not(None),
            _anchor.c.state != "removed",
            _anchor.c.comment.not_in(unseen),
            said,
        )
        .group_by(_anchor.c.line)
        .order_by(_anchor.c.line)
    )
    return {row[0]: row[1] for row in snapshot.connection.execute(query)}
