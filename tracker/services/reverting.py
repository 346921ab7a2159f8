"""Reverting an entry: what it changed of the text is taken back, what came later stays.

Unlike an undo it leaves everything else of the entry as it is, and later work does not stand in its
way: where the words have changed since, the two are merged. Comments are carried as ever.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from tracker.errors import Refused
from tracker.services import joints, lines
from tracker.services.comparing import lineage, moved_lines
from tracker.services.lines import NEW, Line
from tracker.services.revising.applying import Passage, Revised
from tracker.services.revising.storing import Stored, store
from tracker.services.snapshot import Snapshot
from tracker.services.translations.following import link_again
from tracker.services.undoing.choosing import Chosen, choose
from tracker.services.verdicts import Verdict
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.text import merge


class ChangedAgain(NamedTuple):
    """A line whose words were changed again since: what stood, what the entry made, what is now."""

    line: str
    before: str
    made: str
    now: str


class Reverted(NamedTuple):
    """The entry that was reverted, and what became of the text."""

    entry: Chosen
    stored: tuple[Stored, ...]


def find(connection: Connection, snapshot: Snapshot, name: str) -> Chosen:
    """Return the entry to revert. Raises NotFound if there is none, Refused if it cannot be."""
    chosen = choose(connection, name)
    if chosen.document not in (None, snapshot.document):
        raise Refused(
            f"{name} is an entry of another document", "name that one with --document: tracker log"
        )
    return chosen


def revert(
    entry: Entry,
    snapshot: Snapshot,
    name: str,
    take: str | None = None,
    reopen: Verdict | None = None,
) -> Reverted:
    """Take back what the entry so named changed of the text, by a new version of each line.

    ``take`` says which words stand where they were changed again since: those from before the entry
    (``before``) or those of now (``now``), ``reopen`` why lines that are agreed are touched. Raises
    NotFound if there is no such entry; Refused if it changed no text, brought the text in, was
    undone, touches an agreed line without a reason, or if words collide and none are to be taken.
    """
    chosen = find(entry.connection, snapshot, name)
    stored = []
    collisions: list[ChangedAgain] = []
    says_again: dict[str, set[int]] = {}
    takes_back = False
    for language in _languages(snapshot, chosen.number):
        work = _Reverting(snapshot, language, chosen.number, take)
        revised = work.revised()
        collisions += work.collisions
        if lines.are_same_text(revised.lines, work.now):
            continue
        takes_back = True
        if not collisions:
            old = [*work.now, *work.put_back()]
            stored.append(
                store(entry, snapshot, language, old, revised, origin="reverted", reopen=reopen)
            )
            says_again[language] = work.said_again(revised)
    if collisions:
        raise Refused(_told(chosen, collisions), _hint(chosen, takes_back=takes_back))
    if not stored:
        raise _nothing(chosen, take)
    link_again(entry, _before(snapshot, chosen.number), says_again)
    entry.summary = f"@{chosen.number} ({chosen.command})"
    return Reverted(chosen, tuple(stored))


def _languages(snapshot: Snapshot, number: int) -> list[str]:
    version, placement = tables.version, tables.placement
    found: set[str] = set()
    for table in (version, placement):
        query = select(table.c.language).where(
            table.c.document == snapshot.document, table.c.since == number
        )
        found.update(snapshot.connection.scalars(query.distinct()))
    return sorted(found)


def _before(snapshot: Snapshot, number: int) -> Snapshot:
    return snapshot._replace(at=number - 1, latest=False)


def _nothing(chosen: Chosen, take: str | None) -> Refused:
    """Return the refusal of what would change nothing."""
    beside = "beside the words of now, " if take == "now" else ""
    return Refused(
        f"{beside}nothing of what @{chosen.number} ({chosen.command}) did stands in the text",
        f"see what it was: tracker diff @{max(1, chosen.number - 1)}..@{chosen.number}; "
        f"or take all of it back: tracker undo @{chosen.number}",
    )


def _told(chosen: Chosen, collisions: Sequence[ChangedAgain]) -> str:
    told = [f"the words that @{chosen.number} changed were changed again since"]
    for collision in collisions:
        told += [
            f"  line {collision.line} before @{chosen.number}: {collision.before}",
            f"  with @{chosen.number}: {collision.made}",
            f"  now: {collision.now}",
        ]
    return "\n".join(told)


def _hint(chosen: Chosen, *, takes_back: bool) -> str:
    """Return what to do next; to take the words of now is offered where more than these collide."""
    again = f"tracker revert @{chosen.number} --take"
    if takes_back:
        return f"say which words shall stand: {again} before, or {again} now"
    return f"to have the words of before: {again} before; else leave it: all of it collides"


class _Reverting:
    """The text in one language as it is to be once an entry is taken back."""

    def __init__(self, snapshot: Snapshot, language: str, number: int, take: str | None) -> None:
        self.now = lines.running_text(snapshot, language)
        self.collisions: list[ChangedAgain] = []
        self._take = take
        self._number = number
        made = snapshot._replace(at=number, latest=False, language=language)
        self._before = lines.running_text(_before(snapshot, number), language)
        self._made = lines.running_text(made, language)
        self._made_by_id = {line.id: line for line in self._made}
        self._before_by_id = {line.id: line for line in self._before}
        self._family = lineage(made)

    def revised(self) -> Revised:
        """Return the text to be. Raises Refused if the entry brought all of it in."""
        if not self._before:
            raise Refused(
                f"@{self._number} brought the text in; there was none before",
                f"to be rid of all of it: tracker undo @{self._number}",
            )
        text = [self._reworded(line) for line in self.now]
        text = joints.without(text, self._to_remove(text))
        text = self._moved_back(text)
        standing = {line.id for line in text}
        for line in self.put_back():
            _insert(text, self._before, line)
        return Revised(self._joined(text), list(self._passages(standing)))

    def put_back(self) -> list[Line]:
        """Return the lines that the entry took out and nobody has put in since, as they stood."""
        standing = {line.id for line in self.now}
        return [
            line._replace(rank=None)
            for line in self._before
            if line.id not in self._made_by_id and line.id not in standing
        ]

    def said_again(self, revised: Revised) -> set[int]:
        """Return the lines that say again what they said before the entry, and did not now."""
        said = {line.id: line.wording for line in self.now}
        return {
            line.id
            for line in revised.lines
            if line.id in self._before_by_id
            and line.wording == self._before_by_id[line.id].wording != said.get(line.id)
        }

    def _reworded(self, line: Line) -> Line:
        """Return a line with the words it had before the entry, and what was changed since."""
        was, made = self._before_by_id.get(line.id), self._made_by_id.get(line.id)
        if was is None or made is None or was.wording == made.wording:
            return line
        if line.wording == made.wording:
            return line._replace(text=was.text, wording=was.wording)
        merged = merge(made.text, line.text, was.text)
        text = merged.text
        if text is None:
            self._collide(line, was.text, made.text)
            chosen = [c.theirs if self._take == "before" else c.ours for c in merged.conflicts]
            text = merged.resolve(chosen)
        if text == line.text:
            return line
        return line._replace(text=text, wording=was.wording if text == was.text else NEW)

    def _joined(self, text: Sequence[Line]) -> list[Line]:
        """Join lines as they were to the lines they followed, unless that was changed since."""
        followed = {line.id: before for before, line in pairwise(self._before)}
        joined = list(text)
        for at, (before, line) in enumerate(pairwise(text), 1):
            was, made = self._before_by_id.get(line.id), self._made_by_id.get(line.id)
            if was is None or made is None or followed.get(line.id, was).id != before.id:
                continue
            if _place(line) == _place(made):
                joined[at] = line._replace(**_place(was))
        return joined

    def _to_remove(self, text: Sequence[Line]) -> set[int]:
        """Return the lines that the entry put in, unless they have got other words since."""
        came = [line for line in text if self._came(line.id)]
        changed = [line for line in came if line.text != self._made_by_id[line.id].text]
        for line in changed:
            self._collide(line, "(it was not there)", self._made_by_id[line.id].text)
        kept = set() if self._take == "before" else {line.id for line in changed}
        return {line.id for line in came} - kept

    def _came(self, line: int) -> bool:
        return line in self._made_by_id and line not in self._before_by_id

    def _collide(self, line: Line, before: str, made: str) -> None:
        if self._take is None:
            self.collisions.append(ChangedAgain(line.label, before, made, line.text))

    def _moved_back(self, text: list[Line]) -> list[Line]:
        """Put the lines that the entry moved, and nobody since, where they stood."""
        there = {line.id: line for line in text}
        moved = {
            line
            for line in moved_lines(self._before, self._made)
            if line in there and there[line].rank == self._made_by_id[line].rank
        }
        left = joints.without(text, moved) if moved else text
        for was in self._before:
            if was.id in moved:
                _insert(left, self._before, there[was.id]._replace(**_place(was), rank=None))
        return left

    def _passages(self, standing: Container[int]) -> Iterator[Passage]:
        """Yield what becomes one line again and what becomes several, for the words on them."""
        now = [line.id for line in self.now]
        parts: dict[int, list[int]] = {}
        for line in now:
            parent = self._family.split_from.get(line)
            if parent is not None and self._came(line) and line not in standing:
                parts.setdefault(parent, []).append(line)
        yield from (
            Passage((parent, *own), (parent,))
            for parent, own in parts.items()
            if parent in standing
        )
        back: dict[int, list[int]] = {}
        for went in self.put_back():
            into = self._family.merged_into.get(went.id)
            if into is not None:
                back.setdefault(into, []).append(went.id)
        yield from (
            Passage((into,), (into, *own)) for into, own in back.items() if into in standing
        )


def _place(line: Line) -> dict[str, Any]:
    """Return what joins a line to its neighbours."""
    names = ("block", "markup", "gap", "after_line", "trail")
    return {name: getattr(line, name) for name in names}


def _insert(text: list[Line], before: Sequence[Line], line: Line) -> None:
    """Put a line in behind the nearest line that stood before it and still stands."""
    places = {each.id: place for place, each in enumerate(text)}
    order = [each.id for each in before]
    ahead = (each for each in reversed(order[: order.index(line.id)]) if each in places)
    text.insert(places.get(next(ahead, 0), -1) + 1, line)
