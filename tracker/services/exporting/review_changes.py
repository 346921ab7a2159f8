"""What changed since an edition, and why, as readers are told: was, now, why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tracker.exchange.review import Said, Was
from tracker.services import changes
from tracker.services.attribution import Voices, voices
from tracker.services.changes import LineChange
from tracker.services.exporting.review_said import said
from tracker.services.lines import Line
from tracker.services.reasons import Reason
from tracker.services.snapshot import Snapshot, at_state
from tracker.text.shortening import beginning

_LONGEST = 240
"""Code points of a comment that are shown: the page, or the file, has it in full elsewhere."""


def between(snapshot: Snapshot, earlier: str, later: str) -> tuple[Was, ...]:
    """Return what became of each line from one state to a later one, as it may be told.

    Raises NotFound for a state that is not there, Refused if the other is not the later one.
    """
    told = {comment.id: comment for comment in said(snapshot)}
    state = at_state(snapshot, later)
    return changed(state, earlier, voices(snapshot), told)


def changed(
    snapshot: Snapshot, since: str, named: Voices, told: Mapping[str, Said]
) -> tuple[Was, ...]:
    """Return what became of each line that changed since a state.

    ``told`` holds the comments that go out, by their ids: no other is named. Raises NotFound for a
    state that is not there.
    """
    found = changes.between(snapshot, since, f"@{snapshot.at}")
    return tuple(_was(change, named, told) for change in found)


def _was(change: LineChange, named: Voices, told: Mapping[str, Said]) -> Was:
    compared = change.compared
    return Was(
        label=compared.label,
        kinds=compared.kinds,
        was=_text(compared.old),
        now=_text(compared.new),
        runs=compared.runs,
        why=tuple(" ".join(_sentences(reason, named, told)) for reason in change.reasons),
    )


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _sentences(reason: Reason, named: Voices, told: Mapping[str, Said]) -> Iterator[str]:
    """Yield what there is to say of a reason, a sentence or two each."""
    proposal, decision = reason.proposal, reason.decision
    if proposal is None or decision is None:
        yield f"Revised on {reason.at:%Y-%m-%d} (@{reason.entry})."
        return
    proposer, decider = named.party(proposal.proposer), named.party(decision.by)
    whose = f" from {proposer}" if proposer else ""
    merged = f", made from {', '.join(reason.made_from)}," if reason.made_from else ""
    by = f" by {decider}" if decider else ""
    on = f" on {decision.date}" if decision.date else ""
    how = f", by {' '.join(filter(None, (decision.mode, decision.votes)))}" if decision.mode else ""
    yield f"{proposal.id}{whose}{merged} was accepted{by}{on}{how} (@{reason.entry})."
    if decision.reason:
        yield _sentence(f"Reason: {decision.reason}")
    if proposal.rationale:
        yield _sentence(f"Rationale: {proposal.rationale}")
    for comment in reason.comments:
        if comment.id in told:
            yield _sentence(f"It answers {_answered(told[comment.id])}")


def _answered(comment: Said) -> str:
    """Return who said something, where, and the words, cut if they are long."""
    if comment.sealed:
        return f"{comment.id}, which was sealed"
    facts = ", ".join(fact for fact in (comment.kind, comment.meeting) if fact)
    shown = beginning(comment.text, _LONGEST)
    return f"{comment.id} – {comment.who} ({facts}): {f'“{shown}”' if comment.verbatim else shown}"


def _sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends in one or the like."""
    return text if text.rstrip("”’\"')」』")[-1:] in ".!?…。！？" else f"{text}."
