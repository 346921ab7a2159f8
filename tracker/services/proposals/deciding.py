"""Deciding on proposals: accepted, and so made the text; rejected; withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.errors import Refused
from tracker.services import anchors, joints, lines
from tracker.services.comments import reading as comments
from tracker.services.lines import Line
from tracker.services.names import comment_id, next_label, proposal_id
from tracker.services.placing import place_after, remove
from tracker.services.proposals.reading import Change, Proposal, listed, numbered
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, checked, disposition, needs_reason, store_verdict
from tracker.store import tables
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
    carried: tuple[anchors.Carried, ...]
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
                f"@{lines.deleted_at(snapshot, line.id)}",
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
    changed, inserted, deleted, carried = [], [], [], []
    last: dict[int | None, str] = {}
    for change in _in_turn(found.changes):
        if change.kind == "insert":
            line = _insert(entry, snapshot, change, last)
            inserted.append(line.label)
        elif change.kind == "replace":
            carried += _replace(entry, snapshot, change)
            changed.append(change.line or "")
        else:
            carried += _delete(entry, snapshot, change)
            deleted.append(change.line or "")
    disposed = _dispose(entry, snapshot, found, verdict, dispose) if dispose else []
    return Accepted(
        proposal=found.id,
        changed=tuple(changed),
        inserted=tuple(inserted),
        deleted=tuple(deleted),
        carried=tuple(carried),
        disposed=tuple(disposed),
        stale=_made_stale(snapshot, found),
    )


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


def _in_turn(changes: Iterable[Change]) -> list[Change]:
    """Return changes in the order to make them: a line may be inserted after one that goes."""
    return sorted(changes, key=lambda change: change.kind == "delete")


def _replace(entry: Entry, snapshot: Snapshot, change: Change) -> list[anchors.Carried]:
    assert change.line_id is not None
    assert change.result_wording is not None
    entry.append(
        tables.version,
        {"document": snapshot.document, "line": change.line_id, "language": change.language},
        wording=change.result_wording,
        origin="edited",
    )
    text = anchors.Text(snapshot.document, change.line_id, change.language)
    old, new = change.base or "", change.result or ""
    return anchors.carry(entry, text, old, change.result_wording, new)


def _insert(entry: Entry, snapshot: Snapshot, change: Change, last: dict[int | None, str]) -> Line:
    """Store a new line; several after one line stand in the order of their numbers."""
    assert change.result_wording is not None
    document = snapshot.document
    # Looked up anew each time: placing a line may have given its neighbours other ranks.
    behind = last.get(change.after_id, change.after or "0")
    before = None if behind == "0" else lines.find(snapshot, behind, change.language)
    _, after = lines.neighbours(snapshot, before, change.language)
    model = before or after
    label = next_label(change.after or "0", lines.labels(snapshot))
    number = entry.next_id(tables.line, document)
    # It takes after the line it follows; a heading is followed by text.
    kind = "paragraph" if model is None or model.kind == "heading" else model.kind
    entry.insert(tables.line, document=document, id=number, label=label, kind=kind)
    entry.append(
        tables.version,
        {"document": document, "line": number, "language": change.language},
        wording=change.result_wording,
        origin="inserted",
    )
    joint = joints.of_new(before, change.result or "", after)
    place_after(entry, snapshot, change.language, before, [(number, joint)])
    last[change.after_id] = label
    return lines.find(snapshot, label, change.language)


def _delete(entry: Entry, snapshot: Snapshot, change: Change) -> list[anchors.Carried]:
    """Take a line out of the text; the comments on its words are orphaned."""
    assert change.line_id is not None
    # Looked up anew: another change may have given it another rank.
    gone = lines.find(snapshot, change.line or "", change.language)
    remove(entry, snapshot, change.language, gone)
    text = anchors.Text(snapshot.document, change.line_id, change.language)
    return anchors.orphan(entry, text)


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
