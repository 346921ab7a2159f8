"""A file that went out as a redline: what had changed until then is taken into its text again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from tracker.exchange.marked import Mark, Marked
from tracker.exchange.outgoing import Edit
from tracker.exchange.taking import taken
from tracker.services import lines
from tracker.services.comparing import lineage
from tracker.services.exporting.flat import Flat, flat, stage
from tracker.services.exporting.marking import Owners
from tracker.services.exporting.tracking import tracked
from tracker.services.importing.marked.places import places
from tracker.services.snapshot import Snapshot, at_state


def caught_up(snapshot: Snapshot, marked: Marked) -> Marked:
    """Return a marked text as if it had gone out without the changes that had been made by then.

    Its untouched text is that of the entry it was written at. One that no longer begins with the
    text it went out from is returned as it is.
    """
    stamp = marked.stamp
    if stamp is None or stamp.base is None:
        return marked
    before = lines.running_text(at_state(snapshot, f"@{stamp.base}"))
    spans = places(before, marked)
    if spans is None:
        return marked
    then = at_state(snapshot, f"@{stamp.entry}")
    base = Flat(marked.text, tuple(before), tuple(spans))
    target = flat(lines.running_text(then), base)
    stages = [stage(base), stage(target, lineage(then))]
    found = tracked(stages, [Owners(), Owners()], 1).edits
    return taken(marked, frozenset(_ours(marked, found)))


def _ours(marked: Marked, edits: tuple[Edit, ...]) -> Iterator[int]:
    """Yield the marks that say nothing but what these edits say."""
    gone = {place for edit in edits for place in range(edit.start, edit.end)}
    come = {
        place: "".join(edit.text for edit in own)
        for place, own in groupby((e for e in edits if e.text), key=lambda edit: edit.start)
    }
    for number, mark in enumerate(marked.marks):
        if mark.within is None and _is_said(mark, gone, come):
            yield number


def _is_said(mark: Mark, gone: set[int], come: Mapping[int, str]) -> bool:
    if mark.kind == "delete":
        return gone.issuperset(range(mark.start, mark.end))
    return mark.text in come.get(mark.start, "")
