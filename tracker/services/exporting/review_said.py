"""The comments that go out for review, named as the rule of attribution allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tracker.exchange.review import Ruling, Said, Spot
from tracker.services import lines, meetings
from tracker.services.attribution import Voices, voices
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.lines import Line
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.services.verdicts import Verdict


def said(snapshot: Snapshot, *, with_internal: bool = False) -> tuple[Said, ...]:
    """Return the comments that go out, in the order of the lines they are on, then by number.

    Those on lines that do not stand in this language come behind, and last those on no line.
    Internal ones are left out unless they are asked for.
    """
    named = voices(snapshot, with_internal=with_internal)
    spoken = going_out(snapshot, with_internal=with_internal)
    text, proposed = lines.running_text(snapshot), proposals.listed(snapshot)[0]
    return tell(snapshot, named, spoken, text, proposed)


def going_out(snapshot: Snapshot, *, with_internal: bool) -> list[Comment]:
    """Return the comments that may leave the store, as they were recorded."""
    every = comments.listed(snapshot)[0]
    return [comment for comment in every if with_internal or not comment.internal]


def tell(
    snapshot: Snapshot,
    named: Voices,
    spoken: Sequence[Comment],
    text: Sequence[Line],
    proposed: Sequence[Proposal],
) -> tuple[Said, ...]:
    """Return comments as :func:`said` does, named and in order."""
    known = _Known(snapshot, named, proposed)
    found = [known.told(comment) for comment in spoken]
    places = {line.label: place for place, line in enumerate(text)}

    def place(comment: Said) -> tuple[int, int]:
        standing = [places[label] for label in comment.lines if label in places]
        nowhere = len(text) if comment.lines else len(text) + 1
        return min(standing, default=nowhere), int(comment.id[1:])

    return tuple(sorted(found, key=place))


def ruling(verdict: Verdict | None, named: Voices) -> Ruling | None:
    """Return a verdict as it may be told."""
    if verdict is None:
        return None
    return Ruling(
        outcome=verdict.outcome,
        reason=verdict.reason,
        by=named.party(verdict.by),
        on=verdict.date,
        mode=" ".join(filter(None, (verdict.mode, verdict.votes))) or None,
    )


class _Known:
    """What is to be known of a document, besides a comment, to tell it."""

    def __init__(self, snapshot: Snapshot, named: Voices, proposed: Sequence[Proposal]) -> None:
        self._named = named
        self._language = snapshot.language
        self._meetings = {each.key: each for each in meetings.all_meetings(snapshot.connection)}
        self._people = {
            each.key: each.name for each in meetings.all_participants(snapshot.connection)
        }
        self._answers: dict[str, list[str]] = {}
        for proposal in proposed:
            for answer in proposal.answers:
                self._answers.setdefault(answer, []).append(proposal.id)
        self._first_lines = {proposal.id: proposal.lines[:1] for proposal in proposed}

    def told(self, comment: Comment) -> Said:
        """Return a comment as it goes out."""
        meeting = self._meetings.get(comment.meeting or "")
        name = self._people.get(comment.participant or "")
        named = self._named
        return Said(
            id=comment.id,
            speaker=named.speaker(comment.speaker, comment.side, name),
            side=named.side(comment.side),
            kind=comment.kind,
            text=comment.text,
            spots=tuple(self._spots(comment)),
            scope=comment.scope,
            type=comment.type,
            meeting=comment.meeting,
            topic=comment.topic,
            date=comment.date or (meeting.date if meeting else None),
            context=named.remark(comment.context),
            note=named.remark(comment.note),
            verbatim=comment.verbatim,
            reply_to=comment.reply_to,
            relation=comment.relation,
            about=comment.about,
            number=named.remark(comment.number),
            internal=comment.internal,
            sealed=comment.sealed is not None,
            answered_by=tuple(self._answers.get(comment.id, ())),
            disposition=ruling(comment.disposition, named),
            recommendation=ruling(comment.recommendation, named),
            lines=comment.lines or self._first_lines.get((comment.about or "").split(".")[0], ()),
        )

    def _spots(self, comment: Comment) -> Iterator[Spot]:
        """Yield where a comment stands; places in another language are none in this one."""
        for anchor in comment.anchors:
            if anchor.line is not None:
                is_here = anchor.language == self._language
                start, stop = (anchor.start, anchor.stop) if is_here else (None, None)
                yield Spot(anchor.line, start, stop, anchor.quote, anchor.state)
