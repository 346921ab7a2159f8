"""A text with its changes tracked and its comments, as a word processor takes it.

Where the text came in as such a file, that file is what goes out again, with what changed since.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from tracker.exchange.marked import Block, Stamp
from tracker.exchange.outgoing import Outgoing
from tracker.exchange.review import Review
from tracker.services import changes, documents, editions, lines
from tracker.services.attribution import Voices, voices
from tracker.services.comparing import lineage
from tracker.services.exporting.bubbles import bubbles
from tracker.services.exporting.options import boxes, front
from tracker.services.exporting.proposed import AsProposed, as_proposed
from tracker.services.exporting.review import gather
from tracker.services.exporting.tracked import Author, Flat, blocks, flat, tracked
from tracker.services.proposals.checking import find_undecided
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot, at_state
from tracker.store import tables

_NOBODY = "Revision"
"""Who made a change of which nothing may be told."""


class Parcel(NamedTuple):
    """What a file is made of: the paragraphs of its text, and all that is to be marked in it."""

    text: str
    blocks: tuple[Block, ...]
    title: str
    language: str
    outgoing: Outgoing


def parcel(
    snapshot: Snapshot,
    redline: str | None = None,
    proposals: Sequence[str] = (),
    *,
    with_internal: bool = False,
) -> Parcel:
    """Return the text with its comments, what changed since ``redline``, and what is proposed.

    Of proposals that collide the one that is advised is tracked, or the first; the others stand in
    boxes. Raises NotFound for a state or a proposal that is not there, Refused for one that is
    decided.
    """
    chosen = [find_undecided(snapshot, name) for name in dict.fromkeys(proposals)]
    review = gather(snapshot, since=redline, with_internal=with_internal)
    named = voices(snapshot, with_internal=with_internal)
    now = lines.running_text(snapshot)
    family = lineage(snapshot)
    proposed = as_proposed(snapshot, now, chosen, family)
    before = now if redline is None else lines.running_text(at_state(snapshot, redline))
    base = flat(before)
    current = flat(now, base)
    authors = _Authors(snapshot, named, proposed, redline)
    found = tracked(base, flat(proposed.lines, current), proposed.family, authors.of)
    so_far = tracked(base, current, family, authors.of) if chosen else found
    outgoing = Outgoing(
        tracked=found.edits,
        comments=bubbles(review, current, so_far, is_whole=not chosen),
        boxes=boxes(review, base, proposed.made),
        front=front(review),
        stamp=_stamp(snapshot, base, chosen),
        footer=_footer(snapshot, review),
        numbered=True,
    )
    title = documents.title(snapshot)
    return Parcel(base.text, tuple(blocks(base)), title, snapshot.language, outgoing)


class _Authors:
    """Who changed which lines, under the names that may be told."""

    def __init__(
        self, snapshot: Snapshot, named: Voices, proposed: AsProposed, redline: str | None
    ) -> None:
        self._of: dict[int, dict[Author, None]] = {}
        if redline is not None:
            for change in changes.between(snapshot, redline, f"@{snapshot.at}"):
                own = [line.id for line in (*change.compared.old, *change.compared.new)]
                for reason in change.reasons:
                    who = reason.proposal.proposer if reason.proposal else reason.author
                    name = named.party(who) or _NOBODY
                    self._add(own, Author(name, _utc(reason.at)))
        moments = _moments(snapshot, [own for every in proposed.whose.values() for own in every])
        for line, every in proposed.whose.items():
            for proposal in every:
                name = named.party(proposal.proposer) or _NOBODY
                self._add([line], Author(name, moments[proposal.entry]))

    def of(self, own: Sequence[int]) -> Author:
        """Return who changed some lines: of several, all their names, and the last date."""
        found = list(dict.fromkeys(who for line in own for who in self._of.get(line, ())))
        if not found:
            return Author(_NOBODY)
        names = dict.fromkeys(who.name for who in found)
        return Author("; ".join(names), max(who.date or "" for who in found) or None)

    def _add(self, own: Sequence[int], who: Author) -> None:
        for line in own:
            self._of.setdefault(line, {})[who] = None


def _moments(snapshot: Snapshot, proposals: Sequence[Proposal]) -> dict[int, str]:
    entry = tables.entry
    numbers = {proposal.entry for proposal in proposals}
    rows = snapshot.connection.execute(
        select(entry.c.number, entry.c.at).where(entry.c.number.in_(numbers))
    )
    return {row.number: _utc(row.at) for row in rows}


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _stamp(snapshot: Snapshot, base: Flat, chosen: Sequence[Proposal]) -> Stamp:
    return Stamp(
        snapshot.key,
        snapshot.at,
        snapshot.language,
        tuple((line.label, *span) for line, span in zip(base.lines, base.spans, strict=True)),
        tuple(proposal.id for proposal in chosen),
    )


def _footer(snapshot: Snapshot, review: Review) -> str:
    edition = editions.standing(snapshot)
    named = f"{edition.name} · " if edition else ""
    return f"{review.title} · {named}@{snapshot.at}"
