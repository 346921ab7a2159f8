"""Why a text reads as it does, as JSON and in words: decisions, proposals, who asked for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tracker.cli.render.comments import speaker, verdict_as_json
from tracker.services.comments.reading import Comment
from tracker.services.reasons import Reason
from tracker.text.shortening import beginning

_LONGEST = 240
"""Code points of a comment that are shown; ``tracker comment show`` has all of it."""


def as_json(reason: Reason) -> dict[str, Any]:
    """Return a reason under the names that ``--json`` promises; ``at`` is UTC."""
    proposal = reason.proposal
    return {
        "entry": reason.entry,
        "at": reason.at.isoformat().replace("+00:00", "Z"),
        "author": reason.author,
        "command": reason.command,
        "proposal": proposal.id if proposal else None,
        "from": proposal.proposer if proposal else None,
        "rationale": proposal.rationale if proposal else None,
        "made_from": list(reason.made_from),
        "decision": verdict_as_json(reason.decision) if reason.decision else None,
        "comments": [
            {
                "id": comment.id,
                "speaker": comment.speaker,
                "side": comment.side,
                "meeting": comment.meeting,
                "kind": comment.kind,
                "relation": comment.relation,
                "text": comment.text,
            }
            for comment in reason.comments
        ],
    }


def sentences(reason: Reason) -> Iterator[str]:
    """Yield what there is to say of a reason, a sentence or two each."""
    proposal, decision = reason.proposal, reason.decision
    if proposal is None or decision is None:
        yield f"By “{reason.command}” at @{reason.entry} ({reason.at:%Y-%m-%d}, {reason.author})."
        return
    by = f" by {decision.by}" if decision.by else ""
    on = f" on {decision.date}" if decision.date else ""
    how = f", by {' '.join(filter(None, (decision.mode, decision.votes)))}" if decision.mode else ""
    merged = f", made from {', '.join(reason.made_from)}," if reason.made_from else ""
    yield (
        f"{proposal.id} from {proposal.proposer}{merged} was accepted{by}{on}{how} "
        f"(@{reason.entry}, typed {reason.at:%Y-%m-%d} by {reason.author})."
    )
    if decision.reason:
        yield _sentence(f"Reason: {decision.reason}")
    if proposal.rationale:
        yield _sentence(f"Rationale: {proposal.rationale}")
    for comment in reason.comments:
        yield _sentence(f"It answers {answered(comment)}")


def _sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends in one or the like."""
    return text if text.rstrip("”’\"')」』")[-1:] in ".!?…。！？" else f"{text}."


def answered(comment: Comment) -> str:
    """Return who said something, where, and the words, cut if they are long.

    Only the very words stand in quotation marks, not what was reported.
    """
    facts = ", ".join(fact for fact in (comment.kind, comment.meeting) if fact)
    words = cut(comment.text) if comment.verbatim else beginning(comment.text, _LONGEST)
    return f"{comment.id} – {speaker(comment)} ({facts}): {words}"


def cut(text: str) -> str:
    """Return a text in quotation marks on one line, no longer than a few lines of the terminal."""
    return f"“{beginning(text, _LONGEST)}”"
