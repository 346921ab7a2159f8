"""What a reading service reads from: one document as it was at one entry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, and_, select

from tracker.errors import BadInput, NotFound, UsageError
from tracker.exchange import rules
from tracker.services.retractions import retracted, retracted_now
from tracker.store import tables
from tracker.store.journal import head
from tracker.store.types import CURRENT

STATE_FORMS = "a state is @31 (an entry), an edition such as july-2021, or 12:3 (a line's version)"


class Snapshot(NamedTuple):
    """A document at an entry. ``at`` is its number, ``latest`` whether nothing came after it.

    ``language`` is what is read, shown and written; ``authentic`` the document's own.
    """

    connection: Connection
    document: int
    key: str
    language: str
    authentic: str
    at: int
    latest: bool = True

    @property
    def is_authentic(self) -> bool:
        """Whether the text that is read is the authentic one."""
        return self.language == self.authentic

    def current(self, table: FromClause) -> ColumnElement[bool]:
        """Return the condition for the versions of this document that held at this entry."""
        own = table.c.document == self.document
        if self.latest:
            return and_(own, table.c.until == CURRENT)
        return and_(own, table.c.since <= self.at, table.c.until > self.at)

    def known(self, table: FromClause) -> ColumnElement[bool]:
        """Return the condition for the rows of this document that were there at this entry."""
        own = table.c.document == self.document
        return own if self.latest else and_(own, table.c.entry <= self.at)


def latest(connection: Connection, key: str | None = None) -> Snapshot:
    """Return the document so named as it is now; the only one, if none is named.

    Raises NotFound if there is no such document, UsageError if there are several to choose from.
    """
    document, version = tables.document, tables.document_version
    query = (
        select(document.c.id, document.c.key, version.c.language)
        .join(version, and_(version.c.document == document.c.id, version.c.until == CURRENT))
        .where(~retracted_now("document", document.c.id))
        .order_by(document.c.id)
    )
    found = connection.execute(query).all()
    if not found:
        raise NotFound("the store holds no document yet", "bring one in with: tracker import FILE")
    keys = ", ".join(row.key for row in found)
    if key is None and len(found) > 1:
        raise UsageError(f"the store holds several documents: {keys}", "choose one: --document KEY")
    chosen = next((row for row in found if key in (None, row.key)), None)
    if chosen is None:
        raise NotFound(f"there is no document {key!r}", f"the store holds: {keys}")
    at, _ = head(connection)
    return Snapshot(connection, chosen.id, chosen.key, chosen.language, chosen.language, at)


def in_language(snapshot: Snapshot, tag: str | None) -> Snapshot:
    """Return the same document in one of its languages; as it is, if none is named.

    Raises BadInput for what is no language tag, NotFound for one that the document has no text in.
    """
    if tag is None or tag == snapshot.language:
        return snapshot
    check_language(tag)
    known = languages(snapshot)
    refuse_other_spelling(tag, known)
    if tag not in known:
        raise NotFound(
            f"{snapshot.key} has no text in {tag!r}; it has {', '.join(known)}",
            f"bring one in: tracker import FILE --language {tag} --document {snapshot.key}, or "
            f'line by line: tracker translation add LINE --language {tag} --text "…"',
        )
    return snapshot._replace(language=tag)


def languages(snapshot: Snapshot) -> list[str]:
    """Return the languages that lines of the document ever stood in, the authentic one first."""
    placement = tables.placement
    query = select(placement.c.language).where(placement.c.document == snapshot.document).distinct()
    others = sorted(set(snapshot.connection.scalars(query)) - {snapshot.authentic})
    return [snapshot.authentic, *others]


def refuse_other_spelling(tag: str, known: Sequence[str]) -> None:
    """Raise BadInput for a tag that differs from one the document has by its capitals alone."""
    for other in known:
        if tag != other and tag.casefold() == other.casefold():
            raise BadInput(f"the language {tag!r} is written {other!r} here", f"say {other}")


def check_language(tag: str) -> str:
    """Return a language tag. Raises BadInput if it is none."""
    if rules.language_fault(tag) is not None:
        raise BadInput(f"{tag!r} is no language", "use a tag such as en, ja or pt-BR")
    return tag


def at_state(snapshot: Snapshot, state: str) -> Snapshot:
    """Return the same document at a state: ``@31``, an edition's name, or ``12:3``.

    Raises NotFound if there is no such state.
    """
    if re.fullmatch(r"@\d{1,15}", state):
        number = int(state[1:])
        if not 1 <= number <= snapshot.at:
            raise NotFound(f"there is no entry {state}", f"the last one is @{snapshot.at}")
    elif re.fullmatch(r"\d+[a-z]*:\d{1,15}", state):
        number = _entry_of_version(snapshot, state)
    else:
        number = _entry_of_edition(snapshot, state)
    return snapshot._replace(at=number, latest=number == snapshot.at and snapshot.latest)


def _entry_of_version(snapshot: Snapshot, state: str) -> int:
    label, _, number = state.partition(":")
    line, version = tables.line, tables.version
    query = (
        select(version.c.since)
        .join(line, and_(line.c.document == version.c.document, line.c.id == version.c.line))
        .where(
            version.c.document == snapshot.document,
            line.c.label == label,
            version.c.language == snapshot.language,
            version.c.number == int(number),
        )
    )
    found: int | None = snapshot.connection.execute(query).scalar()
    if found is None:
        raise NotFound(f"there is no version {state}", f"tracker show {label} lists its versions")
    return found


def _entry_of_edition(snapshot: Snapshot, state: str) -> int:
    edition = tables.edition
    query = select(edition.c.key, edition.c.state).where(
        snapshot.known(edition), ~retracted(snapshot, "edition", edition.c.id)
    )
    found = {row.key: row.state for row in snapshot.connection.execute(query)}
    if state not in found:
        keys = ", ".join(sorted(found)) or "none"
        raise NotFound(f"there is no state {state!r}", f"{STATE_FORMS}; editions: {keys}")
    number: int = found[state]
    return number
