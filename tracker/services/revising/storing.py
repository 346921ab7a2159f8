"""Storing a revised text: versions, places and new lines, with the comments that stand on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tracker.services import joints, lines
from tracker.services.agreements import check_open
from tracker.services.lines import NEW, Line
from tracker.services.revising.applying import Passage, Revised
from tracker.services.revising.carrying import Carried, Moved, Part, carry, followed
from tracker.services.snapshot import Snapshot, languages
from tracker.services.translations.following import Happened, follow
from tracker.services.translations.moving import Beside, moved_along
from tracker.services.verdicts import Verdict
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.store.rank import arrange, rising

_PLACE = ("rank", "block", "markup", "gap", "after_line", "trail", "kind", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of lines, by their labels, and of the comments on them."""

    changed: tuple[str, ...]
    inserted: tuple[str, ...]
    deleted: tuple[str, ...]
    moved: tuple[str, ...]
    carried: tuple[Carried, ...]
    order: tuple[int, ...]
    """The ids of the lines that stand now."""
    reopened: tuple[str, ...] = ()
    """Those that were agreed, and no longer are."""
    beside: tuple[Beside, ...] = ()
    """What became of the translations of those that moved."""

    @property
    def orphaned(self) -> tuple[str, ...]:
        """The comments whose words are gone by it."""
        return tuple(dict.fromkeys(c.comment for c in self.carried if c.state == "orphaned"))


def store(
    entry: Entry,
    snapshot: Snapshot,
    language: str,
    old: Sequence[Line],
    revised: Revised,
    *,
    origin: str | None = None,
    reopen: Verdict | None = None,
) -> Stored:
    """Store what differs between the running text and what it is to be.

    ``origin`` says where the wordings come from if not from this edit (``reverted``). A line
    without a wording of its own yet (``NEW``) gets one. What stays as it is writes no row.
    ``reopen`` says why agreed lines are touched. Raises Refused if one is, and it is not given.
    """
    work = _Storing(entry, snapshot.document, language, old, revised)
    work.number_lines()
    work.store_wordings()
    work.store_versions(origin)
    work.store_places()
    moved = _moved_words(old, work.lines, work.passages)
    carried = carry(entry, snapshot, language, moved)
    happened = work.happened()
    told = work.told(carried + _in_translation(entry, snapshot, language, happened))
    beside = (
        tuple(_beside(entry, snapshot, happened.moved)) if language == snapshot.authentic else ()
    )
    touched = {*told.changed, *told.deleted, *told.moved}
    reworked = [line for line in old if line.label in touched]
    reopened = check_open(entry, snapshot, reworked, reopen)
    return replace(told, reopened=tuple(reopened), beside=beside)


def _in_translation(
    entry: Entry, snapshot: Snapshot, language: str, happened: Happened
) -> list[Carried]:
    """Take out what renders a line that went; return what became of the comments on it."""
    carried: list[Carried] = []
    for other, leaving in follow(entry, snapshot, language, happened).items():
        now = lines.running_text(snapshot, other)
        left = Revised(joints.without(now, leaving), [])
        carried += store(entry, snapshot, other, now, left).carried
    return carried


def _beside(entry: Entry, snapshot: Snapshot, moved: Sequence[int]) -> Iterator[Beside]:
    """Let what renders lines that moved go along; yield what did, and what stays."""
    for other in languages(snapshot)[1:] if moved else ():
        along = moved_along(snapshot, other, moved)
        if along.moved:
            now = lines.running_text(snapshot, other)
            store(entry, snapshot, other, now, Revised(along.lines, []))
        if along.moved or along.stay:
            yield Beside(other, along.moved, along.stay)


def foreseen(
    snapshot: Snapshot, language: str, old: Sequence[Line], revised: Revised
) -> list[Carried]:
    """Return what would become of the comments on a text; nothing is stored."""
    return followed(snapshot, language, _moved_words(old, revised.lines, revised.passages))


class _Storing:
    """One revision of a text on its way into the store."""

    def __init__(
        self, entry: Entry, document: int, language: str, old: Sequence[Line], revised: Revised
    ) -> None:
        self._entry = entry
        self._document = document
        self._fixed = {"document": document, "language": language}
        self._old = {line.id: line for line in old}
        self.lines = revised.lines
        self.passages = revised.passages
        self._new: set[int] = set()
        self._moved: list[Line] = []
        entry.document = document

    def number_lines(self) -> None:
        """Give the new lines ids, and store them."""
        ids = {
            line.id: self._entry.next_id(tables.line, self._document)
            for line in self.lines
            if line.id < 0
        }
        self.lines = [_numbered(line, ids) for line in self.lines]
        self.passages = [
            Passage(passage.old, tuple(ids.get(line, line) for line in passage.new))
            for passage in self.passages
        ]
        parents = {new: p.old[0] for p in self.passages for new in p.new[1:]}
        self._new = set(ids.values())
        rows = [
            {
                "document": self._document,
                "id": line.id,
                "label": line.label,
                "kind": line.kind,
                "level": line.level,
                "from_line": parents.get(line.id),
            }
            for line in self.lines
            if line.id in self._new
        ]
        self._entry.insert_many(tables.line, rows)

    def store_wordings(self) -> None:
        """Store the texts that have no wording yet."""
        rows: list[dict[str, Any]] = []
        for place, line in enumerate(self.lines):
            if line.wording == NEW:
                own = self._entry.next_id(tables.wording, self._document)
                rows.append({**self._fixed, "id": own, "text": line.text})
                self.lines[place] = line._replace(wording=own)
        self._entry.insert_many(tables.wording, rows)

    def _reworded(self) -> Iterator[Line]:
        for line in self.lines:
            was = self._old.get(line.id)
            if was is None or was.wording != line.wording:
                yield line

    def store_versions(self, origin: str | None) -> None:
        """Store the next version of each line that is new or says something else."""
        origins = self._origins()
        rows = {
            line.id: {
                "wording": line.wording,
                "origin": origin or origins.get(line.id) or self._usual(line),
            }
            for line in self._reworded()
        }
        self._entry.append_many(tables.version, self._fixed, "line", rows)

    def _usual(self, line: Line) -> str:
        return "inserted" if line.id in self._new else "edited"

    def _origins(self) -> dict[int, str]:
        return {
            line: "merged" if len(passage.old) > 1 else "split"
            for passage in self.passages
            for line in passage.new
        }

    def store_places(self) -> None:
        """Store where each line stands that is new, stands elsewhere, or stands nowhere now."""
        keys = [line.rank for line in self.lines]
        stay = set(rising(keys))
        self._moved = [
            line
            for place, line in enumerate(self.lines)
            if line.id in self._old and place not in stay
        ]
        ranks = arrange(keys)
        self.lines = [
            line._replace(rank=rank) for line, rank in zip(self.lines, ranks, strict=True)
        ]
        rows: dict[int, Mapping[str, Any]] = {}
        for line in self.lines:
            was = self._old.get(line.id)
            place = {name: getattr(line, name) for name in _PLACE}
            if was is None:
                # What a new line is stands in its own row.
                rows[line.id] = {**place, "kind": None, "level": None}
            elif place != {name: getattr(was, name) for name in _PLACE}:
                rows[line.id] = place
        into = {line: p.new[0] for p in self.passages for line in p.old[1:]}
        for gone in self._gone():
            rows[gone.id] = {
                **dict.fromkeys(_PLACE),
                "block": "paragraph",
                "markup": "",
                "into_line": into.get(gone.id),
            }
        self._entry.append_many(tables.placement, self._fixed, "line", rows)

    def _gone(self) -> list[Line]:
        standing = {line.id for line in self.lines}
        return [line for line in self._old.values() if line.id not in standing]

    def happened(self) -> Happened:
        """Return what was done to the lines, for what stands beside them in other languages."""
        merged = {line for passage in self.passages for line in passage.old[1:]}
        return Happened(
            reworded=[line.id for line in self._reworded() if line.id in self._old],
            gone=[line.id for line in self._gone() if line.id not in merged],
            moved=[line.id for line in self._moved],
            passages=self.passages,
        )

    def told(self, carried: Sequence[Carried]) -> Stored:
        """Return what was done, in the words people use."""
        gone = self._gone()
        return Stored(
            changed=tuple(line.label for line in self._reworded() if line.id in self._old),
            inserted=tuple(line.label for line in self.lines if line.id in self._new),
            deleted=tuple(line.label for line in gone),
            moved=tuple(line.label for line in self._moved),
            carried=tuple(carried),
            order=tuple(line.id for line in self.lines),
        )


def _moved_words(
    old: Sequence[Line], new: Sequence[Line], passages: Sequence[Passage]
) -> list[Moved]:
    """Return what became of the words of each line that was reworded or went."""
    was = {line.id: Part(line.id, line.wording, line.text) for line in old}
    now = {line.id: Part(line.id, line.wording, line.text) for line in new}
    moved = [Moved(tuple(was[o] for o in p.old), tuple(now[n] for n in p.new)) for p in passages]
    told = {line for passage in passages for line in (*passage.old, *passage.new)}
    for line, part in was.items():
        becomes = now.get(line)
        if line not in told and (becomes is None or becomes.wording != part.wording):
            moved.append(Moved((part,), (becomes,) if becomes is not None else ()))
    return moved


def _numbered(line: Line, ids: Mapping[int, int]) -> Line:
    """Return a line with the ids that it and the one before it have in the store."""
    behind = line.after_line
    own = ids.get(line.id, line.id)
    return line._replace(id=own, after_line=ids.get(behind, behind) if behind else behind)
