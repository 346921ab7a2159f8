"""What must hold of the text of a record: its changes, lines, versions, places and editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.exchange.record import Document, Line, Place, Record, Version
from tracker.formats.record.circles import circling
from tracker.formats.record.fault import Fault, Path


def text_faults(record: Record) -> Iterator[Fault]:
    """Yield what does not hold together; nothing for a record without a document."""
    if record.document is None:
        return
    yield from _changes(record)
    last = max(len(record.changes), 1)
    for place, line in enumerate(record.lines):
        yield from _versions(("lines", place, "versions"), line, record.document, last)
        yield from _places(("lines", place), line, record.document, last)
    yield from _parents(record)
    yield from _editions(record, last)


def _changes(record: Record) -> Iterator[Fault]:
    used = {version.change for line in record.lines for version in line.versions}
    used |= {stands.change for line in record.lines for stands in line.places}
    for place, change in enumerate(record.changes):
        if change.number != place + 1:
            yield Fault(("changes", place, "number"), f"must be {place + 1}: they count up")
        elif change.number not in used:
            yield Fault(("changes", place), "changes nothing: no version or place comes with it")


def _versions(path: Path, line: Line, document: Document, last: int) -> Iterator[Fault]:
    if not line.versions:
        yield Fault(path, "a line needs at least one version")
    counts: dict[str, int] = defaultdict(int)
    since: dict[str, int] = defaultdict(int)
    said: dict[str, list[str]] = {}
    for place, version in enumerate(line.versions):
        language = version.language or document.language
        counts[language] += 1
        if version.number != counts[language]:
            message = f"must be {counts[language]}: they count up"
            yield Fault((*path, place, "number"), message)
        yield from _when((*path, place, "change"), version.change, since[language], last)
        since[language] = version.change
        said.setdefault(language, []).append(version.text)
        yield from _restored((*path, place), version, said[language])


def _restored(path: Path, version: Version, said: Sequence[str]) -> Iterator[Fault]:
    """A version that has an earlier one's wording again says the same, and has that one's origin.

    ``said`` are the line's texts up to this version.
    """
    number = version.restores
    if number is None:
        return
    if number >= len(said):
        yield Fault((*path, "restores"), "must be an earlier version", str(number))
    elif said[number - 1] != version.text:
        yield Fault((*path, "text"), f"must be what version {number} says, which it restores")
    if version.proposed is not None:
        yield Fault((*path, "proposed"), "must be left out: the version it restores says it")


def _when(path: Path, change: int, before: int, last: int) -> Iterator[Fault]:
    if change > last:
        yield Fault(path, f"there is no change {change}")
    elif change <= before:
        yield Fault(path, f"must come after change {before}: oldest first")


def _places(path: Path, line: Line, document: Document, last: int) -> Iterator[Fault]:
    begins: dict[str, int] = {}
    for version in line.versions:
        begins.setdefault(version.language or document.language, version.change)
    since: dict[str, int] = {}
    for number, stands in enumerate(line.places):
        where: Path = (*path, "places", number)
        language = stands.language or document.language
        yield from _when((*where, "change"), stands.change, since.get(language, 0), last)
        if language not in since and stands.change != begins.get(language):
            come = f"with change {begins[language]}" if language in begins else "at all"
            yield Fault(where, f"the line has no place before it comes, {come}, in {language}")
        since[language] = stands.change
        yield from _place_shape(where, stands)
    placed = since or {document.language: 1}
    for language in begins:
        if language not in placed:
            yield Fault((*path, "places"), f"there is none in {language}")


def _place_shape(path: Path, stands: Place) -> Iterator[Fault]:
    told = (stands.change, stands.language, stands.into)
    gone = Place(change=told[0], language=told[1], into=told[2], removed=True)
    if stands.removed and stands != gone:
        message = "a removed line has a change, a language and where it went, no more"
        yield Fault(path, message)
    if stands.into is not None and not stands.removed:
        yield Fault((*path, "into"), "is for a removed line: it says what it was merged into")
    if stands.level is not None and stands.kind is None:
        yield Fault((*path, "level"), "belongs to a kind, and there is none")


def _parents(record: Record) -> Iterator[Fault]:
    """Lines begin in lines that were there, and end in others."""
    begun: dict[str, tuple[int, int]] = {
        line.label: (min((v.change for v in line.versions), default=0), place)
        for place, line in enumerate(record.lines)
    }
    for place, line in enumerate(record.lines):
        path: Path = ("lines", place)
        parent = line.split_from
        if parent is not None and parent not in begun:
            yield Fault((*path, "split_from"), "there is no such line", parent)
        elif parent is not None and begun[parent] >= begun[line.label]:
            yield Fault((*path, "split_from"), f"line {parent} does not come before it")
        for number, stands in enumerate(line.places):
            into = stands.into
            if into is not None and (into not in begun or into == line.label):
                message = "there is no such other line"
                yield Fault((*path, "places", number, "into"), message, into)
            elif into is not None and begun[into][0] > stands.change:
                message = f"line {into} comes later, with change {begun[into][0]}"
                yield Fault((*path, "places", number, "into"), message)


@dataclass(frozen=True)
class _Step:
    """What one change does to the place of one line."""

    path: Path
    label: str
    after: str | None
    removed: bool


def standing_faults(record: Record) -> Iterator[Fault]:
    """Yield places behind a line that does not stand."""
    lines, document = record.lines, record.document
    if document is None:
        return
    steps: dict[str, dict[int, list[_Step]]] = defaultdict(lambda: defaultdict(list))
    before: str | None = None
    for place, line in enumerate(lines):
        path: Path = ("lines", place)
        for number, stands in enumerate(line.places):
            step = _Step((*path, "places", number), line.label, stands.after, stands.removed)
            steps[stands.language or document.language][stands.change].append(step)
        if not line.places and line.versions:
            # Lines without places stand as they are listed.
            step = _Step(path, line.label, before, False)
            steps[document.language][line.versions[0].change].append(step)
        before = line.label
    labels = {line.label for line in lines}
    for changes in steps.values():
        standing: set[str] = set()
        for number in sorted(changes):
            yield from _one_change(number, changes[number], standing, labels)


def _one_change(
    number: int, steps: Sequence[_Step], standing: set[str], labels: set[str]
) -> Iterator[Fault]:
    for step in steps:
        if not step.removed:
            standing.add(step.label)
        elif step.label in standing:
            standing.remove(step.label)
        else:
            yield Fault(step.path, f"the line does not stand before change {number}")
    moved = {step.label: step.after for step in steps if not step.removed}
    round_ = circling({label: after for label, after in moved.items() if after in moved})
    for step in steps:
        if step.removed or step.after is None:
            continue
        where: Path = (*step.path, "after")
        if step.after not in labels:
            yield Fault(where, "there is no such line", step.after)
        elif step.after not in standing:
            yield Fault(where, f"line {step.after} does not stand at change {number}")
        elif step.label in round_:
            yield Fault(where, "the lines stand behind one another in a circle", step.after)


def _editions(record: Record, last: int) -> Iterator[Fault]:
    labels = {line.label for line in record.lines}
    for place, edition in enumerate(record.editions):
        path: Path = ("editions", place)
        if edition.change > last:
            yield Fault((*path, "change"), f"there is no change {edition.change}")
        for label in edition.printed or {}:
            if label not in labels:
                yield Fault((*path, "printed", label), "there is no such line", label)
