"""Reading the notes of a meeting: every fault is told with its line, all of them at once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tracker.errors import BadInput
from tracker.exchange import record as exchange
from tracker.exchange import rules
from tracker.exchange.notes import Fault, Notes
from tracker.exchange.record import Record
from tracker.formats.encodings import decode, read_file
from tracker.formats.notes import words
from tracker.formats.notes.headings import Place, date_of, meeting_of, place_of
from tracker.formats.notes.items import Said, parse
from tracker.formats.notes.rows import Block, Heading, Item, Stray, blocks

LARGEST = 16 * 1024 * 1024
"""Bytes that notes may have."""
_FACT = re.compile(r"([^:：]+?)\s*[:：]\s*(.*)")
_MEETING = "write: # Meeting W2: Second Workshop"
_PLACE = "write: ## Line 12, ## Topic: NAME or ## The whole"


def names_meeting(content: bytes) -> bool:
    """Return whether the first heading of a file names a meeting, by a key with a digit in it.

    A text whose title begins with “Meeting notes:” is none.
    """
    try:
        text, _ = decode(content)
    except BadInput:
        return False
    first = next(iter(blocks(text)), None)
    named = meeting_of(first.text) if isinstance(first, Heading) and first.level == 1 else None
    return named is not None and rules.key_fault(named[0]) is None and _has_digit(named[0])


def _has_digit(key: str) -> bool:
    return any(letter.isdigit() for letter in key)


def read(content: bytes, name: str, encoding: str | None = None) -> Notes:
    """Return the notes in a file, and what is wrong with them.

    Raises BadInput for a file that cannot be decoded, or is too large.
    """
    if len(content) > LARGEST:
        raise BadInput(
            f"{name} has {len(content):,} bytes; {LARGEST:,} is the limit", "split it in two"
        )
    text, found = read_file(content, name, encoding)
    reader = _Reader()
    for block in blocks(text):
        reader.take(block)
    return reader.notes(found)


@dataclass
class _Meeting:
    """A meeting as it is being read."""

    line: int
    key: str
    facts: dict[str, str] = field(default_factory=dict)
    topics: list[str] = field(default_factory=list)


class _Reader:
    """Takes the blocks of a file in order."""

    def __init__(self) -> None:
        self._meetings: list[_Meeting] = []
        self._place: Place | None = None
        self._is_unknown = False
        self._heading = 0
        self._above: list[str] = []
        self._comments: list[exchange.Comment] = []
        self._places: dict[str, int] = {}
        self._faults: list[Fault] = []

    def take(self, block: Block) -> None:
        """Take the next block."""
        if isinstance(block, Heading):
            self._above = []
            if block.level == 1:
                self._take_meeting(block)
            else:
                self._take_place(block)
        elif not self._meetings:
            self._fault(block.line, f"the first heading must name the meeting; {_MEETING}")
        elif self._place is None and not self._is_unknown:
            self._take_fact(block)
        elif isinstance(block, Stray):
            self._fault(block.line, "this is neither a heading nor an item; write: - SPEAKER: …")
        else:
            self._take_item(block)

    def notes(self, encoding: str) -> Notes:
        """Return what was read."""
        if not self._meetings and not self._faults:
            self._fault(1, f"there is no heading that names a meeting; {_MEETING}")
        facts: list[dict[str, Any]] = [{"name": "", **meeting.facts} for meeting in self._meetings]
        meetings = tuple(
            exchange.Meeting(id=meeting.key, **told, topics=tuple(meeting.topics))
            for meeting, told in zip(self._meetings, facts, strict=True)
        )
        record = Record(meetings=meetings, comments=tuple(self._comments))
        faults = sorted(dict.fromkeys(self._faults))
        return Notes(record, self._places, tuple(faults), encoding)

    def _fault(self, line: int, message: str) -> None:
        self._faults.append(Fault(line, message))

    def _take_meeting(self, heading: Heading) -> None:
        self._place, self._is_unknown = None, False
        named = meeting_of(heading.text)
        if named is None:
            self._fault(heading.line, f"{heading.text!r} names no meeting; {_MEETING}")
            named = ("", "")
        key, name = named
        wrong = rules.key_fault(key) if key else None
        if wrong:
            self._fault(heading.line, f"{key!r} {wrong}")
        if key and any(meeting.key == key for meeting in self._meetings):
            self._fault(heading.line, f"the meeting {key} is named twice")
        self._meetings.append(_Meeting(heading.line, key))
        self._places[f"meetings.{len(self._meetings)}"] = heading.line
        if name:
            self._set_fact(heading.line, "name", name)

    def _take_fact(self, block: Item | Stray) -> None:
        rows = block.rows if isinstance(block, Item) else [(block.line, block.text)]
        facts: list[tuple[int, str, str]] = []
        for line, row in rows:
            found = _FACT.fullmatch(row)
            fact = words.FACTS.get(words.plain_word(found[1])) if found else None
            if found and fact:
                facts.append((line, fact, found[2].strip()))
            elif facts:
                before, name, value = facts[-1]
                facts[-1] = (before, name, f"{value} {row}".strip())
            else:
                told = "date, place, series, kind and note"
                self._fault(line, f"beneath a meeting stand its {told}; {_PLACE} before comments")
                return
        for line, fact, value in facts:
            if value:
                self._set_fact(line, fact, date_of(value) if fact == "date" else value)

    def _set_fact(self, line: int, fact: str, value: str) -> None:
        facts = self._meetings[-1].facts
        wrong = rules.date_fault(value) if fact == "date" else rules.text_fault(value)
        if wrong:
            self._fault(line, f"{value!r} {wrong}")
        if fact in facts:
            self._fault(line, f"the {fact} of the meeting is given twice")
        facts[fact] = value
        self._places[f"meetings.{len(self._meetings)}.{fact}"] = line

    def _take_place(self, heading: Heading) -> None:
        self._heading = heading.line
        if not self._meetings:
            self._fault(heading.line, f"the first heading must name the meeting; {_MEETING}")
            self._meetings.append(_Meeting(heading.line, ""))
        self._place = place_of(heading.text)
        self._is_unknown = self._place is None
        if self._place is None:
            self._fault(heading.line, f"{heading.text!r} is no place of comments; {_PLACE}")
        elif self._place.topic is not None:
            wrong = rules.line_fault(self._place.topic)
            if wrong:
                self._fault(heading.line, f"the topic {wrong}")
            if self._place.topic not in self._meetings[-1].topics:
                self._meetings[-1].topics.append(self._place.topic)

    def _take_item(self, item: Item) -> None:
        if item.orphan:
            self._fault(item.line, "an indented item replies to the one above it; there is none")
        said = parse([row for _, row in item.rows])
        for wrong in said.faults:
            self._fault(item.line, wrong)
        own = f"n{item.line}"
        above = self._above[item.depth - 1] if item.depth else None
        self._above[item.depth :] = [own]
        if not said.faults:
            self._add(item.line, own, above, said)

    def _add(self, line: int, own: str, above: str | None, said: Said) -> None:
        place = self._place or Place()
        if said.reply_to and above:
            self._fault(line, f"it stands beneath one comment and names {said.reply_to} as well")
        if "relation" in said.values and not (said.reply_to or above):
            told = said.values["relation"].replace("_", " ")
            self._fault(
                line, f"“{told}” needs a comment: indent it beneath one, or write: {told} C4"
            )
        values: dict[str, Any] = {"kind": "observation", **said.values}
        self._comments.append(
            exchange.Comment(
                id=own,
                meeting=self._meetings[-1].key,
                topic=place.topic,
                anchors=self._anchors(line, place, said, is_reply=bool(said.reply_to or above)),
                reply_to=said.reply_to or above,
                **values,
            )
        )
        name = f"comments.{len(self._comments)}"
        self._places[name] = line
        for number in range(1, len(place.lines) + 1):
            self._places[f"{name}.anchors.{number}.line"] = self._heading

    def _anchors(
        self, line: int, place: Place, said: Said, *, is_reply: bool
    ) -> tuple[exchange.Anchor, ...]:
        """Return what a comment is tied to; a reply without words of its own to nothing itself."""
        if said.quote is not None:
            if len(place.lines) == 1:
                return (exchange.Anchor(line=place.lines[0], quote=said.quote),)
            if not self._is_unknown:
                self._fault(line, "flagged words stand in one line; put it beneath: ## Line 12")
            return ()
        if is_reply:
            return ()
        return tuple(exchange.Anchor(line=label) for label in place.lines)
