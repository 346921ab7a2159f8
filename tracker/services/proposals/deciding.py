"""Deciding on proposals: accepted, and so made the text; rejected; withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.errors import Refused
from tracker.services import lines
from tracker.services.comments import reading as comments
from tracker.services.names import comment_id, proposal_id
from tracker.services.proposals.proposal import Change, Proposal
from tracker.services.proposals.reading import listed, numbered
from tracker.services.revising.applying import applied
from tracker.services.revising.carrying import Carried
from tracker.services.revising.storing import Stored, store
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, checked, disposition, needs_reason, store_verdict
from tracker.store.journal import Entry


@dataclass(frozen=True, slots=True)
class Accepted:
    """What an acceptance did: the labels it changed, the anchors it moved, what it disposed of.

    ``stale`` names the undecided proposals that no longer start from the current text.
    """

    proposal: str
    changed: tuple[str, ...]
    inserted: tuple[str, ...]
    deleted: tuple[str, ...]
    moved: tuple[str, ...]
    carried: tuple[Carried, ...]
    disposed: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def orphaned(self) -> tuple[str, ...]:
        """The comments whose words are gone by it."""
        return tuple(dict.fromkeys(c.comment for c in self.carried if c.state == "orphaned"))


def find_undecided(snapshot: Snapshot, proposal: str) -> Proposal:
    """Return a proposal. Raises Refused once it is decided, NotFound if there is none."""
    found = numbered(snapshot, [proposal_id(proposal)])[0]
    if found.decision is not None:
        raise Refused(
            f"{found.id} is {found.state} already, since @{found.decision.entry}",
            f"see it with: tracker proposal show {found.id}",
        )
    return found


def check_current(snapshot: Snapshot, proposal: Proposal) -> None:
    """Raise Refused, showing the newer wording, unless a proposal starts from the current text."""
    for change in proposal.changes:
        if not change.stale:
            continue
        label = change.line or change.after or "0"
        line = lines.find(snapshot, label, change.language)
        name = f"{proposal.id}.{change.number}"
        if line.rank is None:
            raise Refused(
                f"{name} starts from line {label}, which was deleted at "
                f"@{lines.deleted_at(snapshot, line.id, change.language)}",
                "propose it anew: tracker propose --insert-after LABEL",
            )
        raise Refused(
            f"{name} starts from a wording of line {label} that is no longer current\n"
            f"  it starts from: {change.base}\n  the line now says: {line.text}",
            f"propose it anew on the current wording: tracker propose {label} --from WHO",
        )


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
) -> Accepted:
    """Make a proposal's wording the text, and record the decision.

    ``dispose`` is a disposition for the comments it answers that have none yet. Raises Refused if
    the proposal is decided, or starts from a wording that is no longer current.
    """
    found = find_undecided(snapshot, proposal)
    check_current(snapshot, found)
    verdict = checked(verdict._replace(outcome="accepted"))
    entry.document = snapshot.document
    store_verdict(entry, snapshot.document, verdict, proposal=found.number)
    stored = [_revise(entry, snapshot, language, found) for language in _languages(found.changes)]
    disposed = _dispose(entry, snapshot, found, verdict, dispose) if dispose else []
    return Accepted(
        proposal=found.id,
        changed=tuple(label for each in stored for label in each.changed),
        inserted=tuple(label for each in stored for label in each.inserted),
        deleted=tuple(label for each in stored for label in each.deleted),
        moved=tuple(label for each in stored for label in each.moved),
        carried=tuple(carried for each in stored for carried in each.carried),
        disposed=tuple(disposed),
        stale=_made_stale(snapshot, found),
    )


def _languages(changes: Sequence[Change]) -> list[str]:
    return list(dict.fromkeys(change.language for change in changes))


def _revise(entry: Entry, snapshot: Snapshot, language: str, accepted: Proposal) -> Stored:
    """Make the changes in one language the text."""
    now = lines.running_text(snapshot, language)
    changes = [change for change in accepted.changes if change.language == language]
    return store(entry, snapshot, language, now, applied(now, changes, lines.labels(snapshot)))


def _made_stale(snapshot: Snapshot, accepted: Proposal) -> tuple[str, ...]:
    """Return the undecided proposals that start from what an accepted one changed."""
    lines_ = dict.fromkeys(change.line_id for change in accepted.changes if change.line_id)
    rivals = [
        rival.id
        for line in lines_
        for rival in listed(snapshot, line=line, undecided=True)[0]
        if rival.stale
    ]
    return tuple(dict.fromkeys(rivals))


def _dispose(
    entry: Entry, snapshot: Snapshot, proposal: Proposal, verdict: Verdict, outcome: str
) -> list[str]:
    by_proposal = f"by {proposal.id}"
    word = disposition(outcome, verdict.reason or by_proposal)
    reason = verdict.reason or (by_proposal if needs_reason(word) else None)
    settled = verdict._replace(outcome=word, reason=reason)
    open_ = open_answers(snapshot, proposal)
    for comment in open_:
        store_verdict(entry, snapshot.document, settled, comment=comment_id(comment.id))
    return [comment.id for comment in open_]


def decide(
    entry: Entry, snapshot: Snapshot, proposals: Sequence[str], verdict: Verdict
) -> list[str]:
    """Record that proposals are rejected or withdrawn; return their ids."""
    verdict = checked(verdict)
    names = dict.fromkeys(f"P{proposal_id(proposal)}" for proposal in proposals)
    found = [find_undecided(snapshot, name) for name in names]
    entry.document = snapshot.document
    for proposal in found:
        store_verdict(entry, snapshot.document, verdict, proposal=proposal.number)
    return [proposal.id for proposal in found]
