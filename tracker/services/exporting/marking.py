"""Marks for what was woven: who deleted and inserted what, and where the words of lines stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from tracker.exchange.marked import Mark
from tracker.services.exporting.weaving import Letter, Woven


class Owner(NamedTuple):
    """Who made a change, as far as that may be told, and when (UTC).

    ``date`` is the time that its file told instead, without a claim to a time zone.
    """

    name: str = ""
    at: datetime | None = None
    date: str | None = None


class Owners(NamedTuple):
    """Whose the changes of a stage are, by line; those of all other lines are ``otherwise``."""

    by_line: Mapping[int, Owner] = {}  # a NamedTuple's default, never changed
    otherwise: Owner = Owner()

    def of(self, ids: Iterable[int]) -> Owner:
        """Return who changed a passage."""
        return next((self.by_line[line] for line in ids if line in self.by_line), self.otherwise)


class Spread(NamedTuple):
    """Where words stand in a marked text: as :class:`~tracker.exchange.marked.Remark` has it."""

    start: int
    end: int
    quote: str = ""
    within: int | None = None
    offset: int = 0


class _Placed(NamedTuple):
    """A passage, where it begins in the first text, and where its insertions stand in marks.

    ``inserted`` gives, for a place of its last text, the mark and the place in its words.
    """

    passage: Woven
    start: int
    inserted: dict[int, tuple[int, int]]


class Marking:
    """The first text, in ``parts``, and its marks; passages are added in their order."""

    def __init__(self, owners: Sequence[Owners]) -> None:
        self.parts: list[str] = []
        self.marks: list[Mark] = []
        self._owners = owners
        self._length = 0
        self._placed: dict[int, _Placed] = {}

    def add(self, passage: Woven) -> None:
        """Add a passage with the marks of its changes."""
        inserted: dict[int, tuple[int, int]] = {}
        for line in passage.lines:
            self._placed[line] = _Placed(passage, self._length, inserted)
        if passage.changed:
            self._mark(passage, inserted)
        self.parts.append(passage.first)
        self._length += len(passage.first)

    def _mark(self, passage: Woven, inserted: dict[int, tuple[int, int]]) -> None:
        at = place = 0
        for brought, group in groupby(passage.last, key=lambda letter: letter.first is None):
            letters = list(group)
            if not brought:
                for letter in letters:
                    assert letter.first is not None
                    self._delete(passage, at, letter.first)
                    at = letter.first + 1
            else:
                behind = place + len(letters)
                kept = passage.last[behind].first if behind < len(passage.last) else None
                to = len(passage.first) if kept is None else kept
                self._delete(passage, at, to)
                at = to
                self._insert(passage, to, place, letters, inserted)
            place += len(letters)
        self._delete(passage, at, len(passage.first))

    def _delete(self, passage: Woven, start: int, end: int) -> None:
        for stage, places in groupby(range(start, end), key=passage.gone.__getitem__):
            gone = list(places)
            low, high = gone[0], gone[-1] + 1
            place = self._length + low
            made = Mark("delete", "", None, place, self._length + high, passage.first[low:high])
            self.marks.append(self._owned(made, stage, passage))

    def _insert(
        self,
        passage: Woven,
        at: int,
        place: int,
        letters: Sequence[Letter],
        inserted: dict[int, tuple[int, int]],
    ) -> None:
        for stage, group in groupby(letters, key=lambda letter: letter.stage):
            words = "".join([letter.sign for letter in group])
            for offset in range(len(words)):
                inserted[place + offset] = (len(self.marks), offset)
            place += len(words)
            made = Mark("insert", "", None, self._length + at, self._length + at, words)
            self.marks.append(self._owned(made, stage, passage))

    def _owned(self, mark: Mark, stage: int, passage: Woven) -> Mark:
        owner = self._owners[stage].of(passage.ids)
        if owner.at is None or owner.date is not None:
            return mark._replace(author=owner.name, date=owner.date)
        time = f"{owner.at:%Y-%m-%dT%H:%M:%S}"
        return mark._replace(author=owner.name, date=time, utc=f"{time}Z")

    def end(self, line: int) -> Spread | None:
        """Return the place where a line ends that stands at the stage that is now."""
        found = self._placed.get(line)
        if found is None:
            return None
        passage, start, _ = found
        end = passage.lines[line][1]
        if not passage.changed:
            return Spread(start + end, start + end)
        before = [letter.first for letter in passage.now[:end] if letter.first is not None]
        place = start + (before[-1] + 1 if before else 0)
        return Spread(place, place)

    def words(self, line: int, start: int, end: int) -> Spread | None:
        """Return where words of a line stand, in code points of it; none where none are left."""
        found = self._placed.get(line)
        if found is None:
            return None
        passage, base, inserted = found
        begin = passage.lines[line][0]
        low, high = begin + start, begin + end
        if not passage.changed:
            return Spread(base + low, base + high, passage.first[low:high])
        stood = [one.first for one in passage.now[low:high] if one.first is not None]
        last = [
            place
            for place, letter in enumerate(passage.last)
            if letter.now is not None and low <= letter.now < high
        ]
        quote = "".join([one.sign for one in passage.last[last[0] : last[-1] + 1]]) if last else ""
        if stood:
            return Spread(base + stood[0], base + stood[-1] + 1, quote)
        if not last:
            return None
        mark, offset = inserted[last[0]]
        at = self.marks[mark].start
        return Spread(at, at, quote, mark, offset)
