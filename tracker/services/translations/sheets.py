"""The translator's table: what is stale or missing, and the new translations that come back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.errors import BadInput, Refused, TrackerError
from tracker.exchange.translations import Row, Sheet
from tracker.services.importing.files import File, store_file
from tracker.services.inputs import check_wording
from tracker.services.revising.carrying import Carried
from tracker.services.snapshot import Snapshot
from tracker.services.translations.reading import CURRENT, Passage, passages
from tracker.services.translations.writing import (
    Renewal,
    check_other,
    confirm_passage,
    renew,
)
from tracker.store.journal import Entry

_SHOWN = 20


class Renewed(NamedTuple):
    """A passage and its new translation."""

    passage: Passage
    text: str

    @property
    def confirms(self) -> bool:
        """Whether the translation stays as it is: it still holds."""
        return self.text == self.passage.text


class Plan(NamedTuple):
    """What a table would change, found out without storing anything."""

    language: str
    file: File
    head: int
    renewed: tuple[Renewed, ...]


def sheet(snapshot: Snapshot, language: str) -> Sheet:
    """Return the table of all that is stale or missing in a language."""
    check_other(snapshot, language)
    rows = [_row(p) for p in passages(snapshot, language) if p.state != CURRENT]
    return Sheet(language, tuple(rows))


def _row(passage: Passage) -> Row:
    originals = passage.originals
    return Row(
        lines=passage.labels,
        state=passage.state,
        versions=tuple(original.now or f"{original.label}:-" for original in originals),
        original=_together(original.text for original in originals),
        original_then=_together(original.was for original in originals),
        translation=passage.text or "",
    )


def _together(texts: Iterable[str | None]) -> str:
    return "\n".join(text for text in texts if text)


def plan(snapshot: Snapshot, table: Sheet, file: File) -> Plan:
    """Return what a table would change; what it says already is left out.

    Raises BadInput for lines that there are not, that are named twice or were put together
    otherwise, and Refused where the original or its translation has moved on since the table was
    written; each sentence names the row.
    """
    check_other(snapshot, table.language)
    known = {passage.labels: passage for passage in passages(snapshot, table.language)}
    found: list[Renewed] = []
    faults: list[TrackerError] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        try:
            renewed = _renewed(row, known, seen)
        except TrackerError as fault:
            faults.append(type(fault)(f"row {row.number}: {fault.message}", fault.hint))
        else:
            if not renewed.confirms or renewed.passage.state != CURRENT:
                found.append(renewed)
    if faults:
        raise _all_of(faults)
    return Plan(table.language, file, snapshot.at, tuple(found))


def _all_of(faults: Sequence[TrackerError]) -> TrackerError:
    told = [fault.message for fault in faults[:_SHOWN]]
    told += [f"… and {len(faults) - _SHOWN:,} more"] if len(faults) > _SHOWN else []
    return type(faults[0])("\n".join(told), faults[0].hint)


def _renewed(row: Row, known: dict[tuple[str, ...], Passage], seen: dict[str, int]) -> Renewed:
    for label in row.lines:
        if label in seen:
            raise BadInput(
                f"line {label} stands in row {seen[label]} already", "leave one of them in"
            )
        seen[label] = row.number
    passage = known.get(row.lines)
    if passage is None:
        labels = " ".join(row.lines)
        raise BadInput(
            f"there is no passage of the lines {labels}", "write the table anew: export --stale"
        )
    text = check_wording(row.new)
    now = tuple(original.now or f"{original.label}:-" for original in passage.originals)
    if now != row.versions:
        raise Refused(
            f"the original has moved on since the table was written: from "
            f"{' '.join(row.versions)} to {' '.join(now)}",
            "write the table anew with tracker export --stale, and take the rest from this one",
        )
    if text != passage.text and _plain(row.translation) != _plain(passage.text or ""):
        raise Refused(
            f"line {row.lines[0]} got another translation since the table was written: "
            f"{passage.text}",
            "compare the two, and write the table anew with tracker export --stale",
        )
    return Renewed(passage, text)


def _plain(text: str) -> str:
    """Return a text without what a spreadsheet may have done to its spaces and line ends."""
    return " ".join(text.split())


def apply(entry: Entry, snapshot: Snapshot, plan: Plan) -> tuple[Carried, ...]:
    """Store the new translations; return what became of the comments on the old ones.

    Raises Refused if the store moved since.
    """
    entry.expect(plan.head)
    entry.document = snapshot.document
    for renewed in plan.renewed:
        if renewed.confirms:
            confirm_passage(entry, snapshot, renewed.passage)
    renewals = [Renewal([each.passage], each.text) for each in plan.renewed if not each.confirms]
    done = renew(entry, snapshot, plan.language, renewals)
    store_file(entry, snapshot.document, plan.file)
    entry.summary = f"{len(plan.renewed)} in {plan.language}"
    return done.carried
