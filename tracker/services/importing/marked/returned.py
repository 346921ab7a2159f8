"""Tracked changes that come home just as they went out: nothing that their author wants is new.

What change of lines some marks say cannot always be told from the marks: a line that goes beside
one that gets other words reads like a merge. So they are compared with those that would go out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from tracker.exchange.marked import Marked
from tracker.exchange.outgoing import Edit
from tracker.services import lines
from tracker.services.attribution import voices
from tracker.services.exporting.flat import Flat, flat, stage
from tracker.services.exporting.marking import Owners
from tracker.services.exporting.proposed import Taken, owners, steps
from tracker.services.exporting.tracking import tracked
from tracker.services.importing.marked.proposing import put_into_others
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.who import NOBODY
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.snapshot import Snapshot

Returned = dict[str, list[tuple[Proposal, Change]]]
"""By author, the changes that his marks say, and nothing else."""


def returned(then: Snapshot, based: Based, taken: Taken, known: Collection[str]) -> Returned:
    """Return the authors with whose marks the text reads as it went out with the changes ``taken``.

    Each author's marks are taken alone. ``then`` is the state that they went out at, ``known`` are
    the remarks that the store has. Left out is whoever's words somebody else marked or remarked on:
    what these are must be told.
    """
    named = voices(then)

    def who(proposal: Proposal) -> str:
        return named.party(proposal.proposer) or NOBODY

    last = Flat(based.marked.text, based.lines, based.spans)
    stages, whose = [stage(last)], [Owners()]
    for step in steps(based.lines, taken, lines.labels(then)):
        last = flat(step.lines, last)
        stages.append(stage(last, step.family))
        whose.append(owners(step, who, {}))
    text = based.marked.text
    out = _wanted(text, tracked(stages, whose, 0).edits)
    back = _wanted(text, _as_edits(based.marked))
    touched = set(_touched(based.marked, known))
    changes: Returned = {}
    for proposal, own in taken:
        if out.get(who(proposal)) == back.get(who(proposal)) and who(proposal) not in touched:
            changes.setdefault(who(proposal), []).extend((proposal, change) for change in own)
    return changes


def _as_edits(marked: Marked) -> Iterator[Edit]:
    for mark in marked.marks:
        if mark.within is None:
            text = mark.text if mark.kind == "insert" else ""
            yield Edit(mark.start, mark.end, text, mark.author)


def _wanted(text: str, edits: Iterable[Edit]) -> dict[str | None, str]:
    """Return how a text would read with the edits of each author alone."""
    parts: dict[str | None, list[str]] = {}
    done: dict[str | None, int] = {}
    for edit in sorted(edits, key=lambda edit: edit.start):
        at = done.get(edit.author, 0)
        parts.setdefault(edit.author, []).extend((text[at : edit.start], edit.text))
        done[edit.author] = max(at, edit.end)
    return {author: "".join([*own, text[done[author] :]]) for author, own in parts.items()}


def _touched(marked: Marked, known: Collection[str]) -> Iterator[str]:
    """Yield the authors into whose words somebody else put a mark or a new remark."""
    for mark in marked.marks:
        if mark.within is not None and marked.marks[mark.within].author != mark.author:
            yield marked.marks[mark.within].author
    for holder in put_into_others(marked.marks).values():
        yield marked.marks[holder].author
    for remark in marked.remarks:
        if remark.within is not None and remark.id not in known:
            yield marked.marks[remark.within].author
