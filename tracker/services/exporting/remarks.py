"""The comments on a text as it goes out with its changes marked, on their words."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from tracker.exchange.marked import Remark
from tracker.exchange.review import Said
from tracker.services.exporting import telling
from tracker.services.exporting.marking import Marking, Spread
from tracker.services.exporting.review_said import said
from tracker.services.lines import Line
from tracker.services.snapshot import Snapshot
from tracker.store import tables


def remarks(
    snapshot: Snapshot, text: Marking, now: Sequence[Line], *, with_internal: bool
) -> tuple[Remark, ...]:
    """Return all comments, thread by thread; disposed ones are done.

    One on words stands on them, one on a line at its end, one on no line nowhere.
    """
    told = said(snapshot, with_internal=with_internal)
    ids = {line.label: line.id for line in now}
    made = made_at(snapshot)
    roots = telling.roots(told)
    order = {one.id: number for number, one in enumerate(told)}
    threads = sorted(told, key=lambda one: (order[roots[one.id]], roots[one.id] != one.id))
    return tuple(_remark(one, text, ids, roots[one.id], made) for one in threads)


def made_at(snapshot: Snapshot) -> dict[str, str]:
    """Return when each comment was entered (UTC, ``2022-09-30T08:15:00``), by id."""
    comment, entry = tables.comment, tables.entry
    query = (
        select(comment.c.id, entry.c.at)
        .join(entry, entry.c.number == comment.c.entry)
        .where(comment.c.document == snapshot.document)
    )
    rows = snapshot.connection.execute(query)
    return {f"C{row.id}": f"{row.at:%Y-%m-%dT%H:%M:%S}" for row in rows}


def date_of(said: Said, made: dict[str, str]) -> str | None:
    """Return when something was said, as far as that is known to the day; else when entered."""
    return telling.whole_time(said.date) or made.get(said.id)


def _remark(
    one: Said, text: Marking, ids: dict[str, int], root: str, made: dict[str, str]
) -> Remark:
    place = _place(one, text, ids)
    return Remark(
        id=one.id,
        author=one.who,
        date=date_of(one, made),
        text=telling.in_text(one),
        start=place.start if place else None,
        end=place.end if place else None,
        quote=place.quote if place else "",
        parent=root if root != one.id else None,
        done=one.disposition is not None,
        within=place.within if place else None,
        offset=place.offset if place else 0,
        about=one.id,
    )


def _place(one: Said, text: Marking, ids: dict[str, int]) -> Spread | None:
    """Return where a comment stands: on the first of its words that are still there."""
    for spot in one.spots:
        if spot.label in ids and spot.start is not None and spot.end is not None:
            words = text.words(ids[spot.label], spot.start, spot.end)
            if words is not None:
                return words
    standing = next((label for label in one.lines if label in ids), None)
    return text.end(ids[standing]) if standing is not None else None
