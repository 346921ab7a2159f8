"""Series, meetings, participants and references as JSON and as tables."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tracker.cli.render.comments import as_json as comment_as_json
from tracker.cli.render.comments import write_threads
from tracker.cli.render.proposals import as_json as proposal_as_json
from tracker.cli.render.proposals import state as proposal_state
from tracker.cli.render.tables import write_table
from tracker.cli.render.words import UNDONE, plural
from tracker.cli.terminal import console, plain, say
from tracker.services.meeting_report import Raised, Report
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
        "open": meeting.is_open,
        "comments": comments,
    }


def report_as_json(report: Report) -> dict[str, Any]:
    """Return what a meeting raised about a document under the names that ``--json`` promises."""
    return {
        "document": report.document,
        "comments": report.total,
        "open": report.open,
        "outcomes": report.outcomes,
        "raised": [
            {
                "line": raised.line,
                "text": raised.text,
                "topic": raised.topic,
                "comments": [comment_as_json(comment) for comment in raised.comments],
            }
            for raised in report.raised
        ],
        "proposals": [proposal_as_json(proposal) for proposal in report.proposals],
    }


def series_as_json(series: Series, meetings: int) -> dict[str, Any]:
    """Return a series and how many meetings it has under the names that ``--json`` promises."""
    return {
        "id": series.key,
        "name": series.name,
        "hosts": list(series.hosts),
        "since": series.since,
        "meetings_planned": series.meetings_planned,
        "note": series.note,
        "meetings": meetings,
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
    series: Sequence[Series],
    meetings: Sequence[Meeting],
    comments: Mapping[str, int],
    undone: Container[int] = frozenset(),
) -> None:
    """Print the series, and the meetings with how many comments each has by its key.

    ``undone`` holds the numbers of those to be marked so.
    """
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
            (
                f"{m.key} ({UNDONE})" if m.id in undone else _key(m),
                *(m.name, m.date or "", m.place or "", str(comments.get(m.key, 0))),
            )
            for m in meetings
        ],
    )


def _key(meeting: Meeting) -> str:
    return f"{meeting.key} (open)" if meeting.is_open else meeting.key


def write_meeting(meeting: Meeting, comments: int) -> None:
    """Print a meeting with its topics and how many comments it has."""
    target = console()
    target.print(plain(f"{meeting.key}: {meeting.name}", "bold"))
    state = "open: comments belong to it" if meeting.is_open else None
    facts = [meeting.kind, meeting.date, meeting.place, meeting.series, state]
    target.print(plain(" · ".join(fact for fact in facts if fact)))
    target.print(plain(plural(comments, "comment")))
    for number, topic in enumerate(meeting.topics, 1):
        target.print(plain(f"  {number}. {topic}"))
    if meeting.note:
        target.print(plain(meeting.note, "dim"))


def write_report(report: Report) -> None:
    """Print what a meeting raised, place by place, and what became of it."""
    target = console()
    target.print()
    target.print(plain(report.document, "bold underline"))
    settled = [f"{count} {outcome}" for outcome, count in report.outcomes.items()]
    settled += [f"{report.open} open"] if report.open else []
    target.print(plain(f"{plural(report.total, 'comment')}: {', '.join(settled)}"))
    for raised in report.raised:
        target.print()
        target.print(plain(_where(raised), "bold"))
        if raised.text:
            target.print(plain(raised.text, "dim"))
        write_threads(raised.comments, target)
    if report.proposals:
        target.print(plain(f"\n{plural(len(report.proposals), 'proposal')} in answer", "bold"))
    for proposal in report.proposals:
        lines = f" · {plural(len(proposal.lines), 'line')}: {', '.join(proposal.lines)}"
        answers = f" · answers {', '.join(proposal.answers)}"
        head = f"{proposal.id} · from {proposal.proposer} · {proposal_state(proposal)}"
        target.print(plain(head + lines + answers))


def _where(raised: Raised) -> str:
    if raised.line is not None:
        gone = "" if raised.text is not None else " (deleted)"
        return f"Line {raised.line}{gone}"
    return raised.topic or "The whole"


def write_series(series: Sequence[Series], meetings: Mapping[str, int]) -> None:
    """Print the series with how many meetings each has by its key."""
    if not series:
        say("no series yet")
        return
    rows = [
        (s.key, s.name, " and ".join(s.hosts), s.since or "", str(meetings.get(s.key, 0)))
        for s in series
    ]
    write_table(("Key", "Name*", "Hosts", "Since", "Meetings"), rows)


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
