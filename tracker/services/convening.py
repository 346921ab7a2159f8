"""Opening, closing and correcting a meeting: a further version of it each time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from tracker.errors import Refused
from tracker.services import meetings
from tracker.services.inputs import check_date, check_line, check_optional, check_optional_line
from tracker.services.meetings import Meeting
from tracker.store import tables
from tracker.store.journal import Entry

# A meeting's first version is its own row, which has no number.
_FIRST = 1


def open_(entry: Entry, key: str) -> Meeting | None:
    """Make a meeting the one that comments belong to; return the one that was open before.

    Raises NotFound if there is none of this key, Refused if it is open.
    """
    found = meetings.find(entry.connection, key)
    if found.is_open:
        raise Refused(f"{key} is open already", "close it with: tracker meeting close")
    before = meetings.open_meeting(entry.connection)
    if before is not None:
        _append(entry, before, {"open": 0})
    _append(entry, found, {"open": 1})
    return before


def close(entry: Entry) -> Meeting:
    """Close the meeting that is open and return it. Raises Refused if none is."""
    found = meetings.open_meeting(entry.connection)
    if found is None:
        raise Refused("no meeting is open", "open one with: tracker meeting open KEY")
    _append(entry, found, {"open": 0})
    return found


def correct(entry: Entry, key: str, settings: Mapping[str, str | None]) -> None:
    """Correct what is known of a meeting: its name, kind, date, place, series or note.

    Raises NotFound for a meeting or a series that is not there, Refused if nothing would change.
    """
    found = meetings.find(entry.connection, key)
    was = {name: getattr(found, name) for name in _SETTINGS}
    becomes = {**was, **settings}
    if becomes == was:
        raise Refused("nothing would change", f"tracker meeting show {key} shows it")
    _append(entry, found, _checked(settings))


_SETTINGS = ("name", "kind", "date", "place", "series", "note")


def _checked(settings: Mapping[str, str | None]) -> dict[str, str | None]:
    checked = dict(settings)
    if "name" in checked:
        check_line(checked["name"] or "", "name of the meeting")
    check_optional_line(checked.get("kind"), "kind of meeting")
    check_optional_line(checked.get("place"), "place")
    check_date(checked.get("date"), "meeting")
    check_optional(checked.get("note"), "note")
    return checked


def _append(entry: Entry, meeting: Meeting, changes: Mapping[str, Any]) -> None:
    values: dict[str, Any] = {name: getattr(meeting, name) for name in _SETTINGS}
    values |= {"open": int(meeting.is_open), **changes}
    if values["series"] is not None:
        values["series"] = meetings.find_series(entry.connection, values["series"]).id
    version = tables.meeting_version
    last = select(func.max(version.c.number)).where(version.c.meeting == meeting.id)
    number = (entry.connection.execute(last).scalar() or _FIRST) + 1
    entry.supersede(version, meeting=meeting.id)
    entry.insert(version, meeting=meeting.id, number=number, **values)
