"""Writing comments: what was said, replies to it, and dispositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import BadInput, Refused
from tracker.services import lines, meetings
from tracker.services.anchors import Flag, copy_anchors, store_anchor
from tracker.services.comments import reading
from tracker.services.inputs import check_line, check_optional, check_optional_line, check_text
from tracker.services.names import comment_id
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, checked, disposition, store_verdict
from tracker.store import tables
from tracker.store.journal import Entry

KINDS = ("objection", "support", "suggestion", "question", "observation")
TYPES = ("general", "technical", "editorial")
RELATIONS = ("counters", "builds_on", "endorses", "answers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody said, as it is handed in. ``on`` holds the words flagged, if any."""

    speaker: str
    text: str
    kind: str = "observation"
    side: str | None = None
    meeting: str | None = None
    topic: str | None = None
    participant: str | None = None
    type: str | None = None
    context: str | None = None
    note: str | None = None
    number: str | None = None
    verbatim: bool = True


def check(said: Said) -> None:
    """Raise BadInput if what is handed in cannot be stored."""
    check_text(said.text, "text of the comment")
    check_line(said.speaker, "speaker")
    for name in ("side", "number"):
        check_optional_line(getattr(said, name), name)
    for name in ("context", "note"):
        check_optional(getattr(said, name), name)
    _check_choice("kind", said.kind, KINDS)
    if said.type is not None:
        _check_choice("type", said.type, TYPES)


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadInput(f"{value!r} is no {name} of a comment", f"use one of: {', '.join(choices)}")


def add(
    entry: Entry,
    snapshot: Snapshot,
    said: Said,
    labels: Sequence[str] = (),
    flag: Flag | None = None,
) -> str:
    """Store a comment on lines, on words of a line, or on the whole; return its id.

    Raises BadInput or NotFound if it cannot be tied to what it says.
    """
    check(said)
    if flag is not None and len(labels) != 1:
        raise BadInput("flagged words stand in one line", "name the one line they stand in")
    if labels and said.topic:
        raise BadInput(
            "a comment is on lines or has a topic, not both", "leave out --topic or the line"
        )
    hint = "comment on the document as a whole, or on a line that stands: tracker text"
    targets = [_standing(snapshot, label, hint) for label in dict.fromkeys(labels)]
    number = _insert(entry, snapshot, said)
    for ordinal, line in enumerate(targets, 1):
        store_anchor(entry, snapshot.document, number, ordinal, line, flag)
    return f"C{number}"


def _standing(snapshot: Snapshot, label: str, hint: str) -> lines.Line:
    line = lines.find(snapshot, label)
    if line.rank is None:
        gone = lines.deleted_at(snapshot, line.id)
        raise Refused(f"line {label} was deleted at @{gone}", hint)
    return line


def reply(
    entry: Entry,
    snapshot: Snapshot,
    parent: str,
    said: Said,
    relation: str | None = None,
    flag: Flag | None = None,
) -> str:
    """Store a reply; without flagged words of its own it has its parent's anchor. Return its id."""
    check(said)
    if relation is not None:
        _check_choice("relation", relation.replace("-", "_"), RELATIONS)
        relation = relation.replace("-", "_")
    number = comment_id(parent)
    above = reading.numbered(snapshot, [number])[0]
    own = _insert(entry, snapshot, said, parent=number, relation=relation)
    if flag is None:
        copy_anchors(entry, snapshot.document, number, own)
    elif len(above.lines) == 1:
        line = _standing(snapshot, above.lines[0], "leave out --on")
        store_anchor(entry, snapshot.document, own, 1, line, flag)
    else:
        raise BadInput(f"{parent} is not on one line", "leave out --on")
    return f"C{own}"


def _insert(
    entry: Entry,
    snapshot: Snapshot,
    said: Said,
    *,
    parent: int | None = None,
    relation: str | None = None,
) -> int:
    connection, document = snapshot.connection, snapshot.document
    meeting = meetings.find(connection, said.meeting) if said.meeting else None
    topic = None
    if said.topic is not None:
        if meeting is None:
            raise BadInput(
                f"the topic {said.topic!r} belongs to a meeting", "name it with --meeting"
            )
        topic = meetings.topic_number(meeting, said.topic)
    participant = (
        meetings.find_participant(connection, said.participant) if said.participant else None
    )
    number = entry.next_id(tables.comment, document)
    entry.document = document
    entry.insert(tables.comment, document=document, id=number)
    entry.append(
        tables.comment_version,
        {"document": document, "comment": number},
        meeting=meeting.id if meeting else None,
        topic=topic,
        speaker=said.speaker,
        side=said.side,
        participant=participant.id if participant else None,
        kind=said.kind,
        type=said.type,
        text=said.text,
        context=said.context,
        note=said.note,
        verbatim=int(said.verbatim),
        parent=parent,
        relation=relation,
        given_number=said.number,
    )
    return number


def dispose(
    entry: Entry, snapshot: Snapshot, ids: Sequence[str], verdict: Verdict
) -> list[reading.Comment]:
    """Store a disposition of each comment; return them as they were.

    Raises NotFound for one that is not there, BadInput for an outcome that is none.
    """
    verdict = checked(verdict)
    outcome = disposition(verdict.outcome, verdict.reason)
    numbers = list(dict.fromkeys(comment_id(text) for text in ids))
    found = reading.numbered(snapshot, numbers)
    entry.document = snapshot.document
    for number in numbers:
        settled = Verdict(
            outcome=outcome,
            reason=verdict.reason,
            by=verdict.by,
            date=verdict.date,
            mode=verdict.mode,
        )
        store_verdict(entry, snapshot.document, settled, comment=number)
    return found
