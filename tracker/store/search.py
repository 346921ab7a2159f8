"""The search index: which texts are current, the terms they are found by, and looking for terms.

A text is indexed while it is current: the wording of a line that stands, the newest version of a
comment, what a proposal results in and why. What is undone, removed or sealed is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    text,
    tuple_,
)

from tracker.store.tables import (
    comment_version,
    passage,
    placement,
    proposal_change,
    proposal_version,
    proposal_wording,
    retraction,
    version,
    wording,
)
from tracker.store.types import CURRENT

_STORE = 0  # stands in the place of a document for what belongs to the store as a whole
KINDS = ("line", "proposal", "comment")
_SCOPES = dict(zip(KINDS, "lpc", strict=True))
# PostgreSQL takes neither a lexeme of more than 2,046 bytes nor a megabyte of them; SQLite no query
# of very many terms. Longer terms are cut, in the text and in the query alike.
LONGEST_TERM = 100
"""Code points."""
MOST_ASKED = 60
_ROOM = 800_000
_BATCH = 5_000
_NEWEST = 20_000
"""Texts among which those with frequent terms are found."""


class Place(NamedTuple):
    """Where a text stands: see the table ``passage``."""

    kind: str
    item: int
    part: int
    ordinal: int
    language: str


class Passage(NamedTuple):
    """A text that is current, with its place."""

    place: Place
    text: str


def current(
    connection: Connection, document: int, kind: str, items: Select[Any] | Sequence[int]
) -> Iterator[Passage]:
    """Yield the texts of lines, comments or proposals that are current, by their numbers."""
    for query in _QUERIES[kind](document, items):
        for item, part, ordinal, language, words in connection.execute(query):
            yield Passage(Place(kind, item, part, ordinal, language), words)


def _lines(document: int, items: Any) -> Iterable[Select[Any]]:
    stands = and_(
        placement.c.document == document,
        placement.c.line == version.c.line,
        placement.c.language == version.c.language,
        placement.c.until == CURRENT,
        placement.c.rank.is_not(None),
    )
    own = and_(wording.c.document == document, wording.c.id == version.c.wording)
    yield (
        select(version.c.line, literal(0), literal(0), version.c.language, wording.c.text)
        .join(placement, stands)
        .join(wording, own)
        .where(
            version.c.document == document,
            version.c.until == CURRENT,
            version.c.line.in_(items),
            wording.c.text.is_not(None),
        )
    )


def _retracted(document: int, kind: str, number: Any) -> Any:
    return (
        select(retraction.c.id)
        .where(
            retraction.c.document == document,
            retraction.c.kind == kind,
            retraction.c.id == number,
            retraction.c.holds == 1,
            retraction.c.until == CURRENT,
        )
        .exists()
    )


def _comments(document: int, items: Any) -> Iterable[Select[Any]]:
    own = comment_version.c
    yield select(own.comment, literal(0), literal(0), literal(""), own.text).where(
        own.document == document,
        own.until == CURRENT,
        own.comment.in_(items),
        own.text.is_not(None),
        ~_retracted(document, "comment", own.comment),
    )


def _proposals(document: int, items: Any) -> Iterable[Select[Any]]:
    own = proposal_version.c
    yield select(own.proposal, literal(0), literal(0), literal(""), own.rationale).where(
        own.document == document,
        own.until == CURRENT,
        own.proposal.in_(items),
        own.rationale.is_not(None),
        ~_retracted(document, "proposal", own.proposal),
    )
    words, change = proposal_wording.c, proposal_change.c
    # A list made once: looking for each wording's own goes through all changes of a proposal.
    superseded = select(change.proposal, change.supersedes).where(
        change.document == document,
        change.proposal.in_(items),
        change.supersedes.is_not(None),
        ~_retracted(_STORE, "entry", change.entry),
    )
    same = and_(wording.c.document == document, wording.c.id == words.wording)
    yield (
        select(words.proposal, words.change, words.ordinal, wording.c.language, wording.c.text)
        .join(wording, same)
        .where(
            words.document == document,
            words.role == "result",
            words.proposal.in_(items),
            wording.c.text.is_not(None),
            tuple_(words.proposal, words.change).not_in(superseded),
            ~_retracted(_STORE, "entry", words.entry),
            ~_retracted(document, "proposal", words.proposal),
        )
    )


_QUERIES: dict[str, Callable[[int, Any], Iterable[Select[Any]]]] = {
    "line": _lines,
    "comment": _comments,
    "proposal": _proposals,
}


def terms_of(document: int, found: Passage) -> str:
    """Return what the index holds of a text: its terms, and one that says what it is part of.

    Of a text with more than 800,000 bytes of terms, these are the first.
    """
    from tracker.text import search_terms

    kept = [scope(document, found.place.kind)]
    room = _ROOM
    for term in search_terms(found.text):
        kept.append(term[:LONGEST_TERM])
        room -= len(kept[-1].encode())
        if room < 0:
            break
    return " ".join(dict.fromkeys(kept))


def scope(document: int, kind: str) -> str:
    """Return the term that all texts of a kind in a document have. No word begins with a dot."""
    return f".{_SCOPES[kind]}{document}"


def index(connection: Connection, document: int, kind: str, items: Sequence[int]) -> None:
    """Make the index of some lines, comments or proposals what their current texts are."""
    for start in range(0, len(items), _BATCH):
        _index(connection, document, kind, items[start : start + _BATCH])


def _index(connection: Connection, document: int, kind: str, items: Sequence[int]) -> None:
    found = sorted(current(connection, document, kind, items))
    wanted = {each.place: terms_of(document, each) for each in found}
    gone = []
    for number, place, terms in indexed(connection, document, kind, items):
        # What is as it was keeps its row, and so its place among the newest.
        if place in wanted and set(wanted[place].split()) == set(terms.split()):
            del wanted[place]
        else:
            gone.append(number)
    if gone:
        own = delete(passage).where(passage.c.id == bindparam("number"))
        connection.execute(own, [{"number": number} for number in gone])
    if wanted:
        last = connection.execute(select(func.coalesce(func.max(passage.c.id), 0))).scalar_one()
        rows = [
            {"id": number, "document": document, **place._asdict(), "terms": terms}
            for number, (place, terms) in enumerate(wanted.items(), last + 1)
        ]
        connection.execute(insert(passage), rows)


def indexed(
    connection: Connection, document: int, kind: str, items: Select[Any] | Sequence[int]
) -> Iterator[tuple[int, Place, str]]:
    """Yield what the index holds of some lines, comments or proposals: id, place and terms."""
    own = passage.c
    query = select(
        *(own.id, own.kind, own.item, own.part, own.ordinal, own.language, own.terms)
    ).where(own.document == document, own.kind == kind, own.item.in_(items))
    for row in connection.execute(query):
        yield row[0], Place(*row[1:6]), row[6]


def forget(connection: Connection) -> None:
    """Let no trace remain of what was taken out of the index, as far as a database keeps one."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO passage_terms(passage_terms) VALUES ('optimize')"))


def find(
    connection: Connection, document: int, kind: str, terms: Sequence[str], most: int | None
) -> list[Place]:
    """Return where all of these terms stand: of so many texts the newest, the newest first.

    Only ``MOST_ASKED`` terms are asked for, each cut to ``LONGEST_TERM`` code points: see
    :func:`is_exact`.
    """
    asked = [scope(document, kind), *(term[:LONGEST_TERM] for term in terms[:MOST_ASKED])]
    values: dict[str, Any] = {"most": most or 2**31 - 1}
    if connection.dialect.name == "postgresql":
        values |= {"words": " & ".join(map(_lexeme, asked)), "document": document}
        if most is not None:
            # It cannot know how often terms stand together in texts of one kind: it is looked.
            newest = connection.execute(text(_FIND_AMONG_NEWEST.format(kind=kind)), values).all()
            if len(newest) == most:
                return [Place(*row) for row in newest]
        query = _FIND_BY_VECTOR
    else:
        values["words"] = " AND ".join(f'"{term}"' for term in asked)
        query = _FIND_BY_FTS5
    return [Place(*row) for row in connection.execute(text(query), values)]


_PLACE = "SELECT kind, item, part, ordinal, language"
_FIND_AMONG_NEWEST = (
    # The kind is written out: a plan made for any kind looks for lines among all comments.
    _PLACE + " FROM (SELECT * FROM passage WHERE document = :document AND kind = '{kind}' "
    f"ORDER BY id DESC LIMIT {_NEWEST}) AS newest "
    "WHERE terms @@ CAST(:words AS tsquery) ORDER BY id DESC LIMIT :most"
)
_FIND_BY_VECTOR = (
    # The sum keeps the order from being read from the key, row by row, until enough are found.
    f"{_PLACE} FROM passage WHERE terms @@ CAST(:words AS tsquery) ORDER BY id + 0 DESC LIMIT :most"
)
_FIND_BY_FTS5 = (
    f"{_PLACE} FROM passage_terms AS found JOIN passage ON passage.id = found.rowid "
    "WHERE passage_terms MATCH :words ORDER BY found.rowid DESC LIMIT :most"
)


def is_exact(terms: Sequence[str]) -> bool:
    """Return whether :func:`find` asks for just these terms: not for fewer, nor cut ones."""
    return len(terms) <= MOST_ASKED and all(len(term) <= LONGEST_TERM for term in terms)


def _lexeme(term: str) -> str:
    doubled = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"


def documents_and_last(connection: Connection, kind: str) -> list[tuple[int, int]]:
    """Return the documents that have lines, comments or proposals, with the last of these."""
    from tracker.store import tables

    table = {"line": tables.line, "comment": tables.comment, "proposal": tables.proposal}[kind]
    known = select(table.c.document, func.max(table.c.id)).group_by(table.c.document)
    held = (
        select(passage.c.document, func.max(passage.c.item))
        .where(passage.c.kind == kind)
        .group_by(passage.c.document)
    )
    last: dict[int, int] = {}
    for query in (known, held):
        for document, number in connection.execute(query):
            last[document] = max(number, last.get(document, 0))
    return sorted(last.items())


def spans(last: int) -> Iterator[range]:
    """Yield the numbers up to the last one, some at a time."""
    for start in range(0, last + 1, _BATCH):
        yield range(start, min(start + _BATCH, last + 1))


def fill(connection: Connection) -> None:
    """Make the whole index anew."""
    for kind in KINDS:
        for document, last in documents_and_last(connection, kind):
            for numbers in spans(last):
                index(connection, document, kind, numbers)
