"""A prose summary held against the stored text: what would be noted of which line or topic."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.errors import NotFound
from tracker.exchange import record as exchange
from tracker.exchange.notes import Noted, Outline, Section
from tracker.exchange.summary import Doubt, Level, Passage, Statement, Summary
from tracker.services import lines
from tracker.services.importing.flagging import Flagged, Lines, Stored
from tracker.services.importing.held import held_at
from tracker.services.snapshot import Snapshot, languages
from tracker.text.quotations import quotations

_DEEPEST = 8
"""Replies to replies that a reader can still follow."""
_FLAGGED = 3
"""Words in quotation marks that may be words of the line."""
_ALIKE = 0.6
_ELSEWHERE = Doubt("check", "it seems to reply to what stands elsewhere")
_LEVELS: tuple[Level, ...] = ("sure", "likely", "check")


class Plan(NamedTuple):
    """The notes to be written, the lines found in the summary, and how sure its comments are."""

    outline: Outline
    lines: tuple[str, ...]
    levels: dict[Level, int]
    meetings: tuple[int, ...]
    """Rows at which another meeting seems to begin."""


class _Place(NamedTuple):
    """What statements are on: lines, as far as they were found, or a topic."""

    flagged: tuple[Stored, ...] = ()
    topic: str | None = None
    doubt: Doubt | None = None


def plan(snapshot: Snapshot, summary: Summary, at: str, name: str) -> Plan:
    """Return what the notes of a summary would be; ``at`` names the meeting, ``name`` the file.

    Raises NotFound if the summary tells nobody's words, BadInput for a meeting that cannot be named
    so.
    """
    if not summary.statements:
        raise NotFound(
            f"{name} tells of nobody who said something: no “one scholar noted that …”",
            "type what was said as notes: docs/notes.md",
        )
    meeting, remarks = held_at(snapshot, summary, at)
    stored = _stored(snapshot)
    gathered = _Gathering(summary, stored, meeting.topics)
    for passage in summary.passages:
        gathered.take(passage)
    sections = gathered.sections()
    items = [noted for section in sections for noted in section.items]
    found = tuple(dict.fromkeys(label for section in sections for label in section.lines))
    levels = dict.fromkeys(_LEVELS, 0)
    for noted in items:
        levels[_level_of(noted)] += 1
    begins = tuple(passage.row for passage in summary.passages if passage.meeting)
    return Plan(Outline(meeting, sections, remarks), found, levels, begins)


def _stored(snapshot: Snapshot) -> list[Stored]:
    """Return the lines that stand, then what renders them in other languages."""
    own = [
        Stored(line.label, line.text, snapshot.language) for line in lines.running_text(snapshot)
    ]
    known = {line.label for line in own}
    return own + [
        Stored(line.label, line.text, tag)
        for tag in languages(snapshot)
        if tag != snapshot.language
        for line in lines.running_text(snapshot, tag)
        if line.label in known
    ]


class _Gathering:
    """Takes the passages of a summary in order, and gathers what is said under what it is on."""

    def __init__(self, summary: Summary, stored: Sequence[Stored], topics: Sequence[str]) -> None:
        self._summary = summary
        self._known = Lines(stored)
        self._labelled = {line.label: line for line in reversed(stored)}
        self._topics = topics
        self._place = _Place()
        self._sections: list[tuple[_Place, list[Noted], list[str]]] = []
        self._in: dict[int, int] = {}
        self._depths: dict[int, int] = {}

    def take(self, passage: Passage) -> None:
        """Take the next passage."""
        flagged = self._known.given(passage.text)
        if flagged is not None:
            self._turn_to(flagged, passage)
            return
        if passage.begins:
            self._place = self._by_number(passage) or _Place(topic=self._topic(passage.topic))
        if passage.meeting:
            self._section().append(
                f"check: another meeting seems to begin in row {passage.row}, “{passage.text}”: "
                "give it a heading, # Meeting KEY: NAME"
            )
        for quoted in passage.quoted:
            quotes = self._known.holding(quoted)
            if quotes is not None and not self._is_said(passage, quoted):
                self._turn_to(quotes, passage)
                break
        for number in passage.statements:
            self._say(number)
        self._leave_out(passage)

    def sections(self) -> tuple[Section, ...]:
        """Return what was gathered."""
        return tuple(
            Section(
                lines=tuple(dict.fromkeys(line.label for line in place.flagged)),
                topic=place.topic,
                words=tuple(line.text for line in place.flagged),
                items=tuple(items),
                remarks=tuple(remarks),
            )
            for place, items, remarks in self._sections
        )

    def _turn_to(self, flagged: Flagged, passage: Passage) -> None:
        """Let what follows be on the lines that a passage gives."""
        doubt = None
        if not flagged.exact:
            doubt = Doubt("check", f"row {passage.row} reads otherwise: “{passage.text}”")
        elif flagged.words is not None:
            doubt = Doubt("check", f"row {passage.row} gives only: “{flagged.words}”")
        elif flagged.same:
            doubt = Doubt("check", f"so do the lines {', '.join(flagged.same)}: which is meant?")
        self._place = _Place(flagged.lines, doubt=doubt)
        remarks = self._section()
        if doubt is not None:
            remarks.append(f"{doubt.level}: {doubt.reason}")

    def _by_number(self, passage: Passage) -> _Place | None:
        """Return the line that a heading names by its number, if there is one."""
        words = passage.text.replace(":", " ").split()
        if not passage.heading or len(words) < 2 or words[0].lower() not in ("line", "行"):
            return None
        line = self._labelled.get(words[1])
        if line is None:
            return None
        doubt = Doubt("check", f"row {passage.row} names the line by its number only")
        return _Place((line,), doubt=doubt)

    def _topic(self, topic: str | None) -> str | None:
        """Return a topic as the store has it, where it has one so called."""
        if topic is None:
            return None
        for held in self._topics:
            if topic.casefold().startswith(held.casefold()):
                return held
        near = difflib.get_close_matches(topic, self._topics, n=1, cutoff=_ALIKE)
        return near[0] if near else topic

    def _section(self) -> list[str]:
        """Return the remarks of the section that the place has; it is begun where it is new."""
        if not self._sections or self._sections[-1][0] != self._place:
            self._sections.append((self._place, [], []))
        return self._sections[-1][2]

    def _is_said(self, passage: Passage, quoted: str) -> bool:
        """Say whether a quotation is what somebody said."""
        said = [self._summary.statements[number] for number in passage.statements]
        return any(quoted in each.text for each in said)

    def _say(self, number: int) -> None:
        statement = self._summary.statements[number]
        self._section()
        place = len(self._sections) - 1
        doubts = [*statement.doubts]
        parent = statement.reply_to
        if parent is not None and not self._can_reply(parent, place):
            doubts.append(_ELSEWHERE)
            parent = None
        self._in[number] = place
        self._depths[number] = 0 if parent is None else self._depths[parent] + 1
        anchors, doubt = self._anchors(statement, is_reply=parent is not None)
        doubts += [doubt] if doubt else []
        doubts += [self._place.doubt] if self._place.doubt and parent is None else []
        comment = exchange.Comment(
            id=f"s{number}",
            topic=self._place.topic,
            anchors=anchors,
            reply_to=None if parent is None else f"s{parent}",
            relation=statement.relation if parent is not None else None,
            speaker=statement.speaker,
            side=statement.side,
            kind=statement.kind,
            context=statement.context,
            verbatim=statement.verbatim,
            text=statement.text,
        )
        self._sections[-1][1].append(Noted(comment, (_told(statement, doubts),)))

    def _can_reply(self, parent: int, place: int) -> bool:
        return self._in.get(parent) == place and self._depths[parent] < _DEEPEST

    def _anchors(
        self, statement: Statement, *, is_reply: bool
    ) -> tuple[tuple[exchange.Anchor, ...], Doubt | None]:
        """Return what a statement is tied to: words of the line that it quotes, or all of it."""
        labels = dict.fromkeys(line.label for line in self._place.flagged)
        if not labels:
            return (), self._quotes(statement)
        for quoted in quotations(statement.text) if len(labels) == 1 else ():
            found = self._known.holding(quoted.text, _FLAGGED)
            if found and found.words and found.lines[0] in self._place.flagged[:1]:
                anchor = exchange.Anchor(line=found.lines[0].label, quote=found.words)
                return (anchor,), Doubt("likely", "it quotes words of the line")
        if is_reply:
            return (), None
        return tuple(exchange.Anchor(line=label) for label in labels), None

    def _quotes(self, statement: Statement) -> Doubt | None:
        """Return the doubt about what quotes words of a line, and does not stand under it."""
        for quoted in quotations(statement.text):
            found = self._known.holding(quoted.text, _FLAGGED)
            if found is not None:
                label = found.lines[0].label
                return Doubt("check", f"line {label} has the words “{quoted.text}”: is it on that?")
        return None

    def _leave_out(self, passage: Passage) -> None:
        """Remark which quotations of a passage are taken for nobody's."""
        for words in passage.unnamed:
            if self._known.holding(words) is None and passage.statements:
                self._section().append(
                    f"left out, row {passage.row}: nobody is named for “{words}”"
                )


def _told(statement: Statement, doubts: Sequence[Doubt]) -> str:
    """Return the remark on a comment: how sure it is, why not more so, where it stands."""
    level = max((doubt.level for doubt in doubts), key=_LEVELS.index, default="sure")
    told: Iterator[str] = (doubt.reason for doubt in doubts)
    reasons = "; ".join(dict.fromkeys(told))
    return f"{level}, row {statement.row}{': ' if reasons else ''}{reasons}"


def _level_of(noted: Noted) -> Level:
    first = noted.remarks[0].split(",", 1)[0]
    return next(level for level in _LEVELS if level == first)
