"""Writing comments: what was said, replies to it, and dispositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.errors import BadInput
from tracker.services import lines, meetings
from tracker.services.anchors import Flag, copy_anchors
from tracker.services.comments import reading
from tracker.services.comments.targets import Spot, Target, spots, tie
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
    """What somebody said, as it is handed in.

    Where ``meeting`` is none it was said at the meeting that is open, if one is; where it is empty
    it was said at none. An ``internal`` one leaves the store only when that is asked for.
    """

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
    internal: bool = False


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


def check_relation(relation: str | None) -> str | None:
    """Return a relation as it is stored: ``builds-on`` is ``builds_on``. Raises BadInput."""
    if relation is None:
        return None
    word = relation.strip().lower().replace("-", "_").replace(" ", "_")
    _check_choice("relation", word, RELATIONS)
    return word


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadInput(f"{value!r} is no {name} of a comment", f"use one of: {', '.join(choices)}")


def add(
    entry: Entry,
    snapshot: Snapshot,
    said: Said,
    labels: Sequence[str] = (),
    flag: Flag | None = None,
    scope: str = "line",
) -> str:
    """Store a comment on lines, on words, a section, a gap, or on the whole; return its id.

    Raises BadInput or NotFound if it cannot be tied to what it says.
    """
    check(said)
    hint = "comment on the document as a whole, or on a line that stands: tracker text"
    places = spots(snapshot, Target(tuple(labels), flag, scope, said.topic), hint)
    number = insert(entry, snapshot, at_open_meeting(snapshot, said))
    tie(entry, snapshot.document, number, places)
    return f"C{number}"


def at_open_meeting(snapshot: Snapshot, said: Said) -> Said:
    """Return what was said with the meeting that is open, where none is named."""
    if said.meeting is not None:
        return replace(said, meeting=said.meeting or None)
    opened = meetings.open_meeting(snapshot.connection)
    return said if opened is None else replace(said, meeting=opened.key)


def reply(
    entry: Entry,
    snapshot: Snapshot,
    parent: str,
    said: Said,
    relation: str | None = None,
    flag: Flag | None = None,
) -> str:
    """Store a reply; without flagged words of its own it has its parent's anchor. Return its id.

    A reply to an internal comment is internal.
    """
    check(said)
    relation = check_relation(relation)
    number = comment_id(parent)
    above = reading.numbered(snapshot, [number])[0]
    said = replace(said, internal=said.internal or above.internal)
    said = at_open_meeting(snapshot, said)
    own = insert(entry, snapshot, said, parent=number, relation=relation)
    if flag is None:
        copy_anchors(entry, snapshot.document, number, own)
    elif len(above.lines) == 1:
        line = lines.standing(snapshot, above.lines[0], "leave out --on")
        tie(entry, snapshot.document, own, [Spot(line, flag)])
    else:
        raise BadInput(f"{parent} is not on one line", "leave out --on")
    return f"C{own}"


def insert(
    entry: Entry,
    snapshot: Snapshot,
    said: Said,
    *,
    parent: int | None = None,
    relation: str | None = None,
    about: reading.About = (None, None),
) -> int:
    """Store what was said, tied to nothing yet, and return its number.

    ``about`` is the proposal, and the change of it, that it is on; a reply is on its parent's.
    """
    document = snapshot.document
    if parent is not None:
        about = reading.about(snapshot, parent)
    values = columns(snapshot, said)
    number = entry.next_id(tables.comment, document)
    entry.document = document
    entry.insert(tables.comment, document=document, id=number)
    entry.append(
        tables.comment_version,
        {"document": document, "comment": number},
        parent=parent,
        relation=relation,
        proposal=about[0],
        change=about[1],
        **values,
    )
    return number


def columns(snapshot: Snapshot, said: Said) -> dict[str, Any]:
    """Return what was said as the columns that hold it.

    Raises NotFound or BadInput for a meeting, a topic or a voice that is not there.
    """
    connection = snapshot.connection
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
    return {
        "meeting": meeting.id if meeting else None,
        "topic": topic,
        "speaker": said.speaker,
        "side": said.side,
        "participant": participant.id if participant else None,
        "kind": said.kind,
        "type": said.type,
        "text": said.text,
        "context": said.context,
        "note": said.note,
        "verbatim": int(said.verbatim),
        "given_number": said.number,
        "internal": int(said.internal) or None,
    }


def dispose(
    entry: Entry, snapshot: Snapshot, ids: Sequence[str], verdict: Verdict
) -> list[reading.Comment]:
    """Store a disposition of each comment, or what is advised; return them as they were.

    It takes the place of the one before, which stays on record. Raises NotFound for a comment that
    is not there, BadInput for an outcome that is none, or if no comment is named.
    """
    verdict = checked(verdict)
    settled = verdict._replace(outcome=disposition(verdict.outcome, verdict.reason))
    numbers = list(dict.fromkeys(comment_id(text) for text in ids))
    if not numbers:
        raise BadInput("no comment is named", "name them: tracker comment list --open")
    found = reading.numbered(snapshot, numbers)
    entry.document = snapshot.document
    for number in numbers:
        store_verdict(entry, snapshot.document, settled, comment=number)
    return found
