"""What a meeting raised about a document, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.services import lines, retractions
from tracker.services.comments import reading as comments
from tracker.services.comments.reading import Comment
from tracker.services.meetings import Meeting
from tracker.services.paging import batches
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot
from tracker.store import tables


class Raised(NamedTuple):
    """What was said in one place: a line (with its words now), a topic, or neither: the whole."""

    line: str | None
    text: str | None
    topic: str | None
    comments: tuple[Comment, ...]


class Report(NamedTuple):
    """A meeting's comments on a document by where they stand, and the proposals that answer them.

    ``total`` counts all of its comments, ``outcomes`` those by disposition; ``open`` have none.
    """

    document: str
    raised: tuple[Raised, ...]
    proposals: tuple[Proposal, ...]
    total: int
    outcomes: dict[str, int]

    @property
    def open(self) -> int:
        """How many of the comments have no disposition."""
        return self.total - sum(self.outcomes.values())


def report(snapshot: Snapshot, meeting: Meeting, *, limit: int | None = None) -> Report:
    """Return what a meeting raised; of its comments the first ``limit`` in the text's order."""
    found, total = comments.listed(snapshot, meeting=meeting.id)
    settled = [comment.disposition.outcome for comment in found if comment.disposition]
    return Report(
        document=snapshot.key,
        raised=tuple(_cut(_by_place(snapshot, meeting, found), limit)),
        proposals=tuple(_answering(snapshot, found)),
        total=total,
        outcomes=dict(sorted(Counter(settled).items())),
    )


def _by_place(snapshot: Snapshot, meeting: Meeting, found: Sequence[Comment]) -> list[Raised]:
    """Return comments line by line as they stand, then those on topics, then on the whole."""
    on_lines: dict[str, list[Comment]] = {}
    on_topics: dict[str | None, list[Comment]] = {topic: [] for topic in meeting.topics}
    for comment in found:
        if comment.lines:
            on_lines.setdefault(comment.lines[0], []).append(comment)
        else:
            on_topics.setdefault(comment.topic, []).append(comment)
    texts = {line.label: line.text for line in lines.running_text(snapshot)}
    order = [label for label in texts if label in on_lines]
    order += [label for label in on_lines if label not in texts]
    raised = [Raised(label, texts.get(label), None, tuple(on_lines[label])) for label in order]
    whole = on_topics.pop(None, [])
    raised += [Raised(None, None, topic, tuple(said)) for topic, said in on_topics.items() if said]
    return [*raised, Raised(None, None, None, tuple(whole))] if whole else raised


def _cut(raised: Sequence[Raised], limit: int | None) -> list[Raised]:
    if limit is None:
        return list(raised)
    shown: list[Raised] = []
    for place in raised:
        if limit > 0:
            shown.append(place._replace(comments=place.comments[:limit]))
        limit -= len(place.comments)
    return shown


def _answering(snapshot: Snapshot, found: Sequence[Comment]) -> list[Proposal]:
    """Return the proposals that answer any of these comments."""
    answer = tables.proposal_answer
    numbers: set[int] = set()
    for part in batches([int(comment.id[1:]) for comment in found]):
        query = select(answer.c.proposal).where(
            snapshot.known(answer),
            answer.c.comment.in_(part),
            ~retractions.undone(snapshot, answer.c.entry),
        )
        numbers.update(snapshot.connection.scalars(query))
    return proposals.numbered(snapshot, sorted(numbers)) if numbers else []
