"""What a matrix that comes home would store: dispositions filled in, and new comments."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from tracker.errors import BadInput, Refused, TrackerError
from tracker.exchange.matrix import Returned, Row, Told
from tracker.exchange.record import Comment
from tracker.services import retractions
from tracker.services.comments import reading
from tracker.services.exporting import matrix as exporting
from tracker.services.importing.files import File
from tracker.services.importing.matrix import fresh, known
from tracker.services.importing.matrix.known import Known
from tracker.services.importing.meeting import Planned
from tracker.services.importing.stored import next_number
from tracker.services.snapshot import Snapshot, at_state
from tracker.services.verdicts import Verdict
from tracker.store import tables

_Words = tuple[str, str, frozenset[str]]
_ID = re.compile(r"C[1-9][0-9]{0,8}", re.IGNORECASE)


class Disposed(NamedTuple):
    """A stored comment with the disposition that its row brings."""

    place: str
    comment: reading.Comment
    verdict: Verdict


class Plan(NamedTuple):
    """What a matrix would store, and what a person should know of its rows."""

    file: File
    head: int
    disposed: tuple[Disposed, ...]
    fresh: tuple[Planned, ...]
    told: tuple[Told, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to store."""
        return not (self.disposed or self.fresh)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The places of the rows of which something that was filled in is not stored."""
        return tuple(dict.fromkeys(each.place for each in self.told if each.left_out))


def plan(snapshot: Snapshot, matrix: Returned, file: File, meeting: str | None = None) -> Plan:
    """Return what a matrix would store; what is in the store already is passed over.

    New comments that name no meeting belong to ``meeting``, its key or its name, else to the open
    one. A row that cannot be taken is told with its place, and the rest is planned. Raises Refused
    for a matrix of another document, BadInput for a meeting that there is not.
    """
    made = _Planned(snapshot, matrix, meeting)
    for row in matrix.rows:
        try:
            made.take(row)
        except TrackerError as fault:
            made.tell(row, f"{fault.message}; the row is left out", left_out=True)
    return Plan(
        file, snapshot.at, tuple(made.disposed), tuple(made.fresh), (*matrix.told, *made.told)
    )


class _Planned:
    """The rows of a matrix, as far as they were taken."""

    def __init__(self, snapshot: Snapshot, matrix: Returned, meeting: str | None) -> None:
        self._snapshot, self._matrix = snapshot, matrix
        self._then = _written_at(snapshot, matrix)
        self._now = exporting.rows(snapshot)
        self._stored = {each.id: each for each in reading.listed(snapshot)[0]}
        self._house = fresh.House(snapshot, self._stored, meeting)
        self._by_words = {
            _words(each.speaker, each.text, each.lines): each.id for each in self._stored.values()
        }
        self._next = next_number(snapshot, tables.comment)
        self._seen: dict[str, str] = {}
        self.disposed: list[Disposed] = []
        self.fresh: list[Planned] = []
        self.told: list[Told] = []

    def tell(self, row: Row, message: str, *, left_out: bool = False) -> None:
        """Keep what a person should know of a row."""
        self.told.append(Told(row.place, message, left_out))

    def take(self, row: Row) -> None:
        """Take a row: it is about a comment that is stored, by its id or its words, or new."""
        if _ID.fullmatch(row.id):
            self._settle(row, self._meant(row))
            return
        made = fresh.comment(row, self._house)
        said = self._placed(made.comment)
        words = self._words_of(said)
        held = self._by_words.get(words)
        if held in self._stored:
            self._settle(fresh.understood(row, said), self._known(held))
            return
        if held is not None:
            self.tell(row, f"it says the same as {held}, a row above; it is stored once")
            return
        self._by_words[words] = name = f"C{self._next}"
        self._next += 1
        anchored = tuple((anchor.line, anchor.quote) for anchor in said.anchors)
        self.fresh.append(Planned(name, said, said.reply_to, anchored))
        for message in made.told:
            self.tell(row, message)
        for message in made.left_out:
            self.tell(row, message, left_out=True)

    def _placed(self, said: Comment) -> Comment:
        """Return a comment; a reply on all that its parent is on stands there without saying so."""
        own = tuple(anchor.line for anchor in said.anchors)
        if said.reply_to is None or any(anchor.quote or anchor.scope for anchor in said.anchors):
            return said
        return replace(said, anchors=()) if own == self._stored[said.reply_to].lines else said

    def _words_of(self, said: Comment) -> _Words:
        """Return what a new comment is known by."""
        lines = [anchor.line for anchor in said.anchors]
        if not lines and said.reply_to is not None:
            lines = list(self._stored[said.reply_to].lines)
        return _words(said.speaker, said.text, lines)

    def _known(self, name: str) -> Known:
        now = self._now[name]
        return Known(
            self._stored[name], now, now if self._then is None else self._then.get(name, now)
        )

    def _meant(self, row: Row) -> Known:
        """Return the comment that a row names. Raises BadInput if it is not known for certain."""
        name = row.id.upper()
        if name not in self._stored:
            gone = retractions.numbers(
                self._snapshot.connection, "comment", self._snapshot.document
            )
            ended = "was undone" if int(name[1:]) in gone else "is not in the store"
            raise BadInput(f"{name} {ended}; a new comment has no ID")
        found = self._known(name)
        if self._matrix.stamp is None and not known.is_meant(row, found):
            raise BadInput(
                f"it does not say what {name} says, and the file does not say what document it "
                "was written from"
            )
        return found

    def _settle(self, row: Row, found: Known) -> None:
        """Take the disposition of a stored comment from its row, if that has a new one."""
        for message in known.differences(row, found):
            self.tell(row, message, left_out=True)
        if "outcome" in self._matrix.columns and not row.outcome and found.then.outcome:
            stays = f"{found.now.id} stays {found.now.outcome}: an empty cell undoes nothing"
            self.tell(row, stays, left_out=True)
        told = known.verdict(row, found)
        if told is None:
            return
        name = found.comment.id
        if name in self._seen:
            raise BadInput(f"{name} stands in {self._seen[name]} with a disposition already")
        self._seen[name] = row.place
        self.disposed.append(Disposed(row.place, found.comment, told))


def _written_at(snapshot: Snapshot, matrix: Returned) -> dict[str, Row] | None:
    """Return the rows as they were when the matrix was written; None where that is now, or unknown.

    Raises Refused for a matrix of another document, or of a later state than the store has.
    """
    stamp = matrix.stamp
    if stamp is None:
        return None
    if stamp.document != snapshot.key:
        raise Refused(
            f"this matrix was written from {stamp.document}, and not from {snapshot.key}",
            f"name the document: --document {stamp.document}",
        )
    if stamp.entry > snapshot.at:
        raise Refused(
            f"this matrix was written from {stamp}, and the store ends at @{snapshot.at}",
            "bring it into the store that it came from",
        )
    if stamp.entry == snapshot.at:
        return None
    return exporting.rows(at_state(snapshot, f"@{stamp.entry}"))


def _words(speaker: str | None, text: str | None, lines: Iterable[str]) -> _Words:
    """Return what a comment is known by: who says what of which lines."""
    return (speaker or "").strip().casefold(), " ".join((text or "").split()), frozenset(lines)
