"""What was said about the text of a record: comments with their anchors, and proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from tracker.exchange import record as exchange
from tracker.services.attribution import SOMEBODY, Voices
from tracker.services.comments import reading as comments
from tracker.services.exporting.record_text import RecordText
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Change
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict, verdicts
from tracker.store import tables


def _verdicts(found: Sequence[Verdict], named: Voices) -> tuple[exchange.Verdict, ...]:
    return tuple(
        exchange.Verdict(
            outcome=verdict.outcome,
            stage=verdict.stage,  # type: ignore[arg-type]  # the table takes no other word
            change=verdict.change,
            reason=verdict.reason,
            by=named.party(verdict.by),
            date=verdict.date,
            mode=verdict.mode,  # type: ignore[arg-type]  # the table takes no other word
        )
        for verdict in found
    )


def record_comments(
    snapshot: Snapshot, text: RecordText, named: Voices, *, with_internal: bool
) -> tuple[exchange.Comment, ...]:
    """Return every comment with its anchors and dispositions, those replaced by later ones too."""
    anchors = _anchors(snapshot, text)
    disposed = verdicts(snapshot, "comment", superseded=True)
    return tuple(
        exchange.Comment(
            id=comment.id,
            meeting=comment.meeting,
            speaker=_speaker(comment, named),
            side=named.side(comment.side),
            participant=named.remark(comment.participant),
            kind=comment.kind,  # type: ignore[arg-type]  # the table takes no other word
            type=comment.type,  # type: ignore[arg-type]  # the table takes no other word
            topic=comment.topic,
            anchors=tuple(anchors.get(int(comment.id[1:]), ())),
            reply_to=comment.reply_to,
            relation=comment.relation,  # type: ignore[arg-type]  # the table takes no other word
            verbatim=comment.verbatim,
            internal=comment.internal,
            sealed=comment.sealed is not None,
            text=comment.text or None,
            context=named.remark(comment.context),
            note=named.remark(comment.note),
            number=named.remark(comment.number),
            source=comment.source,
            locator=named.remark(comment.locator),
            dispositions=_verdicts(disposed.get(int(comment.id[1:]), ()), named),
        )
        for comment in comments.listed(snapshot)[0]
        if with_internal or not comment.internal
    )


def _speaker(comment: comments.Comment, named: Voices) -> str | None:
    """Return who spoke. The name of a voice is told with the participants, its label is kept."""
    if comment.sealed is not None:
        return None
    return named.speaker(comment.speaker, comment.side) if named.hides else comment.speaker


def _anchors(snapshot: Snapshot, text: RecordText) -> dict[int, list[exchange.Anchor]]:
    """Return the anchors a comment has of its own, each with where it was carried to."""
    anchor = tables.anchor
    query = (
        select(anchor)
        .where(anchor.c.document == snapshot.document, anchor.c.inherited == 0)
        .order_by(anchor.c.comment, anchor.c.ordinal, anchor.c.number)
    )
    chains: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in snapshot.connection.execute(query):
        chains[row.comment, row.ordinal].append(row)
    found: dict[int, list[exchange.Anchor]] = defaultdict(list)
    for (comment, _), rows in chains.items():
        # What a comment stood on before it was moved is no place of it any more.
        if rows[-1].state == "removed":
            continue
        label, number, language = text.versions[rows[0].wording]
        found[comment].append(
            exchange.Anchor(
                line=label,
                version=number,
                language=language,
                quote=rows[0].quote,
                start=rows[0].start,
                carried=tuple(
                    exchange.Standing(
                        version=text.versions[row.wording][1],
                        state=row.state,
                        start=row.start,
                        end=row.stop,
                    )
                    for row in rows[1:]
                ),
            )
        )
    return found


def record_proposals(
    snapshot: Snapshot, text: RecordText, named: Voices, told: Collection[str | None]
) -> tuple[exchange.Proposal, ...]:
    """Return every proposal with its changes, what it answers and what was decided.

    ``told`` holds the comments that are told of: of no other one is it said that it was answered.
    """
    decided = verdicts(snapshot, "proposal", superseded=True)
    return tuple(
        exchange.Proposal(
            id=proposal.id,
            proposer=named.party(proposal.proposer) or SOMEBODY,
            rationale=proposal.rationale,
            answers=tuple(answer for answer in proposal.answers if answer in told),
            changes=tuple(_proposed(change, text) for change in proposal.changes),
            decisions=_verdicts(decided.get(proposal.number, ()), named),
        )
        for proposal in proposals.listed(snapshot)[0]
    )


def _proposed(change: Change, text: RecordText) -> exchange.ProposedChange:
    base = text.versions[change.base_wording] if change.base_wording else None
    return exchange.ProposedChange(
        kind=change.kind,  # type: ignore[arg-type]  # the table takes no other word
        number=change.number,
        line=base[0] if base else None,
        version=base[1] if base else None,
        language=change.language,
        after=change.after,
        text=change.result,
    )
