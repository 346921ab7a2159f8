"""What must hold within a record, beyond the form of each field.

Whatever can be found out without a store is found here, where the line of the file is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.exchange.record import Record
from tracker.formats.record.check_comments import comment_faults, id_faults
from tracker.formats.record.check_lines import line_faults
from tracker.formats.record.check_outcomes import outcome_faults
from tracker.formats.record.check_proposals import proposal_faults
from tracker.formats.record.check_text import standing_faults, text_faults
from tracker.formats.record.fault import Fault, Path
from tracker.formats.record.fields import field_faults


def faults(record: Record) -> list[Fault]:
    """Return what does not hold, stage by stage: one fault shall not be told as several."""
    return next((found for stage in _STAGES if (found := list(stage(record)))), [])


def _names(record: Record) -> Iterator[Fault]:
    yield from _doubled(record)
    yield from _shape(record)
    yield from _house(record)
    yield from id_faults(record)


def _doubled(record: Record) -> Iterator[Fault]:
    """No two things of a kind share a name."""
    for name in ("series", "meetings", "participants", "references", "editions", "proposals"):
        yield from twice((name,), [item.id for item in getattr(record, name)], "id")
    yield from twice(("lines",), [line.label for line in record.lines], "label")
    yield from twice(("sources",), [source.file for source in record.sources], "file")
    yield from twice(("comments",), [comment.id for comment in record.comments], "id")
    for place, meeting in enumerate(record.meetings):
        yield from twice(("meetings", place, "topics"), meeting.topics)


def twice(path: Path, values: Sequence[str | None], *name: str) -> Iterator[Fault]:
    """Yield a fault for each value of a list that stands further up already."""
    seen = set()
    for place, value in enumerate(values):
        if value is not None and value in seen:
            yield Fault((*path, place, *name), "is used twice", value)
        seen.add(value)


def _shape(record: Record) -> Iterator[Fault]:
    """A record has a document with its text, or else only a meeting's comments."""
    if record.document is None:
        for name in ("lines", "changes", "editions", "proposals"):
            if getattr(record, name):
                yield Fault((name,), "needs a document: without one, only comments are read")
    elif not record.lines:
        yield Fault(("document",), "needs at least one line, under “lines”")


def _house(record: Record) -> Iterator[Fault]:
    """A whole record names the series that it refers to; a meeting's may be in the store."""
    series = {item.id for item in record.series}
    for name in ("meetings", "references"):
        for place, item in enumerate(getattr(record, name)):
            if record.document and item.series is not None and item.series not in series:
                yield Fault((name, place, "series"), "there is no such series", item.series)
    opened = [place for place, meeting in enumerate(record.meetings) if meeting.open]
    for place in opened[1:]:
        yield Fault(("meetings", place, "open"), "only one meeting is open at a time")


_STAGES = (
    field_faults,
    _names,
    text_faults,
    standing_faults,
    line_faults,
    comment_faults,
    proposal_faults,
    outcome_faults,
)
