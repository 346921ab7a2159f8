"""A row about a comment that is not stored yet: the comment that it becomes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, get_args

from tracker.errors import BadInput
from tracker.exchange.matrix import Row, together
from tracker.exchange.record import Comment, Verdict
from tracker.exchange.record.words import Kind, Relation, Type
from tracker.services import meetings
from tracker.services.importing.matrix import known
from tracker.services.importing.matrix.placing import Places
from tracker.services.inputs import check_line
from tracker.services.meetings import Meeting
from tracker.services.snapshot import Snapshot

# ISO's forms say which body speaks and which of its comments it is in one cell: US 012.
_NUMBERED = re.compile(r"([A-Z]{2,4})[\s-]?([0-9]{1,4})")
_CHOICES = {"type": get_args(Type), "kind": get_args(Kind), "relation": get_args(Relation)}


class Made(NamedTuple):
    """A comment to be stored, what of its row is understood otherwise, and what is left out."""

    comment: Comment
    told: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class House:
    """What new comments may name: the text, the meetings, the comments that they reply to.

    ``usual`` is the meeting of those that name none. Raises BadInput for one that there is not.
    """

    def __init__(self, snapshot: Snapshot, stored: Iterable[str], usual: str | None) -> None:
        self.places = Places(snapshot)
        self.stored = frozenset(stored)
        self.meetings: Sequence[Meeting] = meetings.all_meetings(snapshot.connection)
        self._usual = next((each for each in self.meetings if each.is_open), None)
        if usual is not None:
            self._usual = self._named(usual)

    def meeting(self, told: str) -> Meeting | None:
        """Return the meeting of a key or a name; the usual one, if none is told.

        Raises BadInput for one that there is not.
        """
        return self._named(told) if told else self._usual

    def _named(self, told: str) -> Meeting:
        found = [each for each in self.meetings if told in (each.key, each.name)]
        if len(found) != 1:
            keys = ", ".join(each.key for each in self.meetings[:8]) or "none yet"
            raise BadInput(
                f"there is no meeting {told!r}; known: {keys}", "make it first: tracker meeting add"
            )
        return found[0]


def comment(row: Row, house: House) -> Made:
    """Return the comment of a row. Raises BadInput or NotFound if it cannot be stored."""
    text = together(row.comment.strip(), row.proposed.strip())
    if not text:
        raise BadInput("there is no comment in it")
    speaker, side, number = _who(row)
    words, strange = _words(row)
    meeting = house.meeting(row.meeting)
    placed = house.places.of(row)
    parent = _parent(row, house)
    topic, off_topic = _topic(row, meeting, bool(placed.anchors))
    dispositions, undecided = _dispositions(row)
    made = Comment(
        speaker=speaker,
        side=side,
        number=number,
        kind=words.get("kind", "suggestion" if row.proposed.strip() else "observation"),  # type: ignore[arg-type]  # one of the choices
        type=words.get("type"),  # type: ignore[arg-type]  # as above
        relation=words.get("relation") if parent else None,  # type: ignore[arg-type]  # as above
        reply_to=parent,
        meeting=meeting.key if meeting else None,
        topic=topic,
        anchors=placed.anchors,
        locator=placed.locator,
        text=text,
        verbatim=True,
        context=row.context.strip() or None,
        note=row.note.strip() or None,
        internal=row.internal.strip().lower() in ("yes", "true", "1"),
        dispositions=dispositions,
    )
    left_out = (*strange, *placed.left_out, *off_topic, *undecided)
    return Made(made, placed.told, left_out)


def understood(row: Row, said: Comment) -> Row:
    """Return a row with what it says in words of its own as the record says it.

    What its comment is known by, the row need not say again.
    """
    quotes = [anchor.quote for anchor in said.anchors if anchor.quote]
    return row._replace(
        **dict.fromkeys(("comment", "proposed", "speaker", "line"), ""),
        member=said.side or "",
        number=said.number or "",
        reply_to=said.reply_to or "",
        meeting=(said.meeting or "") if row.meeting else "",
        words=" ".join(quotes) or row.words,
    )


def _who(row: Row) -> tuple[str, str | None, str | None]:
    """Return who speaks, the side that is stated, and the number that others gave the comment."""
    member, number = row.member, row.number or row.id or None
    found = _NUMBERED.fullmatch(member)
    if found:
        member, number = found[1], number or member
    speaker = row.speaker or member
    if not speaker:
        raise BadInput("it does not say who speaks: fill in Member body, or Speaker")
    for text in filter(None, (speaker, member, number)):
        check_line(text, "name of who speaks")
    return speaker, member or None, number


def _words(row: Row) -> tuple[dict[str, str], list[str]]:
    """Return the words of the row that are ours by their fields, and which are none."""
    words, told = {}, []
    for name, choices in _CHOICES.items():
        word = getattr(row, name)
        if word in choices:
            words[name] = word
        elif word:
            listed = ", ".join(choices)
            told.append(f"{word!r} is no {name} of a comment and is left out; they are {listed}")
    return words, told


def _parent(row: Row, house: House) -> str | None:
    name = row.reply_to.upper() or None
    if name is not None and name not in house.stored:
        raise BadInput(f"there is no comment {row.reply_to} to reply to")
    return name


def _topic(row: Row, meeting: Meeting | None, on_lines: bool) -> tuple[str | None, list[str]]:
    """Return the topic of a row, if it is one; else what is wrong with it."""
    if not row.topic or on_lines:
        return None, []
    if meeting is None or row.topic not in meeting.topics:
        return None, [f"no meeting of it has the topic {row.topic!r}, which is left out"]
    return row.topic, []


def _dispositions(row: Row) -> tuple[tuple[Verdict, ...], list[str]]:
    """Return what became of a comment already; else why that cannot be taken."""
    try:
        told = known.disposed(row)
    except BadInput as fault:
        return (), [f"{fault.message}; the comment is taken without it"]
    if told is None:
        return (), []
    return (Verdict(outcome=told.outcome, reason=told.reason, by=told.by, date=told.date),), []
