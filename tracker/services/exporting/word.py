"""A text with its changes tracked and its comments, as a word processor takes it.

Where the text came in as such a file, that file is what goes out again, with what changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tracker.exchange.marked import Block, Stamp
from tracker.exchange.outgoing import Edit, Outgoing
from tracker.exchange.review import Review
from tracker.services import documents, editions, lines
from tracker.services.attribution import Voices, voices
from tracker.services.comparing import Lineage, lineage
from tracker.services.exporting import proposed
from tracker.services.exporting.bubbles import bubbles
from tracker.services.exporting.flat import Flat, blocks, flat, stage
from tracker.services.exporting.marked import deciders, written_at
from tracker.services.exporting.marking import Owner, Owners
from tracker.services.exporting.options import boxes, front
from tracker.services.exporting.origin import (
    Origin,
    Read,
    came_along,
    kept,
    marks_of,
    origin,
    settled,
)
from tracker.services.exporting.review import gather
from tracker.services.exporting.staying import staying
from tracker.services.exporting.tracking import Tracked, tracked
from tracker.services.lines import Line
from tracker.services.proposals.checking import all_undecided
from tracker.services.proposals.proposal import Proposal
from tracker.services.proposals.reading import listed
from tracker.services.snapshot import Snapshot, at_state
from tracker.text.shortening import beginning

SUFFIX = ".docx"
NOBODY = "Revision"
"""Who made a change of which nothing may be told."""


class Parcel(NamedTuple):
    """What a file is made of: the paragraphs of its text, and all that is to be marked in it.

    ``base`` is the file that the text came in as, by its bytes and name; none where it is a new
    one, which is made of the paragraphs.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    language: str
    outgoing: Outgoing
    base: tuple[bytes, str] | None = None


def clean(snapshot: Snapshot, read: Read) -> Parcel:
    """Return the text as it stands, with nothing marked in it."""
    now = lines.running_text(snapshot)
    found = origin(snapshot, SUFFIX, read)
    base, edits = _settled(found, now, lineage(snapshot))
    outgoing = Outgoing(
        settled=edits,
        stamp=_stamp(snapshot, base, ()),
        formatting=False,
        **_names(voices(snapshot), found),
    )
    return _parcel(snapshot, base, outgoing, found)


def marked(
    snapshot: Snapshot,
    read: Read,
    redline: str | None = None,
    proposals: Sequence[str] = (),
    *,
    with_internal: bool = False,
) -> Parcel:
    """Return the text with its comments, what changed since ``redline``, and what is proposed.

    Without proposals, those go along that came in as tracked changes of the file and are undecided.
    Of proposals that collide the one that is advised is tracked, or the first; the others stand in
    boxes. Raises NotFound for a state or a proposal that is not there, Refused for one that is
    decided.
    """
    chosen = all_undecided(snapshot, proposals)
    found = origin(snapshot, SUFFIX, read)
    every = listed(snapshot)[0]
    if not chosen and found is not None:
        chosen = came_along(found, every)
    now = lines.running_text(snapshot)
    then = snapshot if redline is None else at_state(snapshot, redline)
    before = lines.running_text(then)
    stays = kept(found, chosen, before, now) if found is not None else {}
    taken = proposed.beside_one_another(snapshot.language, chosen, stays)
    made = {*stays, *(f"{own.id}.{change.number}" for own, each in taken for change in each)}
    family = lineage(snapshot)
    base, edits = _settled(found, before, family)
    named = voices(snapshot, with_internal=with_internal)
    changed, current = _tracked(snapshot, base, now, family, redline, taken, named)
    marks = marks_of(found, every, stays.values(), edits) if found is not None else frozenset[int]()
    in_place = staying(snapshot, found, edits, marks) if found is not None else {}
    since = None if lines.are_same_text(before, now) else then.at
    review = gather(snapshot, since=redline, with_internal=with_internal)
    first = front(review)
    outgoing = Outgoing(
        kept=marks,
        settled=edits,
        tracked=changed.edits,
        comments=bubbles(review, current, changed, in_place),
        boxes=boxes(review, base, made),
        front=first,
        stamp=_stamp(snapshot, base, chosen, since),
        header=first.notice,
        footer=_footer(snapshot, review),
        numbered=True,
        **_names(named, found),
    )
    return _parcel(snapshot, base, outgoing, found)


def _tracked(
    snapshot: Snapshot,
    base: Flat,
    now: Sequence[Line],
    family: Lineage,
    redline: str | None,
    taken: proposed.Taken,
    named: Voices,
) -> tuple[Tracked, Flat]:
    """Return what changed since a state and would change, and the text as it is now."""
    current = flat(now, base)
    stages = [stage(base)]
    owners = [Owners()]
    if redline is not None:
        stages.append(stage(current, family))
        by_line = deciders(snapshot, redline, named)
        owners.append(Owners(by_line, Owner(NOBODY)))
    at = len(stages) - 1
    times = written_at(snapshot, [proposal.entry for proposal, _ in taken])
    last = current

    def who(proposal: Proposal) -> str:
        return named.party(proposal.proposer) or NOBODY

    for step in proposed.steps(now, taken, lines.labels(snapshot)):
        last = flat(step.lines, last)
        stages.append(stage(last, step.family))
        owners.append(proposed.owners(step, who, times))
    return tracked(stages, owners, at), current


def _parcel(snapshot: Snapshot, base: Flat, outgoing: Outgoing, found: Origin | None) -> Parcel:
    file = (found.content, found.name) if found else None
    title = documents.title(snapshot)
    paragraphs = tuple(blocks(base)) if found is None else ()
    return Parcel(base.text, paragraphs, title, snapshot.language, outgoing, file)


def _settled(
    found: Origin | None, before: Sequence[Line], family: Lineage
) -> tuple[Flat, tuple[Edit, ...]]:
    """Return a text as it stands in a file, and the edits that make it so; none in a new file."""
    return (flat(before), ()) if found is None else settled(found, before, family)


def _names(named: Voices, found: Origin | None) -> dict[str, Any]:
    """Return how the authors of what stays in a file may be called."""
    if found is None or not named.hides:
        return {}
    authors = {mark.author for mark in found.marked.marks}
    return {
        "names": {author: named.party(author) or NOBODY for author in authors},
        "others": NOBODY,
    }


def _stamp(
    snapshot: Snapshot, base: Flat, chosen: Sequence[Proposal], since: int | None = None
) -> Stamp:
    return Stamp(
        snapshot.key,
        snapshot.at,
        snapshot.language,
        tuple((line.label, *span) for line, span in zip(base.lines, base.spans, strict=True)),
        tuple(proposal.id for proposal in chosen),
        since,
    )


def _footer(snapshot: Snapshot, review: Review) -> str:
    edition = editions.standing(snapshot)
    named = f"{edition.name} · " if edition else ""
    return f"{beginning(review.title)} · {named}@{snapshot.at}"
