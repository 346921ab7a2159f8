"""An edited copy as a proposal: each thing it does to the text is a change to be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.errors import Refused
from tracker.services.importing.copy.comparing import Comparison, Found
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.importing.leads import block_of, parted
from tracker.services.lines import NEW, Line
from tracker.services.proposals import reading, writing
from tracker.services.proposals.proposal import Proposal, Result
from tracker.services.proposals.storing import NewChange
from tracker.services.snapshot import Snapshot
from tracker.store.journal import Entry


class Plan(NamedTuple):
    """The changes that an edited copy proposes, worked out without storing anything."""

    comparison: Comparison
    changes: tuple[NewChange, ...]
    file: File
    head: int


def plan(snapshot: Snapshot, comparison: Comparison, file: File) -> Plan:
    """Return what a copy proposes. Raises Refused if it was imported already, or says nothing new.

    White space and markup alone are no change: a proposal is about words.
    """
    refuse_known(snapshot, file)
    changes = tuple(changes_of(comparison, snapshot.language))
    if not changes:
        raise Refused("no words differ", "there is nothing to propose")
    return Plan(comparison, changes, file, snapshot.at)


def apply(
    entry: Entry,
    snapshot: Snapshot,
    plan: Plan,
    *,
    proposer: str,
    rationale: str | None = None,
    answers: Sequence[str] = (),
) -> Proposal:
    """Store a copy as a proposal and return it. Raises Refused if the store moved since."""
    entry.expect(plan.head)
    name = writing.propose_many(
        entry, snapshot, plan.changes, proposer=proposer, rationale=rationale, answers=answers
    )
    store_file(entry, snapshot.document, plan.file, language=snapshot.language)
    [stored] = reading.numbered(snapshot, [int(name[1:])])
    return stored


def changes_of(comparison: Comparison, language: str) -> Iterator[NewChange]:
    """Yield the changes; what is new stands behind the last line before it that stays."""
    for _, change in changes_found(comparison, language):
        yield change


def changes_found(comparison: Comparison, language: str) -> Iterator[tuple[int, NewChange]]:
    """Yield the changes, each with its place in what was found."""
    after: int | None = None
    for at, found in enumerate(comparison.found):
        old = [comparison.base[place] for place in found.old]
        bases = tuple((line.id, line.wording) for line in old)
        results = tuple(_results(comparison, found, old))
        if found.kind == "deleted":
            yield at, NewChange("delete", language, bases)
        elif found.kind == "inserted":
            yield at, NewChange("insert", language, (), results, after)
        elif found.kind in ("edited", "split", "merged"):
            kinds = {"edited": "replace", "split": "split", "merged": "merge"}
            yield at, NewChange(kinds[found.kind], language, bases, results)
        if found.moved or found.kind == "moved":
            yield at, NewChange("move", language, bases[:1], (), after)
        elif old and found.kind != "deleted":
            after = old[0].id


def _results(comparison: Comparison, found: Found, old: Sequence[Line]) -> Iterator[Result]:
    """Yield the wordings; those of lines that are not there yet with how they stand."""
    lines = comparison.draft.lines
    for ordinal, place in enumerate(found.new):
        line = lines[place]
        if old and not ordinal:
            yield Result(NEW, line.text)
            continue
        gap, markup = parted(line, first=place == 0)
        yield Result(
            NEW,
            line.text,
            kind=line.kind,
            level=line.level,
            block="paragraph" if place == 0 else block_of(line.lead),
            markup=markup,
            gap=gap,
        )
