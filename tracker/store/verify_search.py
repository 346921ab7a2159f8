"""Recomputing the tally of comments and the search index, to name what is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, text

from tracker.store import search, tables, tally
from tracker.store.search import Place

_MASK = 2**64 - 1


def check_tally(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each line whose comments are not counted by sort as they are."""
    documents = set(connection.scalars(select(tables.anchor.c.document).distinct()))
    documents |= set(connection.scalars(select(tables.tally.c.document).distinct()))
    for document in sorted(documents):
        counted = tables.tally.c
        kept = select(counted.line, counted.sort, counted.comments, counted.open)
        held = {tuple(row) for row in connection.execute(kept.where(counted.document == document))}
        known = tally.sorts(connection, document)
        right = {
            (row[0], known.get(tuple(row[1:4])), row[4], row[5])
            for row in connection.execute(tally.counts(document))
        }
        for line in sorted({row[0] for row in held ^ right}):
            yield f"the comments on line {line} of document {document} are tallied wrong"


def check_index(connection: Connection) -> Iterator[str]:
    """Yield a sentence for each line, comment or proposal that is not indexed as it reads."""
    for kind in search.KINDS:
        for document, last in search.documents_and_last(connection, kind):
            for numbers in search.spans(last):
                yield from _check_items(connection, document, kind, numbers)
    strangers = select(tables.passage.c.id).where(tables.passage.c.item < 0)
    for number in connection.scalars(strangers):
        yield f"passage (id {number}) is part of nothing"
    if connection.dialect.name == "sqlite" and not _postings_hold(connection):
        yield "the table of terms does not hold what the index does"


def _check_items(connection: Connection, document: int, kind: str, numbers: range) -> Iterator[str]:
    right = {
        (each.place, frozenset(search.terms_of(document, each).split()))
        for each in search.current(connection, document, kind, numbers)
    }
    held = {
        (place, frozenset(terms.split()))
        for _, place, terms in search.indexed(connection, document, kind, numbers)
    }
    wrong: set[Place] = {place for place, _ in held ^ right}
    for item in sorted({place.item for place in wrong}):
        yield f"{kind} {item} of document {document} is not found by what it says"


def _postings_hold(connection: Connection) -> bool:
    """Return whether FTS5 has the terms of each row of the index, and no others.

    Pairs of term and row are added up, so that a million texts take no room.
    """
    # Not by FTS5's own check, which needs to write and says no more.
    connection.execute(
        text("CREATE VIRTUAL TABLE temp.posting USING fts5vocab(main, passage_terms, instance)")
    )
    try:
        postings = connection.execute(text("SELECT term, doc FROM temp.posting"))
        held = sum(hash((term, number)) & _MASK for term, number in postings)
    finally:
        connection.execute(text("DROP TABLE temp.posting"))
    own = tables.passage.c
    rows = connection.execute(select(own.id, own.terms))
    right = sum(
        hash((term, number)) & _MASK for number, terms in rows for term in set(terms.split())
    )
    return held == right
