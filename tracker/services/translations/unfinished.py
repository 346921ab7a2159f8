"""What is left to do for the translators: passages that are stale or missing."""

from __future__ import annotations

from sqlalchemy import and_, exists, select

from tracker.services import lines
from tracker.services.snapshot import Snapshot, languages
from tracker.services.translations.reading import CURRENT, Passage, passages
from tracker.store import tables

_link = tables.translation


def unfinished(snapshot: Snapshot) -> list[Passage]:
    """Return the stale and the missing passages of the languages that the document has a text in.

    A language is read in whole only where something of it is stale or missing.
    """
    return [
        passage
        for language in languages(snapshot)[1:]
        if lines.running_text(snapshot, language, limit=1)
        if _any_stale(snapshot, language) or _any_missing(snapshot, language)
        for passage in passages(snapshot, language)
        if passage.state != CURRENT
    ]


def _any_stale(snapshot: Snapshot, language: str) -> bool:
    """Return whether a link is of another wording than the current one, without reading all."""
    version, placement = tables.version, tables.placement
    own = (
        select(_link.c.line)
        .outerjoin(
            version,
            and_(
                snapshot.current(version),
                version.c.line == _link.c.of_line,
                version.c.language == snapshot.authentic,
                version.c.wording == _link.c.wording,
            ),
        )
        .outerjoin(
            placement,
            and_(
                snapshot.current(placement),
                placement.c.line == _link.c.of_line,
                placement.c.language == snapshot.authentic,
                placement.c.rank.is_not(None),
            ),
        )
        .where(
            snapshot.current(_link),
            _link.c.language == language,
            _link.c.wording.is_not(None),
            version.c.line.is_(None) | placement.c.line.is_(None),
        )
    )
    return snapshot.connection.execute(own.limit(1)).first() is not None


def _any_missing(snapshot: Snapshot, language: str) -> bool:
    """Return whether nothing renders an authentic line that stands."""
    placement = tables.placement
    rendered = exists().where(
        snapshot.current(_link),
        _link.c.language == language,
        _link.c.of_line == placement.c.line,
        _link.c.wording.is_not(None),
    )
    query = select(placement.c.line).where(
        snapshot.current(placement),
        placement.c.language == snapshot.authentic,
        placement.c.rank.is_not(None),
        ~rendered,
    )
    return snapshot.connection.execute(query.limit(1)).first() is not None
