"""Series, meetings, participants and references as JSON and as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tracker.cli.render.tables import write_table
from tracker.cli.render.words import plural
from tracker.cli.terminal import console, plain, say
from tracker.services.meetings import Meeting, Participant, Series
from tracker.services.references import Reference


def meeting_as_json(meeting: Meeting, comments: int) -> dict[str, Any]:
    """Return a meeting and how many comments it has under the names that ``--json`` promises."""
    return {
        "id": meeting.key,
        "name": meeting.name,
        "series": meeting.series,
        "kind": meeting.kind,
        "date": meeting.date,
        "place": meeting.place,
        "note": meeting.note,
        "topics": list(meeting.topics),
        "comments": comments,
    }


def participant_as_json(participant: Participant) -> dict[str, Any]:
    """Return a participant under the names that ``--json`` promises."""
    return {
        "id": participant.key,
        "name": participant.name,
        "side": participant.side,
        "note": participant.note,
    }


def reference_as_json(reference: Reference) -> dict[str, Any]:
    """Return a reference under the names that ``--json`` promises."""
    found = asdict(reference)
    return {"id": found.pop("key"), **found}


def write_meetings(
    series: Sequence[Series], meetings: Sequence[Meeting], comments: Mapping[str, int]
) -> None:
    """Print the series, and the meetings with how many comments each has by its key."""
    target = console()
    for one in series:
        since = f", since {one.since}" if one.since else ""
        planned = (
            f", {plural(one.meetings_planned, 'meeting')} planned" if one.meetings_planned else ""
        )
        target.print(plain(f"{one.key}: {one.name}{since}{planned}"))
        if one.hosts:
            target.print(plain(f"held by {' and '.join(one.hosts)}"))
    if not meetings:
        say("no meetings yet")
        return
    write_table(
        ("Key", "Name*", "Date", "Place", "Comments"),
        [
            (m.key, m.name, m.date or "", m.place or "", str(comments.get(m.key, 0)))
            for m in meetings
        ],
    )


def write_meeting(meeting: Meeting, comments: int) -> None:
    """Print a meeting with its topics and how many comments it has."""
    target = console()
    target.print(plain(f"{meeting.key}: {meeting.name}", "bold"))
    facts = [meeting.kind, meeting.date, meeting.place, meeting.series]
    target.print(plain(" · ".join(fact for fact in facts if fact)))
    target.print(plain(plural(comments, "comment")))
    for number, topic in enumerate(meeting.topics, 1):
        target.print(plain(f"  {number}. {topic}"))
    if meeting.note:
        target.print(plain(meeting.note, "dim"))


def write_participants(participants: Sequence[Participant]) -> None:
    """Print the participants."""
    if not participants:
        say("no participants yet")
        return
    rows = [(p.key, p.name, p.side or "", p.note or "") for p in participants]
    write_table(("Key", "Name", "Side", "Note*"), rows)


def write_references(references: Sequence[Reference]) -> None:
    """Print the references."""
    if not references:
        say("no references yet")
        return
    rows = [(r.key, r.title, r.authors or "", r.date or "") for r in references]
    write_table(("Key", "Title*", "Authors", "Date"), rows)
