"""What must hold within a record, beyond the form of each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import total_ordering
from typing import Any

from tracker.exchange.record import Anchor, Comment, Line, Proposal, Record
from tracker.formats.record.tree import Path


@total_ordering
@dataclass(frozen=True, eq=False)
class Fault:
    """What is wrong, and in which field; ``value`` is what stands there."""

    path: Path
    message: str
    value: Any = field(default=None)

    def told(self) -> str:
        """Return the fault as a sentence."""
        where = ".".join(
            str(part + 1) if isinstance(part, int) else str(part) for part in self.path
        )
        shown = ""
        if isinstance(self.value, str):
            cut = self.value if len(self.value) <= 60 else self.value[:59] + "…"
            shown = f" ({cut!r})"
        return f"{where or 'the file'}: {self.message}{shown}"

    def __lt__(self, other: Fault) -> bool:
        return self.told() < other.told()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and self.told() == other.told()

    def __hash__(self) -> int:
        return hash(self.told())


def faults(record: Record) -> list[Fault]:
    """Return everything in a record that does not hold together."""
    return [
        *_doubled(record),
        *_shape(record),
        *_groups(record),
        *_lines(record),
        *_comments(record),
        *_proposals(record),
    ]


def _doubled(record: Record) -> Iterator[Fault]:
    """No two things of a kind share a name."""
    for name in ("series", "meetings", "participants", "references", "editions", "proposals"):
        yield from _twice((name,), "id", [item.id for item in getattr(record, name)])
    yield from _twice(("lines",), "label", [line.label for line in record.lines])
    yield from _twice(("sources",), "file", [source.file for source in record.sources])
    ids = [comment.id for comment in record.comments]
    yield from _twice(("comments",), "id", ids)


def _twice(path: Path, name: str, values: Sequence[str | None]) -> Iterator[Fault]:
    seen = set()
    for place, value in enumerate(values):
        if value is not None and value in seen:
            yield Fault((*path, place, name), "is used twice", value)
        seen.add(value)


def _shape(record: Record) -> Iterator[Fault]:
    """A record has a document with its text, or else only a meeting's comments."""
    if record.document is None:
        for name in ("lines", "changes", "editions", "proposals"):
            if getattr(record, name):
                yield Fault((name,), "needs a document: without one, only comments are read")
    for place, change in enumerate(record.changes):
        if change.number != place + 1:
            yield Fault(("changes", place, "number"), f"must be {place + 1}: they count up")


def _groups(record: Record) -> Iterator[Fault]:
    series = {item.id for item in record.series}
    for name in ("meetings", "references"):
        for place, item in enumerate(getattr(record, name)):
            if item.series is not None and item.series not in series and record.document:
                yield Fault((name, place, "series"), "there is no such series", item.series)


def _lines(record: Record) -> Iterator[Fault]:
    labels = {line.label for line in record.lines}
    last = max(len(record.changes), 1)
    for place, line in enumerate(record.lines):
        path: Path = ("lines", place)
        if not line.versions:
            yield Fault((*path, "versions"), "a line needs at least one version")
        yield from _versions(path, line, last)
        for number, stands in enumerate(line.places):
            where: Path = (*path, "places", number)
            if stands.after is not None and stands.after not in labels:
                yield Fault((*where, "after"), "there is no such line", stands.after)
            if not 1 <= stands.change <= last:
                yield Fault((*where, "change"), f"there is no change {stands.change}")
    for place, edition in enumerate(record.editions):
        path = ("editions", place)
        if not 1 <= edition.change <= last:
            yield Fault((*path, "change"), f"there is no change {edition.change}")
        for label in edition.printed or {}:
            if label not in labels:
                yield Fault((*path, "printed", label), "there is no such line", label)


def _versions(path: Path, line: Line, last: int) -> Iterator[Fault]:
    counts: dict[str | None, int] = {}
    for number, version in enumerate(line.versions):
        where: Path = (*path, "versions", number)
        counts[version.language] = counts.get(version.language, 0) + 1
        if version.number != counts[version.language]:
            yield Fault((*where, "number"), f"must be {counts[version.language]}: they count up")
        if not 1 <= version.change <= last:
            yield Fault((*where, "change"), f"there is no change {version.change}")


def _comments(record: Record) -> Iterator[Fault]:
    meetings = {meeting.id: meeting for meeting in record.meetings}
    participants = {participant.id for participant in record.participants}
    sources = {source.file for source in record.sources}
    versions = {line.label: {v.number for v in line.versions} for line in record.lines}
    whole = record.document is not None
    for place, comment in enumerate(record.comments):
        path: Path = ("comments", place)
        meeting = meetings.get(comment.meeting or "")
        if whole and comment.meeting is not None and meeting is None:
            yield Fault((*path, "meeting"), "there is no such meeting", comment.meeting)
        if comment.topic is not None and meeting and comment.topic not in meeting.topics:
            yield Fault((*path, "topic"), "the meeting has no such topic", comment.topic)
        if comment.topic is not None and comment.meeting is None:
            yield Fault((*path, "topic"), "belongs to a meeting, and none is named", comment.topic)
        if whole and comment.participant not in (None, *participants):
            yield Fault((*path, "participant"), "there is no such participant", comment.participant)
        if whole and comment.source not in (None, *sources):
            yield Fault((*path, "source"), "there is no such source", comment.source)
        if whole:
            yield from _anchors(path, comment.anchors, versions)
    yield from _replies(record)


def _anchors(
    path: Path, anchors: Sequence[Anchor], versions: dict[str, set[int]]
) -> Iterator[Fault]:
    for number, anchor in enumerate(anchors):
        where: Path = (*path, "anchors", number)
        if anchor.line not in versions:
            yield Fault((*where, "line"), "there is no such line", anchor.line)
            continue
        known = versions[anchor.line]
        if anchor.version is not None and anchor.version not in known:
            yield Fault((*where, "version"), f"line {anchor.line} has no version {anchor.version}")
        for place, standing in enumerate(anchor.carried):
            if standing.version not in known:
                message = f"line {anchor.line} has no version {standing.version}"
                yield Fault((*where, "carried", place, "version"), message)


def _replies(record: Record) -> Iterator[Fault]:
    """A reply is to a comment that is there, and never round in a circle."""
    parents = {comment.id: comment.reply_to for comment in record.comments if comment.id}
    circling = _circling(parents)
    for place, comment in enumerate(record.comments):
        path: Path = ("comments", place)
        if comment.relation is not None and comment.reply_to is None:
            yield Fault((*path, "relation"), "is that of a reply, and reply_to is missing")
        if comment.reply_to is None:
            continue
        if comment.reply_to not in parents:
            if record.document is not None or not _is_comment(comment.reply_to):
                yield Fault((*path, "reply_to"), "there is no such comment", comment.reply_to)
        elif comment.id in circling:
            yield Fault((*path, "reply_to"), "the replies run in a circle", comment.reply_to)


def _is_comment(name: str) -> bool:
    return name[:1] == "C" and name[1:].isdecimal()


def _circling(parents: dict[str, str | None]) -> set[str]:
    """Return the comments from which the replies never come to a first comment."""
    ends: set[str | None] = {None}
    circling: set[str] = set()
    for start in parents:
        seen: dict[str, None] = {}
        above: str | None = start
        while above is not None and above not in seen and above not in ends:
            seen[above] = None
            above = parents.get(above)
        (circling if above in seen or above in circling else ends).update(seen)
        ends.update(seen)
    return circling


def _proposals(record: Record) -> Iterator[Fault]:
    lines = {line.label: line for line in record.lines}
    comments = {comment.id for comment in record.comments}
    changes = {
        f"{proposal.id}.{change.number}": change.text
        for proposal in record.proposals
        for change in proposal.changes
    }
    for place, proposal in enumerate(record.proposals):
        path: Path = ("proposals", place)
        for number, answered in enumerate(proposal.answers):
            if answered not in comments:
                yield Fault((*path, "answers", number), "there is no such comment", answered)
        yield from _changes(path, proposal, lines)
    for place, line in enumerate(record.lines):
        for number, version in enumerate(line.versions):
            if version.proposed is None:
                continue
            where: Path = ("lines", place, "versions", number, "proposed")
            if version.proposed not in changes:
                yield Fault(where, "there is no such change of a proposal", version.proposed)
            elif changes[version.proposed] != version.text:
                yield Fault(where, "proposes another text than this version has", version.proposed)


def _changes(path: Path, proposal: Proposal, lines: dict[str, Line]) -> Iterable[Fault]:
    if not proposal.changes:
        yield Fault((*path, "changes"), "a proposal needs at least one change")
    for number, change in enumerate(proposal.changes):
        where: Path = (*path, "changes", number)
        if change.number != number + 1:
            yield Fault((*where, "number"), f"must be {number + 1}: they count up")
        if (change.kind == "delete") != (change.text is None):
            wrong = "a deletion has none" if change.text else f"{change.kind} needs one"
            yield Fault((*where, "text"), wrong)
        own, other = ("after", "line") if change.kind == "insert" else ("line", "after")
        label = getattr(change, own)
        if getattr(change, other) is not None:
            yield Fault((*where, other), f"{change.kind} has {own!r} instead")
        if label is None:
            yield Fault((*where, own), "is missing")
        elif label not in lines and not (own == "after" and label == "0"):
            yield Fault((*where, own), "there is no such line", label)
        elif own == "line":
            versions = {version.number for version in lines[label].versions}
            if change.version not in versions:
                yield Fault((*where, "version"), f"line {label} has no version {change.version}")
