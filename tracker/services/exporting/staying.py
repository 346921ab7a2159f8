"""Comments that stand where they stood in the file that they came in with."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Row, and_, func, select

from tracker.exchange.marked import Remark
from tracker.exchange.outgoing import Edit
from tracker.services.exporting.origin import Origin
from tracker.services.importing.marked.remarks import locator
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def staying(
    snapshot: Snapshot, found: Origin, edits: Collection[Edit], kept: Collection[int]
) -> dict[str, Remark]:
    """Return the comments of a file by their ids here, at their places after some edits of it.

    Those that were tied to other words since, whose words the edits touch, or that are on an
    insertion which is not ``kept``, are left out: they stand elsewhere now.
    """
    known = {locator(remark): remark for remark in found.marked.remarks}
    stay = {}
    for row in _came_along(snapshot, found.entry):
        remark = known.get(row.locator or "")
        if remark is None or (row.anchors or 1) > 1:
            continue
        if remark.within is not None and remark.within not in kept:
            continue
        if remark.start is None or remark.end is None:
            stay[f"C{row.comment}"] = remark
        elif not _is_touched(remark.start, remark.end, edits):
            start, end = _after(remark.start, edits), _after(remark.end, edits)
            stay[f"C{row.comment}"] = remark._replace(start=start, end=end)
    return stay


def _came_along(snapshot: Snapshot, entry: int) -> list[Row[tuple[int, str | None, int | None]]]:
    """Return the comments of an entry: number, locator, and how often each was tied to words."""
    comment, version, anchor = tables.comment, tables.comment_version, tables.anchor
    anchors = (
        select(func.max(anchor.c.number))
        .where(snapshot.current(anchor), anchor.c.comment == version.c.comment)
        .scalar_subquery()
    )
    own = and_(comment.c.document == version.c.document, comment.c.id == version.c.comment)
    query = (
        select(version.c.comment, version.c.locator, anchors.label("anchors"))
        .join(comment, own)
        .where(snapshot.current(version), comment.c.entry == entry)
    )
    return list(snapshot.connection.execute(query))


def _is_touched(start: int, end: int, edits: Collection[Edit]) -> bool:
    return any(edit.start < max(end, start + 1) and edit.end > start for edit in edits) or any(
        start < edit.start < end for edit in edits
    )


def _after(place: int, edits: Collection[Edit]) -> int:
    """Return where a place is after edits, none of which touches it."""
    return place + sum(
        len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= place
    )
