"""Lines that stand in other languages than the one that is asked for."""

from __future__ import annotations

from sqlalchemy import and_, select

from tracker.errors import NotFound
from tracker.services.names import is_label
from tracker.services.snapshot import Snapshot
from tracker.store import tables

_line, _version, _link = tables.line, tables.version, tables.translation


def refuse_other_language(snapshot: Snapshot, label: str, language: str) -> None:
    """Raise NotFound, saying how to reach it, for a line with versions but none in this language.

    One that never had any is passed over in silence.
    """
    if not is_label(label):
        return
    known = languages_of(snapshot, label)
    if not known:
        return
    if language == snapshot.authentic:
        hint = f"it stands in {', '.join(known)} only: say --language {known[0]}"
        raise NotFound(f"line {label} has no version in {language}", hint)
    rendering = _rendered_by(snapshot, label, language)
    if rendering is not None:
        raise NotFound(
            f"line {label} has no version of its own in {language}: line {rendering} renders it",
            f"tracker show {rendering} --language {language}",
        )
    raise NotFound(
        f"line {label} has no version in {language}",
        f'give it one: tracker translation add {label} --language {language} --text "…"',
    )


def languages_of(snapshot: Snapshot, label: str) -> list[str]:
    """Return the languages in which a line has versions, deleted or not."""
    own = and_(_line.c.document == _version.c.document, _line.c.id == _version.c.line)
    query = (
        select(_version.c.language)
        .join(_line, own)
        .where(snapshot.current(_version), _line.c.label == label)
        .order_by(_version.c.language)
    )
    return list(snapshot.connection.scalars(query))


def _rendered_by(snapshot: Snapshot, label: str, language: str) -> str | None:
    original, rendering = _line.alias("original"), _line.alias("rendering")
    query = (
        select(rendering.c.label)
        .join(_link, and_(rendering.c.document == _link.c.document, rendering.c.id == _link.c.line))
        .join(
            original,
            and_(original.c.document == _link.c.document, original.c.id == _link.c.of_line),
        )
        .where(
            snapshot.current(_link),
            _link.c.language == language,
            _link.c.wording.is_not(None),
            original.c.label == label,
        )
        .order_by(rendering.c.id)
        .limit(1)
    )
    found: str | None = snapshot.connection.execute(query).scalar()
    return found
