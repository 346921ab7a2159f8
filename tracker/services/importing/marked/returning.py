"""A marked text that comes home: what is new in it, beside the state that it began with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from tracker.errors import NotFound, Refused
from tracker.exchange.marked import Marked
from tracker.services import documents, lines
from tracker.services.comments import reading as comments
from tracker.services.exporting.proposed import Taken, beside_one_another
from tracker.services.importing.files import File, refuse_known, store_file
from tracker.services.importing.marked.bringing import Brought, Numbers, brought, store
from tracker.services.importing.marked.places import places
from tracker.services.importing.marked.rebasing import rebased
from tracker.services.importing.marked.recognising import (
    known_changes,
    known_remarks,
    settled_there,
)
from tracker.services.importing.marked.recutting import Based
from tracker.services.importing.marked.redlined import caught_up
from tracker.services.importing.marked.remarks import RESOLVED
from tracker.services.importing.marked.returned import Returned, returned
from tracker.services.importing.marked.who import NOBODY, UNTRACKED
from tracker.services.importing.marked.wordings import moving, wordings
from tracker.services.importing.stored import next_number, stored_text
from tracker.services.names import comment_id
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot, at_state, in_language
from tracker.services.verdicts import Verdict, store_verdict
from tracker.store import tables
from tracker.store.journal import Entry
from tracker.text import align

# The least share of the text's letters that must stand in lines the store has.
_ANOTHER = 0.25


class Plan(NamedTuple):
    """What a marked text that comes home would store.

    ``resolved`` are comments whose threads were resolved in it, ``reopened`` those that were
    reopened, which is told and not stored. ``known`` counts the comments that the store has;
    ``taken_over`` are changes that are in its text without tracking, as if accepted; ``missing``
    went out with it and are not in it any more, as if rejected.
    """

    brought: Brought
    file: File
    head: int
    key: str
    since: int
    first_proposal: int
    known: int
    resolved: tuple[str, ...]
    reopened: tuple[str, ...]
    taken_over: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def brings_something(self) -> bool:
        """Whether there is anything to store."""
        return bool(self.brought.proposals or self.brought.comments or self.resolved)

    @property
    def has_untracked(self) -> bool:
        """Whether words were changed without tracking, and it was not said by whom."""
        return any(
            each.authored.author == UNTRACKED and each.proposer == NOBODY
            for each in self.brought.proposals
        )

    @property
    def names_untracked(self) -> bool:
        """Whether words were changed without tracking, and it was said by whom."""
        return not self.has_untracked and any(
            each.authored.author == UNTRACKED for each in self.brought.proposals
        )

    @property
    def people(self) -> tuple[str, ...]:
        """Who brings something new, by the names they go by here, those first who propose."""
        proposers = [
            each.proposer for each in self.brought.proposals if each.authored.author != UNTRACKED
        ]
        speakers = [each.speaker or "" for each in self.brought.comments]
        return tuple(dict.fromkeys([*proposers, *speakers]))


def plan(
    snapshot: Snapshot,
    marked: Marked,
    file: File,
    names: Mapping[str, str],
    since: str | None = None,
) -> Plan:
    """Return what is new in a marked text; ``names`` says which authors go by another name here.

    Raises Refused if it was imported already, if it has the words of a sealed comment, if it is no
    text of this document, or if nothing says which state it began with; NotFound if there is no
    such state.
    """
    refuse_known(snapshot, file)
    if marked.stamp is not None:
        snapshot = in_language(snapshot, marked.stamp.language)
        marked = caught_up(snapshot, marked)
    then = _began_with(snapshot, marked, since)
    every = proposals.listed(snapshot)[0]
    based = _beside(then, marked)._replace(
        wordings=wordings(every, snapshot.language), moving=moving(every)
    )
    sent = marked.stamp.proposals if marked.stamp is not None else ()
    known = known_remarks(snapshot, based, names, file.name)
    out = beside_one_another(then.language, _sent(then, sent))
    # Weaving all of it anew takes as long as sending it out, and is seldom needed.
    back = cache(lambda: returned(then, based, out, known))
    first = Numbers(next_number(snapshot, tables.proposal), next_number(snapshot, tables.comment))
    found = brought(
        based,
        names,
        first,
        changes=known_changes(every, sent, back),
        remarks=known,
    )
    before = {comment.id: comment for comment in comments.listed(then)[0]}
    now = {comment.id: comment for comment in comments.listed(snapshot)[0]}
    resolved, reopened = settled_there(based, known, before, now)
    return Plan(
        brought=found,
        file=file,
        head=snapshot.at,
        key=snapshot.key,
        since=then.at,
        first_proposal=first.proposal,
        known=len(known),
        resolved=tuple(resolved),
        reopened=tuple(reopened),
        taken_over=tuple(_taken_over(found)),
        missing=tuple(_missing(found, out, back)),
    )


def apply(entry: Entry, snapshot: Snapshot, plan: Plan, by: str | None = None) -> list[str]:
    """Store what is new; return the ids of the proposals. Raises Refused if the store moved since.

    A thread that was resolved is *noted*, by ``by`` if that is known: Word does not tell who did
    it, nor why.
    """
    entry.expect(plan.head)
    entry.document = snapshot.document
    snapshot = in_language(snapshot, plan.brought.based.language)
    text = stored_text(snapshot, plan.brought.comments)
    names = store(entry, snapshot, text, plan.brought)
    for name in plan.resolved:
        verdict = Verdict(RESOLVED, by=by)
        store_verdict(entry, snapshot.document, verdict, comment=comment_id(name))
    # It names no language: the text does not come from it, and goes out as it did before.
    store_file(entry, snapshot.document, plan.file)
    entry.summary = plan.key
    return names


def _began_with(snapshot: Snapshot, marked: Marked, since: str | None) -> Snapshot:
    """Return the state that a file began with: as told, as stamped, or the only one there is."""
    if since is not None:
        return at_state(snapshot, since)
    stamp = marked.stamp
    if stamp is not None and stamp.document == snapshot.key:
        try:
            return at_state(snapshot, f"@{stamp.entry}")
        except NotFound:
            raise Refused(
                f"the file went out at @{stamp.entry}, which this store has not reached",
                "it is from another copy of the store: say which state it began with, --since",
            ) from None
    if len(_states(snapshot)) == 1 or places(lines.running_text(snapshot), marked) is not None:
        return snapshot
    raise Refused(
        "the file does not say which state of the text it began with, and there are several",
        "say it: --since @31 or --since EDITION; tracker log and tracker edition list show them",
    )


def _beside(then: Snapshot, marked: Marked) -> Based:
    """Return a marked text on the lines of a state. Raises Refused if it is no text of these."""
    base = lines.running_text(then)
    _refuse_another(then, base, marked)
    unit = documents.find(then).unit
    return rebased(base, marked, UNTRACKED, then.language, unit)  # type: ignore[arg-type]


def _sent(then: Snapshot, names: tuple[str, ...]) -> list[Proposal]:
    """Return the proposals that went out with a file, in its order, as they were then."""
    every = {proposal.id: proposal for proposal in proposals.listed(then)[0]} if names else {}
    return [every[name] for name in names if name in every]


def _states(snapshot: Snapshot) -> set[int]:
    """Return the entries at which the text changed."""
    found: set[int] = set()
    for table in (tables.version, tables.placement):
        query = select(table.c.since).where(
            table.c.document == snapshot.document,
            table.c.language == snapshot.language,
            table.c.since <= snapshot.at,
        )
        found |= set(snapshot.connection.scalars(query.distinct()))
    return found


def _refuse_another(snapshot: Snapshot, base: list[lines.Line], marked: Marked) -> None:
    """Raise Refused if a file is no text of the document."""
    if places(base, marked) is not None:
        return
    rows = [marked.text[block.start : block.end] for block in marked.blocks]
    old, new = [line.text for line in base], [row for row in rows if row.strip()]
    held = sum(sum(len(old[i]) for i in match.old) for match in align(old, new))
    if held < _ANOTHER * min(sum(map(len, old)), sum(map(len, new))):
        raise Refused(
            f"this is no text of {snapshot.key}: hardly a line of it stands in the file",
            "choose the document with --document; under a new name it is stored as a new one",
        )


def _taken_over(found: Brought) -> list[str]:
    """Return the changes of the store that the file's text has without tracking."""
    return [
        f"P{each.name[0]}.{each.name[1]}"
        for coming in found.coming
        if coming.authored.author == UNTRACKED
        for each in coming.changes
        if each.known
    ]


def _missing(found: Brought, out: Taken, back: Callable[[], Returned]) -> Iterator[str]:
    """Yield the changes that went ``out`` with a file and are not in it any more."""
    there = {each.name for coming in found.coming for each in coming.changes}
    sent = {(proposal.number, change.number) for proposal, own in out for change in own}
    if sent <= there:
        return
    whole = (each for own in back().values() for each in own)
    there |= {(proposal.number, change.number) for proposal, change in whole}
    yield from (f"P{proposal}.{change}" for proposal, change in sorted(sent - there))
