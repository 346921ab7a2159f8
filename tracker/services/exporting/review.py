"""A text under revision as it goes out to readers: with what was said, proposed and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select

from tracker.exchange.review import Passage, Review, Was
from tracker.services import agreements, documents, editions, joints, lines
from tracker.services.attribution import voices
from tracker.services.comments.reading import Comment
from tracker.services.editions import Edition
from tracker.services.exporting.review_changes import changed
from tracker.services.exporting.review_lines import review_lines
from tracker.services.exporting.review_passages import passages
from tracker.services.exporting.review_said import going_out, said, tell
from tracker.services.proposals import reading as proposals
from tracker.services.proposals.proposal import Proposal
from tracker.services.snapshot import Snapshot, at_state
from tracker.store import tables

__all__ = ["gather", "said"]

_ADOPTED = ("adopted", "published")


def gather(
    snapshot: Snapshot,
    *,
    since: str | None = None,
    with_internal: bool = False,
    languages: Sequence[str] = (),
) -> Review:
    """Return a document as it goes out for review; every name as the rule of attribution allows.

    ``since`` is the state to tell the changes from; else the last edition, or the one before it if
    the last still stands. Internal comments are left out unless asked for. ``languages`` are those
    to stand beside the authentic text. Raises NotFound for a state that is not there.
    """
    named = voices(snapshot, with_internal=with_internal)
    text = lines.running_text(snapshot)
    proposed = proposals.listed(snapshot)[0]
    spoken = going_out(snapshot, with_internal=with_internal)
    told = tell(snapshot, named, spoken, text, proposed)
    revised = passages(snapshot.language, named, text, proposed, told)
    round_ = _round(snapshot, since)
    changes: tuple[Was, ...] = ()
    if round_.since is not None:
        changes = changed(snapshot, round_.since, named, {comment.id: comment for comment in told})
    is_final = round_.stands and round_.edition is not None and round_.edition.status in _ADOPTED
    return Review(
        key=snapshot.key,
        title=documents.title(snapshot),
        language=snapshot.language,
        entry=snapshot.at,
        edition=round_.name,
        date=_day(snapshot),
        sentence=_sentence(revised, _decided(snapshot, round_, proposed, spoken)),
        passages=revised,
        lines=review_lines(snapshot, text, told, languages),
        comments=told,
        changes=changes,
        since=round_.since_name,
        trail=joints.trail(text),
        draft=not is_final or bool(revised),
        languages=tuple(languages),
    )


class _Round(NamedTuple):
    """The last edition, whether its text stands, and the state that changes are told from."""

    edition: Edition | None
    stands: bool
    since: str | None
    since_name: str | None
    opened: int
    """The entry after which what is decided counts."""

    @property
    def name(self) -> str | None:
        """The name of the edition, and that it was revised since."""
        if self.edition is None or self.stands:
            return self.edition.name if self.edition else None
        return f"{self.edition.name}, revised since"


def _round(snapshot: Snapshot, since: str | None) -> _Round:
    every = sorted(editions.all_editions(snapshot), key=lambda each: (each.state, each.id))
    last = every[-1] if every else None
    stands = last is not None and editions.standing(snapshot) == last
    chosen = since
    if since is None:
        earlier = every[:-1] if stands else every
        chosen = earlier[-1].key if earlier else None
    names = {each.key: each.name for each in every}
    opened = last.state if last is not None else 0
    if since is not None:
        opened = at_state(snapshot, since).at
    return _Round(last, stands, chosen, names.get(chosen or "", chosen), opened)


def _day(snapshot: Snapshot) -> str | None:
    at = select(tables.entry.c.at).where(tables.entry.c.number == snapshot.at)
    found = snapshot.connection.execute(at).scalar()
    return f"{found:%Y-%m-%d}" if found is not None else None


def _sentence(revised: Sequence[Passage], decided: str) -> str:
    """Return in one sentence how much is open, and what was decided."""
    open_comments = {name for passage in revised for name in passage.comments}
    rivals = {rival.proposal for passage in revised for rival in passage.rivals}
    counted = (
        f"{_count(len(revised), 'passage')} under revision",
        _count(len(open_comments), "comment"),
        _count(len(rivals), "proposal"),
    )
    return f"{', '.join(counted)}, {decided}"


def _decided(
    snapshot: Snapshot, round_: _Round, proposed: Sequence[Proposal], spoken: Sequence[Comment]
) -> str:
    """Return in a few words what was decided since the round began."""
    outcomes = Counter(
        proposal.state.replace("_", " ")
        for proposal in proposed
        if proposal.state != "open" and _last_entry(proposal) > round_.opened
    )
    facts = [f"{_count(number, 'proposal')} {state}" for state, number in sorted(outcomes.items())]
    settled = [comment.disposition for comment in spoken if comment.disposition is not None]
    disposed = [verdict for verdict in settled if (verdict.entry or 0) > round_.opened]
    facts += [f"{_count(len(disposed), 'comment')} disposed of"] if disposed else []
    agreed = sum(agreements.counts(snapshot).values())
    facts += [f"{_count(agreed, 'line')} agreed"] if agreed else []
    return f"decided: {', '.join(facts)}" if facts else "nothing decided"


def _last_entry(proposal: Proposal) -> int:
    decided = [verdict.entry or 0 for verdict in proposal.verdicts if verdict.stage == "decided"]
    return max(decided, default=0)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
