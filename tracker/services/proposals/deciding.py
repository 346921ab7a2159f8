"""Deciding on proposals: accepted, and so made the text; rejected; withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from tracker.errors import BadInput, Refused
from tracker.exchange import rules
from tracker.services import lines
from tracker.services.comments import reading as comments
from tracker.services.inputs import check_wording
from tracker.services.names import change_id, comment_id
from tracker.services.proposals.amending import amend
from tracker.services.proposals.checking import check_current, undecided_changes
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import listed
from tracker.services.revising.applying import applied
from tracker.services.revising.storing import Stored, store
from tracker.services.snapshot import Snapshot
from tracker.services.translations.moving import in_words as moves_in_words
from tracker.services.verdicts import Verdict, checked, disposition, needs_reason, store_verdict
from tracker.store import tables
from tracker.store.journal import Entry

ADVICE = rules.ADVICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Stored):
    """What an acceptance did: to the text, in all languages, and what it disposed of.

    ``stale`` names the undecided proposals that no longer start from the current text, ``amended``
    the changes that stand in other proposals by it.
    """

    proposal: str
    disposed: tuple[str, ...]
    stale: tuple[str, ...]
    amended: tuple[str, ...]


def in_words(done: Accepted) -> str:
    """Return what an acceptance did, by labels and ids: fit for the journal."""
    parts = [f"changed {', '.join(done.changed)}"] if done.changed else []
    parts += [f"inserted {', '.join(done.inserted)}"] if done.inserted else []
    parts += [f"deleted {', '.join(done.deleted)}"] if done.deleted else []
    parts += [f"moved {', '.join(done.moved)}"] if done.moved else []
    parts += moves_in_words(done.beside)
    parts += [f"proposed {', '.join(done.amended)}"] if done.amended else []
    parts += [f"reopened {', '.join(done.reopened)}"] if done.reopened else []
    parts += [f"disposed of {', '.join(done.disposed)}"] if done.disposed else []
    return "; ".join(parts)


def open_answers(snapshot: Snapshot, proposal: Proposal) -> list[comments.Comment]:
    """Return the comments a proposal answers that have no disposition yet."""
    numbers = [comment_id(text) for text in proposal.answers]
    return [c for c in comments.numbered(snapshot, numbers) if c.disposition is None]


def accept(
    entry: Entry,
    snapshot: Snapshot,
    proposal: str,
    verdict: Verdict,
    dispose: str | None = None,
    *,
    as_text: str | None = None,
    reopen: bool = False,
) -> Accepted:
    """Make a proposal (``P2``) or a change of it (``P2.1``) the text, and record the decision.

    ``dispose`` is a disposition for the comments it answers that have none yet, ``as_text`` the
    wording in which it is accepted, if not its own. A change of another proposal becomes a change
    of that, not of the text. ``reopen`` touches agreed lines, for the verdict's reason. Raises
    Refused if it is decided, in collision, starts from a wording that is no longer current, or
    touches an agreed line.
    """
    found, changes = undecided_changes(snapshot, proposal)
    check_current(snapshot, found, changes)
    verdict = checked(verdict._replace(outcome="accepted"))
    entry.document = snapshot.document
    if as_text is not None:
        changes, wording = _modified(entry, snapshot, found, changes, as_text)
        verdict = verdict._replace(wording=wording)
    if change_id(proposal)[1] is not None:
        verdict = verdict._replace(change=changes[0].number)
    store_verdict(entry, snapshot.document, verdict, proposal=found.number)
    of_text = [change for change in changes if change.amends is None]
    again = verdict if reopen else None
    stored = [
        _revise(entry, snapshot, language, of_text, again) for language in _languages(of_text)
    ]
    amended = [amend(entry, snapshot, found, change) for change in changes if change.amends]
    disposed = _dispose(entry, snapshot, found, verdict, dispose) if dispose else []
    return Accepted(
        proposal=found.id if verdict.change is None else f"{found.id}.{verdict.change}",
        **{
            each.name: tuple(told for one in stored for told in getattr(one, each.name))
            for each in fields(Stored)
        },
        disposed=tuple(disposed),
        stale=_made_stale(snapshot, changes),
        amended=tuple(amended),
    )


def _modified(
    entry: Entry, snapshot: Snapshot, found: Proposal, changes: Sequence[Change], text: str
) -> tuple[tuple[Change, ...], int]:
    """Return the one change in another wording, which is stored, and the wording's id.

    Raises Refused unless one wording is decided on, BadInput for a text that changes nothing.
    """
    if len(changes) != 1 or len(changes[0].results) != 1:
        names = ", ".join(f"{found.id}.{change.number}" for change in changes)
        raise Refused(
            f"{found.id} has no one wording that could be modified",
            f"accept its changes one by one, those with a wording of their own: {names}",
        )
    change = changes[0]
    text = check_wording(text)
    if text in (change.result, change.base):
        what = f"what {found.id}.{change.number} says" if text == change.result else "the old text"
        raise BadInput(
            f"this is {what} already: nothing is modified",
            "leave out --as to accept it as it is, or reject it",
        )
    wording = entry.next_id(tables.wording, snapshot.document)
    row = {"document": snapshot.document, "id": wording, "language": change.language, "text": text}
    entry.insert(tables.wording, **row)
    result = change.results[0]._replace(wording=wording, text=text)
    return (change._replace(results=(result,)),), wording


def _languages(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(change.language for change in changes))


def _revise(
    entry: Entry,
    snapshot: Snapshot,
    language: str,
    accepted: Sequence[Change],
    reopen: Verdict | None,
) -> Stored:
    """Make the changes in one language the text."""
    now = lines.running_text(snapshot, language)
    changes = [change for change in accepted if change.language == language]
    revised = applied(now, changes, lines.labels(snapshot))
    return store(entry, snapshot, language, now, revised, reopen=reopen)


def _made_stale(snapshot: Snapshot, accepted: Sequence[Change]) -> tuple[str, ...]:
    """Return the undecided proposals that start from what accepted changes took the place of.

    Those that were stale before stay so, and are not told again.
    """
    gone = {base.wording for change in accepted for base in change.bases}
    lines_ = dict.fromkeys(base.line for change in accepted for base in change.bases if base.line)
    rivals = [p for line in lines_ for p in listed(snapshot, line=line, undecided=True)[0]]
    for change in accepted:
        if change.amends is not None:
            rivals += listed(snapshot, amending=change.amends, undecided=True)[0]
    stale = sorted(
        {rival.number for rival in rivals if any(_starts(c, gone) for c in rival.open_changes)}
    )
    return tuple(f"P{number}" for number in stale)


def _starts(change: Change, gone: set[int]) -> bool:
    """Return whether a change is stale since these wordings are gone, or its place is."""
    return change.stale and (not change.bases or any(base.wording in gone for base in change.bases))


def _dispose(
    entry: Entry, snapshot: Snapshot, proposal: Proposal, verdict: Verdict, outcome: str
) -> list[str]:
    by_proposal = f"by {proposal.id}"
    word = disposition(outcome, verdict.reason or by_proposal)
    reason = verdict.reason or (by_proposal if needs_reason(word) else None)
    settled = verdict._replace(outcome=word, reason=reason, change=None)
    open_ = open_answers(snapshot, proposal)
    for comment in open_:
        store_verdict(entry, snapshot.document, settled, comment=comment_id(comment.id))
    return [comment.id for comment in open_]


def decide(
    entry: Entry, snapshot: Snapshot, proposals: Sequence[str], verdict: Verdict
) -> list[str]:
    """Record that proposals, or single changes, are rejected or withdrawn; return their names.

    Raises Refused if one of them is decided.
    """
    verdict = checked(verdict)
    found = _named(snapshot, proposals)
    entry.document = snapshot.document
    for proposal, change in found:
        own = verdict._replace(change=change)
        store_verdict(entry, snapshot.document, own, proposal=proposal.number)
    return [_name(proposal, change) for proposal, change in found]


def recommend(
    entry: Entry, snapshot: Snapshot, proposals: Sequence[str], verdict: Verdict
) -> list[str]:
    """Record what the editor advises on proposals or single changes; return their names.

    It decides nothing, and takes the place of what was advised before. Raises BadInput for an
    outcome that is none, Refused if one of them is decided.
    """
    outcome = verdict.outcome.strip().lower()
    if outcome not in ADVICE:
        raise BadInput(
            f"{verdict.outcome!r} is no recommendation", f"use one of: {', '.join(ADVICE)}"
        )
    advised = checked(verdict._replace(outcome=outcome, stage="advised"))
    return decide(entry, snapshot, proposals, advised)


def _named(snapshot: Snapshot, names: Sequence[str]) -> list[tuple[Proposal, int | None]]:
    """Return undecided proposals, each with the number of the change that is named, once each."""
    wanted = dict.fromkeys(change_id(name) for name in names)
    found = []
    for number, change in wanted:
        name = f"P{number}" if change is None else f"P{number}.{change}"
        if change is not None and (number, None) in wanted:
            raise BadInput(f"{name} is part of P{number}", f"name P{number}, or its changes alone")
        found.append((undecided_changes(snapshot, name)[0], change))
    return found


def _name(proposal: Proposal, change: int | None) -> str:
    return proposal.id if change is None else f"{proposal.id}.{change}"
