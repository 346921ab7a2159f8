"""What changes make of a running text. Nothing is stored: a preview is what an acceptance gives."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from tracker.errors import Refused
from tracker.services import joints
from tracker.services.joints import Joint
from tracker.services.lines import NEW, Line
from tracker.services.names import next_label
from tracker.services.proposals.proposal import Change, Result
from tracker.text import merge


class Passage(NamedTuple):
    """Lines, by their ids, that a split or a merge made other lines of."""

    old: tuple[int, ...]
    new: tuple[int, ...]


class Revised(NamedTuple):
    """A text after changes. New lines have negative ids and the labels they are going to have."""

    lines: list[Line]
    passages: list[Passage]


def applied(now: Sequence[Line], changes: Iterable[Change], labels: Iterable[str]) -> Revised:
    """Return a running text as it stands after changes; ``labels`` are all that were ever given.

    Wordings come first, then what moves and what is new, in the order of the changes, so that
    several behind one line stand in that order; deletions come last. Of two changes on one line the
    later is merged into what the earlier made of it. Raises Refused if they collide, if a line is
    not there, or if lines to be made one no longer stand side by side.
    """
    work = _Work(now, labels)
    ordered = list(changes)
    leaving = {c.line_id for c in ordered if c.kind in ("move", "delete")}
    for change in ordered:
        if change.kind == "merge":
            work.check_beside(change, leaving)
        if change.kind in ("replace", "split", "merge"):
            work.reword(change)
    waiting = work.take_out({c.line_id for c in ordered if c.kind == "move"})
    for change in ordered:
        if change.kind == "insert":
            work.insert(change)
        elif change.kind == "move":
            work.put_in(change, waiting)
    deletions = [change for change in ordered if change.kind == "delete"]
    for change in deletions:
        if work.stands(change):
            work.check_unchanged(change)
    gone = {base.line for change in deletions for base in change.bases}
    work.remove_for_good(gone)
    return Revised(work.lines, work.passages)


def one_after_another(
    now: Sequence[Line], proposed: Iterable[Sequence[Change]], labels: Set[str]
) -> Iterator[Revised]:
    """Yield a running text after one set of changes after another, none of which is stored.

    What comes behind a line that an earlier one split comes behind its last part, and behind one
    that an earlier one took out where that stood.
    """
    text = list(now)
    behind: dict[int | None, int | None] = {}
    for changes in proposed:
        own = [each._replace(after_id=behind.get(each.after_id, each.after_id)) for each in changes]
        revised = applied(text, own, labels | {line.label for line in text})
        moved: dict[int | None, int | None] = dict(_behind(text, revised))
        behind = {line: moved.get(place, place) for line, place in behind.items()} | moved
        text = revised.lines
        yield revised


def _behind(text: Sequence[Line], revised: Revised) -> Iterator[tuple[int, int | None]]:
    """Yield each line that was split or is gone, and the one that what comes behind it follows."""
    last = {each.new[0]: each.new[-1] for each in revised.passages if len(each.new) > 1}
    yield from last.items()
    left = {line.id for line in revised.lines}
    before: int | None = None
    for line in text:
        if line.id in left:
            before = last.get(line.id, line.id)
        else:
            yield line.id, before


class _Work:
    """A running text while changes are made in it."""

    def __init__(self, now: Sequence[Line], labels: Iterable[str]) -> None:
        self.lines = list(now)
        self.passages: list[Passage] = []
        self._labels = set(labels)
        # Lines that are not stored yet may be there from other proposals.
        self._new = min([0, *(line.id for line in now)])
        self._behind: dict[int | None, int] = {}
        self._places: dict[int, int] | None = None
        self._merged_away: set[int] = set()
        # Of lines that move: those that stood before them, and those that are a whole block.
        self._stood_behind: dict[int, int] = {}
        self._whole: set[int] = set()

    def reword(self, change: Change) -> None:
        """Put a wording in the place of others: one for one, several for one, one for several."""
        first = self._place(change.line_id, change)
        line = self.lines[first]
        results = change.results
        if not results:
            raise Refused(f"no wording has been chosen yet for line {line.label}")
        if change.kind == "replace":
            self.lines[first] = self._merged(line, change)
            return
        self.check_unchanged(change)
        self.lines[first] = line._replace(text=results[0].text, wording=results[0].wording)
        new = [line.id]
        for place, result in enumerate(results[1:], first + 1):
            joint = _joint(result, self.lines[place - 1]) or Joint("inline")
            kind = "paragraph" if line.kind == "heading" else line.kind
            own = self._line(line.label, result, kind, joint)
            self.lines.insert(place, own)
            self._places = None
            new.append(own.id)
        if len(results) > 1:
            self._step_over(line.trail, first, first + len(results) - 1)
        taken = [base.line for base in change.bases if base.line is not None]
        if len(taken) > 1 or len(new) > 1:
            self.passages.append(Passage(tuple(taken), tuple(new)))
        # What comes behind a line that was split comes behind its last part.
        if len(new) > 1:
            self._behind[line.id] = new[-1]
        self._merged_away.update(taken[1:])

    def _step_over(self, trail: str | None, first: int, last: int) -> None:
        """Let what stood behind a line stand behind the last one it was split into."""
        self.lines[first] = self.lines[first]._replace(trail=None)
        self.lines[last] = self.lines[last]._replace(trail=trail)
        if last + 1 < len(self.lines) and self.lines[last + 1].after_line == self.lines[first].id:
            behind = self.lines[last + 1]._replace(after_line=self.lines[last].id)
            self.lines[last + 1] = behind

    def stands(self, change: Change) -> bool:
        """Return whether the line that a change is of is still there."""
        return any(line.id == change.line_id for line in self.lines)

    def check_unchanged(self, change: Change) -> None:
        """Raise Refused if a line says something else than what a change starts from.

        Only one wording for one can be merged; a split, a merge and a deletion would undo what was
        written meanwhile.
        """
        for base in change.bases:
            line = self.lines[self._place(base.line, change)]
            if line.text != base.text:
                raise Refused(
                    f"two changes of line {line.label} collide: one ends or divides it, while it "
                    f"says something else by now: {line.text!r}",
                    "decide them one by one: import it as a proposal, --from WHO",
                )

    def check_beside(self, change: Change, leaving: Container[int | None]) -> None:
        """Raise Refused unless lines to be made one stand side by side but for what leaves too."""
        bases = [base.line for base in change.bases]
        places = [self._place(line, change) for line in bases]
        first, last = min(places), max(places)
        between = [
            line.label
            for line in self.lines[first:last]
            if line.id not in bases and line.id not in leaving
        ]
        if not between and places == sorted(places):
            return
        named = ",".join(change.labels)
        why = f"line {between[0]} stands between them" if between else "they stand in another order"
        raise Refused(
            f"lines {named} cannot become one any more: {why} now",
            f"propose it anew on the text as it is, and withdraw this: tracker propose {named} "
            "--merge",
        )

    def _merged(self, line: Line, change: Change) -> Line:
        """Return a line with a change's wording, merged into what it says if that is another."""
        if line.text == change.base:
            return line._replace(text=change.result or "", wording=change.result_wording or NEW)
        merged = merge(change.base or "", line.text, change.result or "")
        if merged.text is None:
            raise Refused(
                f"two changes of line {line.label} collide: {merged.conflicts[0].ours!r} and "
                f"{merged.conflicts[0].theirs!r}",
                "merge the proposals first: tracker proposal merge",
            )
        if merged.text == line.text:
            return line
        wording = change.result_wording if merged.text == change.result else NEW
        return line._replace(text=merged.text, wording=wording or NEW)

    def take_out(self, moved: Collection[int | None]) -> dict[int, Line]:
        """Take lines out of the text, to be put in elsewhere."""
        if not moved:
            return {}
        waiting = {line.id: line for line in self.lines if line.id in moved}
        self._stood_behind = {line.id: before.id for before, line in pairwise(self.lines)}
        self._whole = set(_whole(self.lines, moved))
        self.remove(set(waiting))
        return waiting

    def put_in(self, change: Change, waiting: Mapping[int, Line]) -> None:
        """Put a line that was taken out where it moves to."""
        line = waiting.get(change.line_id or NEW)
        if line is None:
            raise Refused(f"line {change.line} is not in the text", "see it with: tracker text")
        place = self._after(change)
        before, behind = self._around(place)
        told = _joint(change.results[0], before) if change.results else None
        joint = told or self._joint_of_moved(before, line, behind)
        self._insert(place, change, line._replace(**joint._asdict(), trail=None, rank=None))

    def _joint_of_moved(self, before: Line | None, line: Line, behind: Line | None) -> Joint:
        if before is not None and self._stood_behind.get(line.id) == before.id:
            return joints.of(line)
        if line.id in self._whole:
            return joints.of_moved_whole(before, line, behind)
        return joints.of_moved(before, line, behind)

    def insert(self, change: Change) -> None:
        """Put a new line in."""
        result = change.results[0]
        place = self._after(change)
        before, behind = self._around(place)
        joint = _joint(result, before) or joints.of_new(before, result.text, behind)
        model = before or behind
        # It takes after the line it follows; a heading is followed by text.
        kind = "paragraph" if model is None or model.kind == "heading" else model.kind
        self._insert(place, change, self._line(change.after or "0", result, kind, joint))

    def remove_for_good(self, deleted: set[int | None]) -> None:
        """Take out what is deleted, and the lines that were merged into others.

        What follows a line that was merged into one goes on behind its words, and so in the
        paragraph that these are in now.
        """
        if not (deleted or self._merged_away):
            return
        self.lines = [
            line._replace(block="inline", markup="", gap=None)
            if line.id in self._merged_away and not (line.gap or "").strip()
            else line
            for line in self.lines
        ]
        self.remove(deleted | self._merged_away)

    def remove(self, gone: Container[int | None]) -> None:
        """Take lines out of the text."""
        if any(line.id in gone for line in self.lines):
            self.lines = joints.without(self.lines, gone)
            self._places = None

    def _insert(self, place: int, change: Change, line: Line) -> None:
        self.lines.insert(place, line)
        self._places = None
        self._behind[change.after_id] = line.id

    def _after(self, change: Change) -> int:
        """Return the place behind the line a change names, and behind what came there before."""
        if change.after_id is None and change.after_id not in self._behind:
            return 0
        return self._place(self._behind.get(change.after_id, change.after_id), change) + 1

    def _place(self, line: int | None, change: Change) -> int:
        if self._places is None:
            self._places = {found.id: place for place, found in enumerate(self.lines)}
        found = self._places.get(line) if line is not None else None
        if found is None:
            label = change.line or change.after
            raise Refused(f"line {label} is not in the text", "see it with: tracker text")
        return found

    def _around(self, place: int) -> tuple[Line | None, Line | None]:
        before = self.lines[place - 1] if place else None
        return before, self.lines[place] if place < len(self.lines) else None

    def _line(self, predecessor: str, result: Result, kind: str, joint: Joint) -> Line:
        label = next_label(predecessor, self._labels)
        self._labels.add(label)
        self._new -= 1
        kind = result.kind or kind
        own = (self._new, label, kind, result.level, 1, result.wording, result.text, None)
        return Line(*own, *joint, None)


def _whole(text: Sequence[Line], moved: Container[int | None]) -> Iterator[int]:
    """Yield the first lines of paragraphs and items of which every line moves."""
    first: Line | None = None
    for line in text:
        if line.block != "inline":
            if first is not None:
                yield first.id
            first = line if line.id in moved else None
        elif line.id not in moved:
            first = None
    if first is not None:
        yield first.id


def _joint(result: Result, before: Line | None) -> Joint | None:
    """Return what joins a new line to the one before as the file it came from had it."""
    if result.block is None:
        return None
    gap_behind = before.id if before is not None and result.gap is not None else None
    return Joint(result.block, result.markup or "", result.gap, gap_behind)
